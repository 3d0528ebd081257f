//! Sign-ins that prove a password.

use serde_json::{Value, json};

use super::host::TestHost;
use super::{asked, done, refused, sent, text, tokens, unhex, vectors};
use crate::error::Error;
use crate::flow::{Challenge, Field, Flow, Host, Request, sign_in};

/// The host of a recorded sign-in, whose clock stands where upstream's stood.
fn host(vector: &Value) -> TestHost {
    let mut host =
        TestHost::new(text(vector, "pool"), "typed").with_random(unhex(text(vector, "a"), 128));
    host.now_millis = cognito_srp::parse_timestamp(text(vector, "timestamp")).unwrap() * 1000;
    host
}

/// A recorded sign-in up to the proof.
fn proved(
    vector: &Value,
    host: &TestHost,
    is_custom: bool,
) -> (Flow<Value>, Request<Value>, Request<Value>) {
    let password = text(vector, "password").into();
    let (mut flow, first) = sign_in::srp(host, is_custom, password, Some(json!({}))).unwrap();
    let response = json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeParameters": {
            "USER_ID_FOR_SRP": vector["user"], "SRP_B": vector["B"], "SALT": vector["saltHex"],
            "SECRET_BLOCK": vector["secretBlockB64"],
        },
        "Session": "its session",
    });
    let proof = sent(flow.on_response(host, Ok(response)).unwrap());
    (flow, first, proof)
}

#[test]
fn srp_sends_what_upstream_sends() {
    for vector in vectors("srp") {
        let host = host(&vector);
        let (mut flow, first, proof) = proved(&vector, &host, false);
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
                    r#""PASSWORD_CLAIM_SIGNATURE":{}}},"Session":"its session","ClientMetadata":{{}}}}"#,
                ),
                vector["user"], vector["secretBlockB64"], vector["timestamp"], vector["signature"],
            ),
        );
        assert_eq!(
            host.get(Field::Username).as_ref(),
            Some(&vector["user"]),
            "the service's name from now on"
        );
        assert_eq!(host.adopted(), Vec::<Value>::new());
        assert!(!done(flow.on_response(&host, Ok(tokens())).unwrap()));
        assert_eq!(host.adopted(), [tokens()["AuthenticationResult"].clone()]);
    }
}

#[test]
fn custom_auth_with_srp_says_so_and_goes_on_to_the_pools_question() {
    let vector = &vectors("srp")[0];
    let host = host(vector);
    let (mut flow, first, proof) = proved(vector, &host, true);
    assert_eq!(
        first.body.to_string(),
        format!(
            r#"{{"AuthFlow":"CUSTOM_AUTH","ClientId":"client","AuthParameters":{{"USERNAME":"typed","SRP_A":{},"CHALLENGE_NAME":"SRP_A"}},"ClientMetadata":{{}}}}"#,
            vector["A"],
        ),
    );
    let responses = &proof.body["ChallengeResponses"];
    assert_eq!(responses["PASSWORD_CLAIM_SIGNATURE"], vector["signature"]);

    let question = json!({
        "ChallengeName": "CUSTOM_CHALLENGE", "Session": "next",
        "ChallengeParameters": { "question": "?" },
    });
    let step = flow.on_response(&host, Ok(question)).unwrap();
    let Challenge::Custom(parameters) = asked(step) else {
        panic!("another challenge");
    };
    assert_eq!(parameters, json!({ "question": "?" }));
    assert_eq!(host.get(Field::Session), Some(json!("next")));
}

#[test]
fn the_pool_may_ask_before_the_password_is_proved() {
    let vector = &vectors("srp")[0];
    let host = host(vector);
    let password = text(vector, "password").into();
    let (mut flow, _) = sign_in::srp(&host, true, password, None).unwrap();
    let question = json!({ "ChallengeName": "CUSTOM_CHALLENGE", "ChallengeParameters": {} });
    let step = flow.on_response(&host, Ok(question)).unwrap();
    assert!(matches!(asked(step), Challenge::Custom(_)));
    assert_eq!(host.get(Field::Username), Some(json!("typed")));
}

#[test]
fn a_forgotten_device_is_dropped_once() {
    let vector = &vectors("srp")[0];
    let host = host(vector).with_stored_device("device", "group", "secret");
    let (mut flow, _, proof) = proved(vector, &host, false);
    assert_eq!(proof.body["ChallengeResponses"]["DEVICE_KEY"], "device");

    let error = || {
        Err(refused(
            "ResourceNotFoundException",
            "Device does not exist.",
        ))
    };
    let again = sent(flow.on_response(&host, error()).unwrap());
    let mut expected = proof.body;
    expected["ChallengeResponses"]["DEVICE_KEY"] = Value::Null;
    assert_eq!(again.body.to_string(), expected.to_string());
    assert_eq!(*host.stored_device.borrow(), None);

    let error = flow.on_response(&host, error()).err();
    assert!(matches!(error, Some(Error::Service(_))));
}

#[test]
fn another_refusal_leaves_the_device() {
    for (code, message) in [
        ("ResourceNotFoundException", "User pool does not exist."),
        ("NotAuthorizedException", "Device does not exist."),
    ] {
        let vector = &vectors("srp")[0];
        let host = host(vector).with_stored_device("device", "group", "secret");
        let (mut flow, _, _) = proved(vector, &host, false);
        let error = flow.on_response(&host, Err(refused(code, message))).err();
        assert!(matches!(error, Some(Error::Service(error)) if error.code == code));
        assert!(host.stored_device.borrow().is_some());
    }
}
