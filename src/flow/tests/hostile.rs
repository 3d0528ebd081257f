//! Answers that no service should give: none is a session.

use serde_json::{Value, json};

use super::host::TestHost;
use super::result;
use crate::error::Error;
use crate::flow::{Challenge, Field, Flow, Host, Step, sign_in};

fn host() -> TestHost {
    let host = TestHost::new("pool", "alice");
    for field in [
        Field::DeviceKey,
        Field::DeviceGroupKey,
        Field::RandomPassword,
    ] {
        host.set(field, Some(json!("device")));
    }
    host
}

/// How a flow fails on an answer. The user must not be signed in by it.
fn failure(flow: &mut Flow<Value>, host: &TestHost, answer: Value) -> Error {
    let outcome = flow.on_response(host, Ok(answer.clone()));
    assert_eq!(host.adopted(), Vec::<Value>::new(), "{answer}");
    match outcome {
        Err(error) => error,
        Ok(_) => panic!("{answer}"),
    }
}

/// The challenge that an answer is, one that no flow answers. The user must not be signed in by it.
fn other(flow: &mut Flow<Value>, host: &TestHost, answer: Value) -> String {
    let outcome = flow.on_response(host, Ok(answer.clone()));
    assert_eq!(host.adopted(), Vec::<Value>::new(), "{answer}");
    match outcome {
        Ok(Step::Challenge(Challenge::Other { name, .. })) => name,
        _ => panic!("{answer}"),
    }
}

#[test]
fn numbers_that_srp_refuses_get_no_proof() {
    let with = |device: bool, name: &str, value: Value| {
        let host = host();
        let mut flow = if device {
            let mut flow = Flow::open();
            flow.offer_device(&host, None).unwrap();
            flow
        } else {
            sign_in::srp(&host, false, "pw".into(), None).unwrap().0
        };
        let mut parameters = json!({
            "USER_ID_FOR_SRP": "u", "SRP_B": "02", "SALT": "aa", "SECRET_BLOCK": "AAAA",
        });
        parameters[name] = value;
        let challenge = ["PASSWORD_VERIFIER", "DEVICE_PASSWORD_VERIFIER"][usize::from(device)];
        let answer = json!({ "ChallengeName": challenge, "ChallengeParameters": parameters });
        failure(&mut flow, &host, answer)
    };
    for device in [false, true] {
        for (name, value) in [
            ("SRP_B", json!("0")),
            ("SRP_B", json!("f".repeat(770))),
            ("SALT", json!("zz")),
        ] {
            let error = with(device, name, value);
            assert!(matches!(error, Error::Srp(_)), "{name}: {error}");
        }
        for name in ["SRP_B", "SALT", "SECRET_BLOCK"] {
            for value in [json!(null), json!(1), json!({})] {
                let error = with(device, name, value);
                assert!(
                    matches!(error, Error::UnexpectedResponse(_)),
                    "{name}: {error}"
                );
            }
        }
    }
    let error = with(false, "USER_ID_FOR_SRP", json!(1));
    assert!(matches!(error, Error::UnexpectedResponse(_)));
}

#[test]
fn an_unknown_challenge_is_named() {
    for answer in [
        json!({ "ChallengeName": "EMAIL_OTP", "Session": "s" }),
        json!({ "ChallengeName": "EMAIL_OTP", "ChallengeParameters": {} }),
        json!({ "ChallengeName": "EMAIL_OTP", "AuthenticationResult": result() }),
    ] {
        let host = host();
        let srp = sign_in::srp(&host, false, "pw".into(), None).unwrap().0;
        for mut flow in [Flow::open(), srp] {
            assert_eq!(other(&mut flow, &host, answer.clone()), "EMAIL_OTP");
        }
    }
}

#[test]
fn a_proof_is_made_when_it_is_asked_for_and_once() {
    let verifier = || {
        json!({ "ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": {
            "USER_ID_FOR_SRP": "u", "SRP_B": "02", "SALT": "aa", "SECRET_BLOCK": "AAAA",
        } })
    };
    let host = host();
    let mut flow = sign_in::srp(&host, false, "pw".into(), None).unwrap().0;
    assert!(flow.on_response(&host, Ok(verifier())).is_ok());
    for mut flow in [Flow::open(), flow] {
        assert_eq!(other(&mut flow, &host, verifier()), "PASSWORD_VERIFIER");
    }
}

#[test]
fn an_answer_without_whole_tokens_is_no_session() {
    for answer in [
        json!(null),
        json!([]),
        json!("AuthenticationResult"),
        json!({}),
        json!({ "ChallengeName": "" }),
        json!({ "ChallengeName": 1 }),
        json!({ "AuthenticationResult": null }),
        json!({ "AuthenticationResult": "tokens" }),
        json!({ "AuthenticationResult": {} }),
        json!({ "AuthenticationResult": { "AccessToken": "a" } }),
        json!({ "AuthenticationResult": { "IdToken": "i" } }),
        json!({ "AuthenticationResult": { "IdToken": "i", "AccessToken": 1 } }),
        json!({ "AuthenticationResult": { "IdToken": "", "AccessToken": "a" } }),
    ] {
        let host = host();
        let srp = sign_in::srp(&host, false, "pw".into(), None).unwrap().0;
        for mut flow in [Flow::open(), srp] {
            let error = failure(&mut flow, &host, answer.clone());
            assert!(
                matches!(error, Error::UnexpectedResponse(_)),
                "{answer}: {error}"
            );
        }
    }
}

#[test]
fn a_new_password_is_asked_in_json() {
    for (key, text) in [("userAttributes", "{"), ("requiredAttributes", "name")] {
        let mut parameters = json!({});
        parameters[key] = text.into();
        let answer =
            json!({ "ChallengeName": "NEW_PASSWORD_REQUIRED", "ChallengeParameters": parameters });
        let error = failure(&mut Flow::open(), &host(), answer);
        assert!(matches!(error, Error::UnexpectedResponse(_)), "{key}");
    }
}

/// The tokens are good by then, and stay; the device is not.
#[test]
fn a_new_device_without_its_keys_is_an_error() {
    for metadata in [json!({}), json!({ "DeviceKey": "k" }), json!("device")] {
        let host = TestHost::new("pool", "alice");
        let mut result = result();
        result["NewDeviceMetadata"] = metadata;
        let answer = json!({ "AuthenticationResult": result });
        let error = Flow::open().on_response(&host, Ok(answer)).err();
        assert!(matches!(error, Some(Error::UnexpectedResponse(_))));
        assert_eq!(host.get(Field::DeviceGroupKey), None);
        assert_eq!(*host.stored_device.borrow(), None);
    }
}
