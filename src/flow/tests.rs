//! Flows as transcripts. Expected bodies are what `amazon-cognito-identity-js` 6.3.21 sends, to the byte;
//! the proof is recorded from it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};

use super::{
    Challenge, Flow, NewPassword, Refresh, Request, SignInPassword, SignInSrp, Step, operation,
};
use crate::account::Account;
use crate::error::{Error, ServiceError};
use crate::storage::{MemoryStorage, Storage};

const NOW: i64 = 1_546_322_769_000;

fn account(pool_name: &str, username: &str) -> Account<MemoryStorage> {
    Account::new(
        "client".into(),
        pool_name.into(),
        username.into(),
        MemoryStorage::new(),
    )
}

fn sent(step: Step<Value>) -> Request<Value> {
    match step {
        Step::Send(request) => request,
        Step::Challenge(_) => panic!("a challenge"),
        Step::Done(_) => panic!("tokens"),
    }
}

fn refused(code: &str, message: &str) -> Error {
    let message = Some(message.to_owned());
    ServiceError {
        code: code.to_owned(),
        message,
        status: 400,
    }
    .into()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap())
        .collect()
}

fn vectors() -> Vec<Value> {
    let file = include_str!("../../crates/srp/tests/vectors/srp-vectors.json");
    let vectors: Value = serde_json::from_str(file).unwrap();
    vectors["srp"].as_array().unwrap().clone()
}

fn text(vector: &Value, key: &str) -> String {
    vector[key].as_str().unwrap().to_owned()
}

/// A recorded sign-in up to the proof. The clock stands where upstream's stood.
fn proved(
    vector: &Value,
    account: &Account<MemoryStorage>,
) -> (SignInSrp<Value>, Request<Value>, Request<Value>) {
    let random = unhex(&format!("{:0>256}", text(vector, "a")));
    let mut flow = SignInSrp::new(text(vector, "password").into(), Some(json!({})), random);
    let first = flow.start(account).unwrap();
    let response = json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeParameters": {
            "USER_ID_FOR_SRP": vector["user"], "SRP_B": vector["B"], "SALT": vector["saltHex"],
            "SECRET_BLOCK": vector["secretBlockB64"],
        },
        "Session": "session",
    });
    let now = cognito_srp::parse_timestamp(&text(vector, "timestamp")).unwrap() * 1000;
    let proof = sent(flow.on_response(account, Ok(response), now).unwrap());
    (flow, first, proof)
}

#[test]
fn srp_sends_what_upstream_sends() {
    for vector in vectors() {
        let account = account(&text(&vector, "pool"), "typed");
        let (_, first, proof) = proved(&vector, &account);
        assert_eq!(first.operation, "InitiateAuth");
        assert_eq!(
            first.body.to_string(),
            format!(
                r#"{{"AuthFlow":"USER_SRP_AUTH","ClientId":"client","AuthParameters":{{"USERNAME":"typed","SRP_A":{}}},"ClientMetadata":{{}}}}"#,
                vector["A"],
            ),
        );
        assert_eq!(proof.operation, "RespondToAuthChallenge");
        assert_eq!(
            proof.body.to_string(),
            format!(
                concat!(
                    r#"{{"ChallengeName":"PASSWORD_VERIFIER","ClientId":"client","ChallengeResponses":{{"#,
                    r#""USERNAME":{},"PASSWORD_CLAIM_SECRET_BLOCK":{},"TIMESTAMP":{},"#,
                    r#""PASSWORD_CLAIM_SIGNATURE":{}}},"Session":"session","ClientMetadata":{{}}}}"#,
                ),
                vector["user"], vector["secretBlockB64"], vector["timestamp"], vector["signature"],
            ),
        );
        assert_eq!(
            account.username(),
            text(&vector, "user"),
            "the service's name from now on"
        );
    }
}

#[test]
fn a_forgotten_device_is_dropped_once() {
    let vector = &vectors()[0];
    let account = account(&text(vector, "pool"), "typed");
    let key = format!(
        "CognitoIdentityServiceProvider.client.{}.deviceKey",
        text(vector, "user")
    );
    account.storage().set(&key, "device").unwrap();
    let (mut flow, _, proof) = proved(vector, &account);
    assert_eq!(proof.body["ChallengeResponses"]["DEVICE_KEY"], "device");

    let error = || {
        Err(refused(
            "ResourceNotFoundException",
            "Device does not exist.",
        ))
    };
    let again = sent(flow.on_response(&account, error(), NOW).unwrap());
    let mut expected = proof.body;
    expected["ChallengeResponses"]["DEVICE_KEY"] = Value::Null;
    assert_eq!(again.body.to_string(), expected.to_string());
    assert_eq!(account.storage().get(&key).unwrap(), None);

    assert!(matches!(
        flow.on_response(&account, error(), NOW),
        Err(Error::Service(_))
    ));
}

#[test]
fn a_hostile_server_gets_no_proof() {
    let vector = &vectors()[0];
    let with = |name: &str, value: Value| {
        let account = account(&text(vector, "pool"), "typed");
        let mut flow = SignInSrp::new("pw".into(), None, vec![7; 36]);
        let _: Request<Value> = flow.start(&account).unwrap();
        let mut parameters = json!({
            "USER_ID_FOR_SRP": "u", "SRP_B": "02", "SALT": "aa", "SECRET_BLOCK": "AAAA",
        });
        parameters[name] = value;
        let response =
            json!({ "ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": parameters });
        flow.on_response(&account, Ok(response), NOW).err()
    };
    assert!(matches!(with("SRP_B", json!("0")), Some(Error::Srp(_))));
    assert!(matches!(
        with("SRP_B", json!("f".repeat(770))),
        Some(Error::Srp(_))
    ));
    assert!(matches!(with("SALT", json!("zz")), Some(Error::Srp(_))));
    assert!(matches!(
        with("SRP_B", json!(null)),
        Some(Error::UnexpectedResponse(_))
    ));
    assert!(matches!(
        with("USER_ID_FOR_SRP", json!(1)),
        Some(Error::UnexpectedResponse(_))
    ));
}

#[test]
fn an_unknown_challenge_is_named_and_gives_no_tokens() {
    for (name, answer) in [
        (
            "EMAIL_OTP",
            json!({ "ChallengeName": "EMAIL_OTP", "Session": "s" }),
        ),
        (
            "SELECT_CHALLENGE",
            json!({ "ChallengeName": "SELECT_CHALLENGE", "ChallengeParameters": {} }),
        ),
    ] {
        let account = account("pool", "alice");
        let mut password = SignInPassword::new(json!("pw"), None);
        let _: Request<Value> = password.start(&account).unwrap();
        let error = password
            .on_response(&account, Ok(answer.clone()), NOW)
            .err();
        assert!(matches!(error, Some(Error::UnsupportedChallenge(found)) if found == name));

        let mut srp = SignInSrp::new("pw".into(), None, vec![7; 36]);
        let _: Request<Value> = srp.start(&account).unwrap();
        let error = srp.on_response(&account, Ok(answer), NOW).err();
        assert!(matches!(error, Some(Error::UnsupportedChallenge(found)) if found == name));
    }
    let account = account("pool", "alice");
    let mut password = SignInPassword::new(json!("pw"), None);
    let error = password.on_response(&account, Ok(json!({})), NOW).err();
    assert!(
        matches!(error, Some(Error::UnexpectedResponse(_))),
        "no tokens, no challenge"
    );
}

#[test]
fn a_password_is_sent_with_the_device_of_the_typed_name() {
    let account = account("pool", "alice");
    let key = "CognitoIdentityServiceProvider.client.alice.deviceKey";
    account.storage().set(key, "device").unwrap();
    let request = SignInPassword::new(json!("pw"), Some(json!({ "a": "b" })))
        .start(&account)
        .unwrap();
    assert_eq!(
        request.body.to_string(),
        r#"{"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"client","AuthParameters":{"USERNAME":"alice","PASSWORD":"pw","DEVICE_KEY":"device"},"ClientMetadata":{"a":"b"}}"#,
    );
}

#[test]
fn a_temporary_password_leads_to_a_new_one() {
    let account = account("pool", "alice");
    let answer = json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "session",
        "ChallengeParameters": {
            "userAttributes": r#"{"email":"a@b"}"#,
            "requiredAttributes": r#"["userAttributes.name","bare"]"#,
        },
    });
    let mut flow = SignInPassword::new(json!("pw"), None);
    let Step::Challenge(Challenge::NewPassword {
        user_attributes,
        required_attributes,
    }) = flow.on_response(&account, Ok(answer), NOW).unwrap()
    else {
        panic!("no challenge");
    };
    assert_eq!(
        (user_attributes, required_attributes),
        (
            json!({ "email": "a@b" }),
            vec!["name".into(), "bare".into()]
        )
    );

    let mut flow = NewPassword::new(json!("new"), json!({ "name": "Alice" }), None);
    let request = flow.start(&account).unwrap();
    assert_eq!(
        request.body.to_string(),
        r#"{"ChallengeName":"NEW_PASSWORD_REQUIRED","ClientId":"client","ChallengeResponses":{"userAttributes.name":"Alice","NEW_PASSWORD":"new","USERNAME":"alice"},"Session":"session"}"#,
    );
    let answer = json!({ "AuthenticationResult": { "IdToken": "i", "AccessToken": "a", "RefreshToken": "r" } });
    let Step::Done(tokens) = flow.on_response(&account, Ok(answer), NOW).unwrap() else {
        panic!("no tokens");
    };
    assert_eq!(
        (&*tokens.id, &*tokens.access, &*tokens.refresh),
        ("i", "a", "r")
    );
}

#[test]
fn a_refresh_keeps_the_token_that_is_not_replaced() {
    let account = account("pool", "alice");
    let mut flow = Refresh::new("old".into(), Some(Value::Null), None);
    let request = flow.start(&account).unwrap();
    assert_eq!(
        request.body.to_string(),
        r#"{"ClientId":"client","AuthFlow":"REFRESH_TOKEN_AUTH","AuthParameters":{"REFRESH_TOKEN":"old","DEVICE_KEY":null}}"#,
    );
    for (answer, expected) in [
        (json!({ "IdToken": "i", "AccessToken": "a" }), "old"),
        (
            json!({ "IdToken": "i", "AccessToken": "a", "RefreshToken": "new" }),
            "new",
        ),
    ] {
        let answer = json!({ "AuthenticationResult": answer });
        let Step::Done(tokens) = flow.on_response(&account, Ok(answer), NOW).unwrap() else {
            panic!("no tokens");
        };
        assert_eq!(tokens.refresh, expected);
    }
}

#[test]
fn only_a_refusal_ends_the_session() {
    for (code, kept) in [
        ("NotAuthorizedException", false),
        ("TooManyRequestsException", true),
    ] {
        let account = account("pool", "alice");
        let tokens = crate::session::Tokens {
            id: "i".into(),
            access: "a".into(),
            refresh: "r".into(),
        };
        account.store_tokens(&tokens, "0").unwrap();
        let mut flow = Refresh::<Value>::new("r".into(), None, None);
        assert!(
            flow.on_response(&account, Err(refused(code, "")), NOW)
                .is_err()
        );
        assert_eq!(account.stored_tokens().unwrap().is_some(), kept, "{code}");
    }
}

#[test]
fn operations_send_what_upstream_sends() {
    let metadata = || Some(json!({ "m": "1" }));
    let list = || Some(json!([{ "Name": "email", "Value": "a@b" }]));
    let requests = [
        operation::sign_up(
            "c",
            json!("u"),
            json!("p"),
            list(),
            Some(Value::Null),
            metadata(),
        ),
        operation::confirm_sign_up("c", json!("1"), json!("u"), json!(true), None),
        operation::resend_confirmation_code("c", json!("u"), None),
        operation::forgot_password("c", json!("u"), metadata()),
        operation::confirm_forgot_password("c", json!("u"), json!("1"), json!("p"), None),
        operation::change_password(json!("p"), json!("q"), json!("t"), None),
        operation::delete_user(json!("t"), None),
        operation::get_user(json!("t")),
        operation::global_sign_out(json!("t")),
        operation::revoke_token("r", "c"),
    ];
    let expected = [
        r#"SignUp {"ClientId":"c","Username":"u","Password":"p","UserAttributes":[{"Name":"email","Value":"a@b"}],"ValidationData":null,"ClientMetadata":{"m":"1"}}"#,
        r#"ConfirmSignUp {"ClientId":"c","ConfirmationCode":"1","Username":"u","ForceAliasCreation":true}"#,
        r#"ResendConfirmationCode {"ClientId":"c","Username":"u"}"#,
        r#"ForgotPassword {"ClientId":"c","Username":"u","ClientMetadata":{"m":"1"}}"#,
        r#"ConfirmForgotPassword {"ClientId":"c","Username":"u","ConfirmationCode":"1","Password":"p"}"#,
        r#"ChangePassword {"PreviousPassword":"p","ProposedPassword":"q","AccessToken":"t"}"#,
        r#"DeleteUser {"AccessToken":"t"}"#,
        r#"GetUser {"AccessToken":"t"}"#,
        r#"GlobalSignOut {"AccessToken":"t"}"#,
        r#"RevokeToken {"Token":"r","ClientId":"c"}"#,
    ];
    for (request, expected) in requests.iter().zip(expected) {
        assert_eq!(format!("{} {}", request.operation, request.body), expected);
    }
}
