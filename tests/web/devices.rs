//! Remembered devices. A device's proof is a user's proof under other names, so it can be checked against
//! the recorded sign-ins.

use cognito_srp::encoding::base64_decode_lenient;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::application::{Pool, alice};
use crate::stage::{self, Callbacks, PREFIX, Store, draw, tokens};
use crate::vectors::{SignIn, devices, unhex};

/// Tokens with the offer to remember this device.
fn offered(device: &Value) -> Value {
    let mut answer = tokens();
    answer["AuthenticationResult"]["NewDeviceMetadata"] = json!({
        "DeviceKey": device["deviceKey"], "DeviceGroupKey": device["deviceGroupKey"],
    });
    answer
}

#[test]
async fn a_new_device_is_confirmed_with_the_recorded_verifier() {
    for device in devices() {
        let service = stage::open();
        let store = Store::new();
        let (user, callbacks) = (alice(&store), Callbacks::new());
        let text = |key: &str| device[key].as_str().unwrap();
        // Two's complement puts a zero before a salt with its top bit set.
        let salt = unhex(text("saltHex"));
        let salt = salt[salt.len() - 16..].to_vec();
        draw(&[base64_decode_lenient(text("randomPassword")), salt]);
        service
            .reply(offered(device))
            .reply(json!({ "UserConfirmationNecessary": true }));
        user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();

        let told = callbacks.next().await;
        assert_eq!(
            (&told[0], &told[2]),
            (&json!("onSuccess"), &json!(true)),
            "the user is to be asked"
        );
        let [_, confirm] = &service.requests()[..] else {
            panic!("not two requests");
        };
        assert_eq!(confirm.operation, "ConfirmDevice");
        assert_eq!(confirm.body["DeviceKey"], device["deviceKey"]);
        assert_eq!(
            confirm.body["DeviceSecretVerifierConfig"],
            json!({ "Salt": device["SaltB64"], "PasswordVerifier": device["PasswordVerifierB64"] }),
        );
        let agent = js_sys::eval("navigator.userAgent").unwrap();
        assert_eq!(confirm.body["DeviceName"], agent.as_string().unwrap());

        let stored = store.entries();
        for (name, expected) in [
            ("deviceKey", "deviceKey"),
            ("randomPasswordKey", "randomPassword"),
            ("deviceGroupKey", "deviceGroupKey"),
        ] {
            assert_eq!(stored[format!("{PREFIX}alice.{name}")], device[expected]);
        }
    }
}

#[test]
async fn a_device_that_is_not_confirmed_is_not_remembered() {
    let service = stage::open();
    let store = Store::new();
    let (user, callbacks) = (alice(&store), Callbacks::new());
    service
        .reply(offered(&devices()[0]))
        .refuse("InvalidParameterException", "Invalid device key given.");
    user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
    let told = callbacks.next().await;
    assert_eq!(told[0], "onFailure");
    assert_eq!(told[1]["code"], "InvalidParameterException");
    assert!(!store.names().iter().any(|name| name.contains("device")));
}

#[test]
async fn a_remembered_device_proves_itself_as_recorded() {
    for vector in SignIn::all() {
        let service = stage::open();
        vector.set_world();
        let user = Pool::new("other", &Store::new()).user("alice");
        user.set_device_group_key(vector.text("pool"));
        user.set_device_key(vector.text("user"));
        user.set_random_password(vector.text("password"));
        let callbacks = Callbacks::new();
        let mut verifier = vector.challenge();
        verifier["ChallengeName"] = "DEVICE_PASSWORD_VERIFIER".into();
        service
            .reply(json!({ "ChallengeName": "DEVICE_SRP_AUTH", "Session": "session 1" }))
            .reply(verifier)
            .reply(tokens());
        user.send_mfa_code("123456", &callbacks, None).unwrap();

        let told = callbacks.next().await;
        assert_eq!(told[0], "onSuccess", "{told}");
        let [_, offer, proof] = &service.requests()[..] else {
            panic!("not three requests");
        };
        assert_eq!(offer.body["ChallengeName"], "DEVICE_SRP_AUTH");
        assert_eq!(offer.body["Session"], "session 1");
        assert_eq!(
            offer.body["ChallengeResponses"],
            json!({
                "USERNAME": "alice", "DEVICE_KEY": vector.text("user"), "SRP_A": vector.text("A"),
            }),
        );
        assert_eq!(proof.body["ChallengeName"], "DEVICE_PASSWORD_VERIFIER");
        assert_eq!(proof.body["Session"], "session");
        assert_eq!(
            proof.body["ChallengeResponses"],
            json!({
                "USERNAME": "alice",
                "PASSWORD_CLAIM_SECRET_BLOCK": vector.text("secretBlockB64"),
                "TIMESTAMP": vector.text("timestamp"),
                "PASSWORD_CLAIM_SIGNATURE": vector.text("signature"),
                "DEVICE_KEY": vector.text("user"),
            }),
        );
    }
}

#[test]
async fn a_device_that_the_service_has_forgotten_is_dropped_once() {
    let service = stage::open();
    let vector = SignIn::one();
    let store = Store::new();
    let prefix = format!("{PREFIX}{}", vector.text("user"));
    for name in ["deviceKey", "randomPasswordKey", "deviceGroupKey"] {
        store.set_item(&format!("{prefix}.{name}"), name);
    }
    let forgotten = ("ResourceNotFoundException", "Device does not exist.");
    service
        .reply(vector.challenge())
        .refuse(forgotten.0, forgotten.1)
        .refuse(forgotten.0, forgotten.1);
    let (user, callbacks) = (alice(&store), Callbacks::new());
    user.sign_in("USER_SRP_AUTH", &callbacks).unwrap();

    let told = callbacks.next().await;
    assert_eq!(told[0], "onFailure");
    assert_eq!(told[1]["code"], forgotten.0);
    let [_, with, without] = &service.requests()[..] else {
        panic!("not three requests");
    };
    let sent = |request: &stage::Request| request.body["ChallengeResponses"]["DEVICE_KEY"].clone();
    assert_eq!(
        (sent(with), sent(without)),
        (json!("deviceKey"), json!(null))
    );
    assert_eq!(store.entries(), json!({}));
}

#[test]
async fn a_device_that_nobody_knows_gives_no_proof() {
    let service = stage::open();
    let vector = SignIn::one();
    let (user, callbacks) = (alice(&Store::new()), Callbacks::new());
    let mut verifier = vector.challenge();
    verifier["ChallengeName"] = "DEVICE_PASSWORD_VERIFIER".into();
    service
        .reply(json!({ "ChallengeName": "DEVICE_SRP_AUTH", "Session": "session 1" }))
        .reply(verifier);
    user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
    let told = callbacks.next().await;
    assert_eq!(told[0], "onFailure");
    assert_eq!(told[1]["code"], "UnexpectedResponse");
    assert_eq!(service.requests().len(), 2);
}
