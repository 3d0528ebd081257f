//! Users register passkeys.

use cognito_idp::Error;
use coset::cbor::Value as Cbor;
use serde_json::{Value, json};

use crate::{
    authenticator::Browser,
    over_both_stores,
    stage::{Stage, merged, refusal, text},
};

const ORIGIN: &str = "https://app.example.com";
const NO_CHALLENGE: &str =
    "WebAuthnChallengeNotFoundException: The challenge does not exist or has expired.";

over_both_stores! {
    fn a_pool_without_passkeys_says_so(stage) {
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        assert!(refusal(start(&stage, &token)).starts_with("WebAuthnNotEnabledException: "));
    }

    fn a_pool_without_a_domain_says_so(stage) {
        let mut stage = stage;
        stage.use_pool(with_passkeys());
        stage.confirmed("ann");
        let token = stage.access_token("ann");
        assert!(refusal(start(&stage, &token)).starts_with("WebAuthnConfigurationMissingException: "));
    }

    fn the_options_are_for_this_user_and_domain(stage) {
        let (stage, token) = with_ann(stage);
        let options = start(&stage, &token).unwrap()["CredentialCreationOptions"].clone();
        let user = stage.admin_user("ann");
        let sub = user["UserAttributes"][0]["Value"].as_str().unwrap();
        assert_eq!(options["rp"], json!({ "id": "example.com", "name": "example.com" }));
        assert_eq!(options["user"], json!({ "id": base64url(sub), "name": "ann", "displayName": "ann" }));
        assert_eq!(options["pubKeyCredParams"], json!([
            { "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257 },
        ]));
        assert_eq!(options["authenticatorSelection"], json!({
            "requireResidentKey": true, "residentKey": "required", "userVerification": "preferred",
        }));
        assert_ne!(options["challenge"], start(&stage, &token).unwrap()["CredentialCreationOptions"]["challenge"]);
    }

    fn a_challenge_is_good_once(stage) {
        let (stage, token) = with_ann(stage);
        let made = make(&stage, &token);
        complete(&stage, &token, made.clone()).unwrap();
        assert_eq!(refusal(complete(&stage, &token, made)), NO_CHALLENGE);
    }

    fn a_refused_answer_uses_up_its_challenge(stage) {
        let (stage, token) = with_ann(stage);
        let right = make(&stage, &token);
        let mut wrong = right.clone();
        wrong["rawId"] = json!("AAAA");
        assert!(refusal(complete(&stage, &token, wrong)).starts_with("InvalidParameterException: "));
        assert_eq!(refusal(complete(&stage, &token, right)), NO_CHALLENGE);
        assert_eq!(list(&stage, &token, json!({}))["Credentials"], json!([]));
    }

    fn a_challenge_lives_a_minute(stage) {
        let (stage, token) = with_ann(stage);
        let made = make(&stage, &token);
        stage.advance(60);
        assert_eq!(refusal(complete(&stage, &token, made)), NO_CHALLENGE);
    }

    fn a_challenge_is_its_users_and_clients(stage) {
        let (mut stage, token) = with_ann(stage);
        stage.confirmed("bob");
        let made = make(&stage, &token);
        assert_eq!(refusal(complete(&stage, &stage.access_token("bob"), made.clone())), NO_CHALLENGE);
        stage.use_client(json!({}));
        let refused = refusal(complete(&stage, &stage.access_token("ann"), made));
        assert!(refused.starts_with("WebAuthnClientMismatchException: "), "{refused}");
    }

    fn other_origins_are_refused(stage) {
        let (stage, token) = with_ann(stage);
        // An attacker's page can ask for its own domain only, whatever it sends afterwards.
        let mut options = start(&stage, &token).unwrap()["CredentialCreationOptions"].clone();
        options["rp"]["id"] = json!("evil.net");
        let foreign = Browser::new().create("https://evil.net", &options);
        let refused = refusal(complete(&stage, &token, foreign));
        assert!(refused.starts_with("WebAuthnOriginNotAllowedException: "), "{refused}");
    }

    fn other_relying_parties_are_refused(stage) {
        let (stage, token) = with_ann(stage);
        let mut options = start(&stage, &token).unwrap()["CredentialCreationOptions"].clone();
        options["rp"]["id"] = json!("app.example.com");
        let foreign = Browser::new().create(ORIGIN, &options);
        let refused = refusal(complete(&stage, &token, foreign));
        assert!(refused.starts_with("WebAuthnRelyingPartyMismatchException: "), "{refused}");
    }

    fn who_must_be_verified_is(stage) {
        let (stage, token) = with_ann(stage);
        let with = |mut browser: Browser| {
            // The authenticator is asked for less than the pool wants.
            let mut options = start(&stage, &token).unwrap()["CredentialCreationOptions"].clone();
            options["authenticatorSelection"]["userVerification"] = json!("preferred");
            complete(&stage, &token, browser.create(ORIGIN, &options))
        };
        configure(&stage, json!({ "RelyingPartyId": "example.com", "UserVerification": "required" }));
        let refused = refusal(with(Browser::without_verification()));
        assert!(refused.starts_with("WebAuthnCredentialNotSupportedException: "), "{refused}");
        with(Browser::new()).unwrap();
        configure(&stage, json!({ "RelyingPartyId": "example.com" }));
        with(Browser::without_verification()).unwrap();
    }

    fn what_is_no_credential_is_refused(stage) {
        let (stage, token) = with_ann(stage);
        let right = make(&stage, &token);
        let with = |member: &str, value: Value| {
            let mut wrong = right.clone();
            wrong["response"][member] = value;
            wrong
        };
        for wrong in [
            json!("credential"),
            json!({}),
            merged(right.clone(), json!({ "type": "password" })),
            with("clientDataJSON", json!("e30")),
            with("clientDataJSON", json!("not base64!")),
            with("attestationObject", json!("oA")),
            with("attestationObject", json!("")),
            with("attestationObject", json!("n5+fn5+fn5+fn5+f")),
            with("attestationObject", json!(cbor(&attestation(&right)[..37]))),
        ] {
            let refused = refusal(complete(&stage, &token, wrong.clone()));
            assert!(refused.starts_with("InvalidParameterException: "), "{refused} {wrong}");
        }
        complete(&stage, &token, right).unwrap();
    }

    fn keys_that_are_none_are_refused(stage) {
        let (stage, token) = with_ann(stage);
        // The last byte is of the point's y: no point of the curve any more.
        for change in [|data: &mut Vec<u8>| *data.last_mut().unwrap() ^= 1, |data: &mut Vec<u8>| {
            let algorithm = data.windows(2).rposition(|pair| pair == [0x03, 0x26]).unwrap();
            data[algorithm + 1] = 0x27; // EdDSA
        }] {
            let mut made = make(&stage, &token);
            let mut data = attestation(&made);
            change(&mut data);
            made["response"]["attestationObject"] = json!(cbor(&data));
            let refused = refusal(complete(&stage, &token, made));
            assert!(refused.starts_with("WebAuthnCredentialNotSupportedException: "), "{refused}");
        }
    }

    fn a_passkey_is_registered_listed_and_deleted(stage) {
        let (stage, token) = with_ann(stage);
        let made = make(&stage, &token);
        assert_eq!(complete(&stage, &token, made.clone()).unwrap(), json!({}));
        let listed = list(&stage, &token, json!({}));
        let seen = &listed["Credentials"][0];
        assert_eq!(seen["CredentialId"], made["rawId"]);
        assert_eq!(seen["RelyingPartyId"], "example.com");
        assert_eq!(seen["CreatedAt"], json!(1_700_000_000.0));
        assert_eq!(seen["AuthenticatorTransports"], made["response"]["transports"]);
        let next = start(&stage, &token).unwrap()["CredentialCreationOptions"].clone();
        assert_eq!(next["excludeCredentials"][0]["id"], made["rawId"]);

        stage.confirmed("bob");
        let bobs = stage.access_token("bob");
        let delete = |token: &str| stage.call("DeleteWebAuthnCredential", json!({
            "AccessToken": token, "CredentialId": made["rawId"],
        }));
        assert!(refusal(delete(&bobs)).starts_with("ResourceNotFoundException: "));
        assert_eq!(delete(&token).unwrap(), json!({}));
        assert!(refusal(delete(&token)).starts_with("ResourceNotFoundException: "));
        assert_eq!(list(&stage, &token, json!({})), json!({ "Credentials": [] }));
    }

    fn a_user_has_up_to_twenty_in_pages(stage) {
        let (stage, token) = with_ann(stage);
        for _ in 0..20 {
            complete(&stage, &token, make(&stage, &token)).unwrap();
        }
        assert!(refusal(start(&stage, &token)).starts_with("LimitExceededException: "));
        let first = list(&stage, &token, json!({ "MaxResults": 15 }));
        let rest = list(&stage, &token, json!({ "MaxResults": 15, "NextToken": first["NextToken"] }));
        let count = |page: &Value| page["Credentials"].as_array().unwrap().len();
        assert_eq!((count(&first), count(&rest), &rest["NextToken"]), (15, 5, &json!(null)));
    }
}

fn with_passkeys() -> Value {
    json!({
        "AutoVerifiedAttributes": ["email"],
        "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"] } },
    })
}

/// A pool with passkeys for a domain, and Ann's access token.
fn with_ann(mut stage: Stage) -> (Stage, String) {
    stage.use_pool(with_passkeys());
    configure(&stage, json!({ "RelyingPartyId": "example.com" }));
    stage.confirmed("ann");
    let token = stage.access_token("ann");
    (stage, token)
}

fn configure(stage: &Stage, settings: Value) {
    let input = stage.with_pool(json!({ "WebAuthnConfiguration": settings }));
    stage.ok("SetUserPoolMfaConfig", input);
}

fn start(stage: &Stage, token: &str) -> Result<Value, Error> {
    stage.call("StartWebAuthnRegistration", json!({ "AccessToken": token }))
}

/// A new passkey of a new authenticator.
#[track_caller]
fn make(stage: &Stage, token: &str) -> Value {
    let options = &start(stage, token).unwrap()["CredentialCreationOptions"];
    Browser::new().create(ORIGIN, options)
}

fn complete(stage: &Stage, token: &str, credential: Value) -> Result<Value, Error> {
    stage.call(
        "CompleteWebAuthnRegistration",
        json!({ "AccessToken": token, "Credential": credential }),
    )
}

fn list(stage: &Stage, token: &str, page: Value) -> Value {
    let input = merged(json!({ "AccessToken": token }), page);
    stage.ok("ListWebAuthnCredentials", input)
}

/// The authenticator data of an answer.
fn attestation(credential: &Value) -> Vec<u8> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let object = text(&credential["response"]["attestationObject"]);
    let object = URL_SAFE_NO_PAD.decode(object).unwrap();
    let object: Cbor = coset::cbor::de::from_reader(object.as_slice()).unwrap();
    let members = object.as_map().unwrap();
    let data = members
        .iter()
        .find(|(name, _)| name.as_text() == Some("authData"));
    data.unwrap().1.as_bytes().unwrap().clone()
}

/// An attestation object with this authenticator data.
fn cbor(data: &[u8]) -> String {
    let object = Cbor::Map(vec![
        ("fmt".into(), "none".into()),
        ("attStmt".into(), Cbor::Map(Vec::new())),
        ("authData".into(), Cbor::Bytes(data.to_owned())),
    ]);
    let mut bytes = Vec::new();
    coset::cbor::ser::into_writer(&object, &mut bytes).unwrap();
    base64url(bytes)
}

fn base64url(bytes: impl AsRef<[u8]>) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(bytes)
}
