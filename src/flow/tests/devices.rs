//! Remembered devices.

use cognito_srp::encoding::base64_decode_lenient;
use serde_json::{Value, json};

use super::host::TestHost;
use super::{assert_sent, done, refused, result, sent, text, tokens, unhex, vectors};
use crate::error::Error;
use crate::flow::{Field, Flow, Host, Request};

/// A sign-in that brought a device which the service sees for the first time, with recorded randomness.
fn confirming(vector: &Value) -> (TestHost, Flow<Value>, Request<Value>) {
    // Upstream's salt has a zero byte before a first bit that is set, which is no part of the number.
    let salt = text(vector, "saltHex");
    let salt = &salt[salt.len() - 32..];
    let host = TestHost::new("pool", "alice")
        .with_random(base64_decode_lenient(text(vector, "randomPassword")))
        .with_random(unhex(salt, 16));
    let mut result = result();
    result["NewDeviceMetadata"] = json!({
        "DeviceKey": vector["deviceKey"], "DeviceGroupKey": vector["deviceGroupKey"],
    });
    let answer = json!({ "AuthenticationResult": result });
    let mut flow = Flow::open();
    let request = sent(flow.on_response(&host, Ok(answer)).unwrap());
    (host, flow, request)
}

#[test]
fn a_new_device_is_confirmed_as_upstream_does() {
    for vector in vectors("device") {
        let (host, mut flow, request) = confirming(&vector);
        assert_sent(
            &request,
            "ConfirmDevice",
            &format!(
                r#"{{"DeviceKey":{},"AccessToken":"a","DeviceSecretVerifierConfig":{{"Salt":{},"PasswordVerifier":{}}},"DeviceName":"name"}}"#,
                vector["deviceKey"], vector["SaltB64"], vector["PasswordVerifierB64"],
            ),
        );
        assert_eq!(host.adopted().len(), 1, "the session does not wait for it");
        assert_eq!(*host.stored_device.borrow(), None);

        let answer = json!({ "UserConfirmationNecessary": false });
        assert!(!done(flow.on_response(&host, Ok(answer)).unwrap()));
        let device = ["deviceKey", "deviceGroupKey", "randomPassword"];
        let device = device.map(|key| vector[key].clone());
        assert_eq!(*host.stored_device.borrow(), Some(device));
    }
}

#[test]
fn only_true_makes_confirmation_necessary() {
    for (answer, necessary) in [
        (json!({ "UserConfirmationNecessary": true }), true),
        (json!({ "UserConfirmationNecessary": "true" }), false),
        (json!({}), false),
    ] {
        let (host, mut flow, _) = confirming(&vectors("device")[0]);
        assert_eq!(
            done(flow.on_response(&host, Ok(answer)).unwrap()),
            necessary
        );
    }
}

#[test]
fn a_device_that_is_not_confirmed_is_not_stored() {
    let (host, mut flow, _) = confirming(&vectors("device")[0]);
    let error = refused("InvalidParameterException", "no");
    let error = flow.on_response(&host, Err(error)).err();
    assert!(matches!(error, Some(Error::Service(_))));
    assert_eq!(*host.stored_device.borrow(), None);
    assert_eq!(host.get(Field::DeviceKey), None);
}

/// A device proves its password as a user does: the recorded sign-ins of users stand for it.
fn challenged(vector: &Value) -> (TestHost, Flow<Value>, Request<Value>) {
    let mut host = TestHost::new("pool", "alice").with_random(unhex(text(vector, "a"), 128));
    host.now_millis = cognito_srp::parse_timestamp(text(vector, "timestamp")).unwrap() * 1000;
    host.set(Field::DeviceKey, Some(vector["user"].clone()));
    host.set(Field::DeviceGroupKey, Some(vector["pool"].clone()));
    host.set(Field::RandomPassword, Some(vector["password"].clone()));
    let mut flow = Flow::open();
    let answer = json!({ "ChallengeName": "DEVICE_SRP_AUTH", "Session": "first" });
    let request = sent(flow.on_response(&host, Ok(answer)).unwrap());
    (host, flow, request)
}

fn device_verifier(vector: &Value) -> Value {
    json!({
        "ChallengeName": "DEVICE_PASSWORD_VERIFIER",
        "ChallengeParameters": {
            "USERNAME": "alice", "DEVICE_KEY": vector["user"], "SRP_B": vector["B"],
            "SALT": vector["saltHex"], "SECRET_BLOCK": vector["secretBlockB64"],
        },
        "Session": "second",
    })
}

#[test]
fn a_known_device_proves_itself_as_upstream_does() {
    for vector in vectors("srp") {
        let (host, mut flow, first) = challenged(&vector);
        assert_sent(
            &first,
            "RespondToAuthChallenge",
            &format!(
                r#"{{"ChallengeName":"DEVICE_SRP_AUTH","ClientId":"client","ChallengeResponses":{{"USERNAME":"alice","DEVICE_KEY":{},"SRP_A":{}}},"Session":"first"}}"#,
                vector["user"], vector["A"],
            ),
        );
        let step = flow.on_response(&host, Ok(device_verifier(&vector)));
        let proof = sent(step.unwrap());
        assert_sent(
            &proof,
            "RespondToAuthChallenge",
            &format!(
                concat!(
                    r#"{{"ChallengeName":"DEVICE_PASSWORD_VERIFIER","ClientId":"client","ChallengeResponses":{{"#,
                    r#""USERNAME":"alice","PASSWORD_CLAIM_SECRET_BLOCK":{},"TIMESTAMP":{},"#,
                    r#""PASSWORD_CLAIM_SIGNATURE":{},"DEVICE_KEY":{}}},"Session":"second"}}"#,
                ),
                vector["secretBlockB64"], vector["timestamp"], vector["signature"], vector["user"],
            ),
        );
        assert_eq!(host.adopted(), Vec::<Value>::new());
        assert!(!done(flow.on_response(&host, Ok(tokens())).unwrap()));
        assert_eq!(host.adopted().len(), 1);
    }
}

#[test]
fn a_device_that_is_not_remembered_proves_nothing() {
    let vector = &vectors("srp")[0];
    for missing in [
        Field::DeviceKey,
        Field::DeviceGroupKey,
        Field::RandomPassword,
    ] {
        let (host, mut flow, _) = challenged(vector);
        host.set(missing, None);
        let error = flow.on_response(&host, Ok(device_verifier(vector))).err();
        assert!(matches!(error, Some(Error::UnexpectedResponse(_))));
    }
}

#[test]
fn a_device_is_not_challenged_for_ever() {
    let again = || Ok(json!({ "ChallengeName": "DEVICE_SRP_AUTH", "Session": "s" }));
    let vector = &vectors("srp")[0];
    let (host, mut flow, _) = challenged(vector);
    let error = flow.on_response(&host, again()).err();
    assert!(matches!(error, Some(Error::UnexpectedResponse(_))));

    let (host, mut flow, _) = challenged(vector);
    sent(
        flow.on_response(&host, Ok(device_verifier(vector)))
            .unwrap(),
    );
    let error = flow.on_response(&host, again()).err();
    assert!(matches!(error, Some(Error::UnexpectedResponse(_))));
}
