//! Every operation that takes an access token, called with what is none.

use serde_json::{Value, json};

use super::{
    forger::{Parts, forgeries, signed, stolen_key},
    model::operations_with,
};
use crate::{
    authenticator::Browser,
    factors,
    stage::{PASSWORD, Stage, merged, text},
};

const INVALID: &str = "NotAuthorizedException: Invalid Access Token";
const EXPIRED: &str = "NotAuthorizedException: Access Token has expired";
const REVOKED: &str = "NotAuthorizedException: Access Token has been revoked";
const NO_SCOPE: &str = "NotAuthorizedException: Access Token does not have required scopes";

#[test]
fn forged_and_altered_tokens_are_refused_everywhere() {
    let (stage, tokens) = with_ann();
    let token = text(&tokens["AccessToken"]);
    // What is known of a token that was good says nothing of one that looks like it.
    stage.ok("GetUser", json!({ "AccessToken": token }));
    let before = stage.admin_user("ann");
    for (what, forged) in forgeries(&stage, &token) {
        refused_everywhere(&stage, &what, &forged, INVALID);
    }
    assert_eq!(stage.admin_user("ann"), before);
    stage.ok("GetUser", json!({ "AccessToken": token }));
}

#[test]
fn what_is_good_elsewhere_is_refused_everywhere() {
    let (stage, tokens) = with_ann();
    refused_everywhere(&stage, "the ID token", &text(&tokens["IdToken"]), INVALID);
    // Access tokens have a pattern, which the refresh token does not fit.
    for operation in operations_with(&["AccessToken"]) {
        let token = json!({ "AccessToken": tokens["RefreshToken"] });
        let refused = stage.refused(&operation, merged(input(&operation), token));
        assert!(
            refused == INVALID || refused.starts_with("InvalidParameterException: "),
            "{operation}: {refused}"
        );
    }
}

#[test]
fn without_a_token_nothing_is_done() {
    let (stage, _) = with_ann();
    for operation in operations_with(&["AccessToken"]) {
        let refused = stage.refused(&operation, input(&operation));
        assert!(
            refused.starts_with("InvalidParameterException: "),
            "{operation}: {refused}"
        );
    }
}

#[test]
fn a_token_whose_time_is_over_is_refused_everywhere() {
    let (stage, tokens) = with_ann();
    stage.advance(3599);
    stage.ok("GetUser", json!({ "AccessToken": tokens["AccessToken"] }));
    stage.advance(1);
    refused_everywhere(&stage, "expired", &text(&tokens["AccessToken"]), EXPIRED);
}

#[test]
fn a_token_whose_sign_in_is_over_is_refused_everywhere() {
    let (stage, tokens) = with_ann();
    stage.ok(
        "GlobalSignOut",
        json!({ "AccessToken": tokens["AccessToken"] }),
    );
    refused_everywhere(&stage, "signed out", &text(&tokens["AccessToken"]), REVOKED);
}

#[test]
fn a_token_of_keys_that_are_no_longer_the_pools_is_refused_everywhere() {
    let (stage, tokens) = with_ann();
    stage.ok("GetUser", json!({ "AccessToken": tokens["AccessToken"] }));
    let mut document = stage.service.export_pool(&stage.pool).unwrap();
    let records = document["Records"].as_array_mut().unwrap();
    let keys = records.iter_mut().find(|record| record["Key"][0] == "keys");
    let keys = &mut keys.unwrap()["Value"];
    let (id, access) = (keys["id"].take(), keys["access"].take());
    *keys = json!({ "id": access, "access": id });
    stage.ok("DeleteUserPool", json!({ "UserPoolId": stage.pool }));
    stage.service.import_pool(document).unwrap();
    refused_everywhere(
        &stage,
        "of other keys",
        &text(&tokens["AccessToken"]),
        INVALID,
    );
}

/// What the pool's own keys might sign some day is not an access token for that.
#[test]
fn only_claims_of_an_access_token_are_let_in() {
    let (stage, tokens) = with_ann();
    let token = text(&tokens["AccessToken"]);
    let (access, id) = (Parts::of(&token), text(&tokens["IdToken"]));
    let id = Parts::of(&id);
    let key = stolen_key(&stage, "access");
    for (what, claims, text) in [
        ("token_use id", json!({ "token_use": "id" }), INVALID),
        ("no token_use", json!({ "token_use": null }), INVALID),
        ("no exp", json!({ "exp": null }), INVALID),
        (
            "another pool's issuer",
            json!({ "iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_000000000" }),
            INVALID,
        ),
        (
            "no pool's issuer",
            json!({ "iss": "https://example.com" }),
            INVALID,
        ),
        (
            "another scope",
            json!({ "scope": "openid email" }),
            NO_SCOPE,
        ),
    ] {
        let token = signed(&key, &access.header(), &merged(access.claims(), claims));
        refused_everywhere(&stage, what, &token, text);
    }
    let id_claims = signed(&key, &access.header(), &id.claims());
    refused_everywhere(&stage, "an ID token's claims", &id_claims, INVALID);
    let id_key = stolen_key(&stage, "id");
    for header in [access.header(), id.header()] {
        let token = signed(&id_key, &header, &access.claims());
        refused_everywhere(&stage, "the ID tokens' key", &token, INVALID);
    }
    // The key is the right one.
    let same = signed(&key, &access.header(), &access.claims());
    stage.ok("GetUser", json!({ "AccessToken": same }));
}

/// Whoever runs a pool has its keys; that must not make them anybody in another.
#[test]
fn one_pools_keys_sign_nothing_for_another() {
    let (mut stage, tokens) = with_ann();
    let (token, ann) = (text(&tokens["AccessToken"]), stage.admin_user("ann"));
    let home = (stage.pool.clone(), stage.client.clone());
    stage.use_pool(json!({ "AutoVerifiedAttributes": ["email"] }));
    stage.confirmed("eve");
    let eves = stage.access_token("eve");
    let (key, eves) = (stolen_key(&stage, "access"), Parts::of(&eves));
    (stage.pool, stage.client) = home;

    let anns = Parts::of(&token).claims();
    let from_elsewhere = merged(anns.clone(), json!({ "iss": eves.claims()["iss"] }));
    for claims in [anns, from_elsewhere] {
        let token = signed(&key, &eves.header(), &claims);
        refused_everywhere(&stage, "another pool's key", &token, INVALID);
    }
    assert_eq!(stage.admin_user("ann"), ann);
}

/// The tests above prove something only if a good token gets further with the same input.
#[test]
fn a_good_token_is_not_refused_as_one() {
    let (stage, _) = with_ann();
    for (number, operation) in operations_with(&["AccessToken"]).into_iter().enumerate() {
        let name = format!("user{number}");
        stage.confirmed(&name);
        let token = json!({ "AccessToken": stage.access_token(&name) });
        if let Err(error) = stage.call(&operation, merged(input(&operation), token)) {
            let refused = error.to_string();
            assert!(!refused.contains("Access Token"), "{operation}: {refused}");
        }
    }
}

/// A stage where all that needs a token can be done, and the tokens of its one user.
fn with_ann() -> (Stage, Value) {
    let stage = Stage::in_memory();
    factors::offers(&stage, "OPTIONAL", &["SOFTWARE_TOKEN_MFA"]);
    stage.confirmed("ann");
    let tokens = stage.tokens("ann");
    (stage, tokens)
}

#[track_caller]
fn refused_everywhere(stage: &Stage, what: &str, token: &str, expected: &str) {
    for operation in operations_with(&["AccessToken"]) {
        let input = merged(input(&operation), json!({ "AccessToken": token }));
        match stage.call(&operation, input) {
            Ok(answer) => panic!("{operation} takes {what}: {answer}"),
            Err(error) => assert_eq!(error.to_string(), expected, "{operation}, {what}"),
        }
    }
}

/// What an operation takes beside the token, good enough for the token to be looked at.
fn input(operation: &str) -> Value {
    match operation {
        "AssociateSoftwareToken"
        | "DeleteUser"
        | "GetUser"
        | "GetUserAuthFactors"
        | "GlobalSignOut"
        | "ListDevices"
        | "ListUserSessions"
        | "ListWebAuthnCredentials"
        | "StartWebAuthnRegistration" => json!({}),
        "ChangePassword" => {
            json!({ "PreviousPassword": PASSWORD, "ProposedPassword": "Battery-staple-8" })
        }
        "CompleteWebAuthnRegistration" => json!({ "Credential": passkey() }),
        "ConfirmDevice" | "ForgetDevice" | "GetDevice" | "UpdateDeviceStatus" => {
            json!({ "DeviceKey": "us-east-1_0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a" })
        }
        "DeleteUserAttributes" => json!({ "UserAttributeNames": ["name"] }),
        "DeleteWebAuthnCredential" => json!({ "CredentialId": "AAAA" }),
        "GetUserAttributeVerificationCode" => json!({ "AttributeName": "email" }),
        "RevokeUserSession" => json!({ "SessionId": "tknaaaaaaaaaaaaaaaaaaaaaaaaa" }),
        "SetUserMFAPreference" => json!({ "SoftwareTokenMfaSettings": { "Enabled": false } }),
        "SetUserSettings" => json!({ "MFAOptions": [] }),
        "UpdateUserAttributes" => {
            json!({ "UserAttributes": [{ "Name": "name", "Value": "Eve" }] })
        }
        "VerifySoftwareToken" => json!({ "UserCode": "123456" }),
        "VerifyUserAttribute" => json!({ "AttributeName": "email", "Code": "123456" }),
        other => panic!("{other} takes an access token: say here what else it takes"),
    }
}

/// A passkey that answers a challenge of nobody's.
fn passkey() -> Value {
    let options = json!({
        "rp": { "id": "example.com", "name": "example.com" },
        "user": { "id": "AAAA", "name": "ann", "displayName": "ann" },
        "challenge": "AAAA",
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
    });
    Browser::new().create("https://app.example.com", &options)
}
