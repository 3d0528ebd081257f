//! Browsers that lack something.

use serde_json::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::application::{Pool, alice};
use crate::stage::{self, Callbacks, Store, js, tokens};
use crate::vectors::SignIn;

#[test]
async fn without_fetch_the_callback_hears_of_it() {
    for flow in ["USER_PASSWORD_AUTH", "USER_SRP_AUTH"] {
        stage::open();
        let (user, callbacks) = (alice(&Store::new()), Callbacks::new());
        stage::replace("fetch", &JsValue::UNDEFINED);
        user.sign_in(flow, &callbacks).unwrap();
        assert_eq!(
            callbacks.next().await,
            json!(["onFailure", { "message": "fetch is not a function" }])
        );

        // The same user, once there is one.
        let service = stage::open();
        service.reply(tokens());
        user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
        assert_eq!(callbacks.next().await[0], "onSuccess");
    }
}

const NO_RANDOMNESS: &str = "Native crypto module could not be used to get secure random number.";

#[test]
async fn without_randomness_nothing_is_sent() {
    for crypto in [JsValue::UNDEFINED, js(&json!({}))] {
        for flow in ["USER_SRP_AUTH", "CUSTOM_AUTH"] {
            let service = stage::open();
            let (user, callbacks) = (alice(&Store::new()), Callbacks::new());
            stage::replace("crypto", &crypto);
            user.sign_in(flow, &callbacks).unwrap();
            assert!(!callbacks.is_silent(), "before the call returns");
            assert_eq!(
                callbacks.next().await,
                json!(["onFailure", { "message": NO_RANDOMNESS }])
            );
            assert!(service.requests().is_empty());

            // A password needs none; and the same user can use SRP once there is some.
            service.reply(tokens());
            user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
            assert_eq!(callbacks.next().await[0], "onSuccess");
            let service = stage::open();
            service.reply(SignIn::one().challenge()).reply(tokens());
            user.sign_in("USER_SRP_AUTH", &callbacks).unwrap();
            assert_eq!(callbacks.next().await[0], "onSuccess");
        }
    }
}

#[test]
async fn without_randomness_no_device_is_confirmed() {
    let service = stage::open();
    stage::replace("crypto", &JsValue::UNDEFINED);
    let store = Store::new();
    let pool = Pool::new("pool", &store);
    let mut answer = tokens();
    answer["AuthenticationResult"]["NewDeviceMetadata"] =
        json!({ "DeviceKey": "device", "DeviceGroupKey": "group" });
    service.reply(answer);
    let callbacks = Callbacks::new();
    pool.user("alice")
        .sign_in("USER_PASSWORD_AUTH", &callbacks)
        .unwrap();
    assert_eq!(
        callbacks.next().await,
        json!(["onFailure", { "message": NO_RANDOMNESS }])
    );
    assert_eq!(service.requests().len(), 1);
    assert!(!store.names().iter().any(|name| name.contains("device")));
}
