//! Callbacks, storage and request functions of an application may use the same objects while they are called.

use std::rc::Rc;

use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::application::{Pool, alice};
use crate::stage::{self, Callbacks, Store, tokens, uncaught};
use crate::vectors::SignIn;

#[test]
async fn on_success_uses_the_same_user() {
    let service = stage::open();
    let user = alice(&Store::new());
    let (callbacks, inner) = (Callbacks::new(), Rc::new(Callbacks::new()));
    service
        .reply(SignIn::one().challenge())
        .reply(tokens())
        .reply(json!({ "UserAttributes": [{ "Name": "email", "Value": "a@b" }] }));
    callbacks.on("onSuccess", {
        let (user, inner) = (user.clone(), inner.clone());
        move || {
            user.get_attributes(&inner.callback())?;
            user.get_session(&inner.callback())?;
            user.sign_out(&JsValue::UNDEFINED)
        }
    });
    user.sign_in("USER_SRP_AUTH", &callbacks).unwrap();
    assert_eq!(callbacks.next().await[0], "onSuccess");
    let session = inner.next().await;
    assert_eq!(session[2]["refreshToken"]["token"], "refresh");
    let attributes = inner.next().await;
    assert_eq!(attributes[2], json!([{ "Name": "email", "Value": "a@b" }]));
    assert!(user.session().is_null());
}

#[test]
async fn on_failure_chooses_another_flow_and_tries_again() {
    let service = stage::open();
    let user = alice(&Store::new());
    let (callbacks, inner) = (Callbacks::new(), Rc::new(Callbacks::new()));
    service
        .refuse(
            "InvalidParameterException",
            "USER_SRP_AUTH is not enabled for the client.",
        )
        .reply(tokens());
    callbacks.on("onFailure", {
        let (user, inner) = (user.clone(), inner.clone());
        move || user.sign_in("USER_PASSWORD_AUTH", &inner).map(drop)
    });
    user.sign_in("USER_SRP_AUTH", &callbacks).unwrap();
    assert_eq!(callbacks.next().await[0], "onFailure");
    assert_eq!(inner.next().await[0], "onSuccess");
    let flows: Vec<Value> = service
        .requests()
        .iter()
        .map(|request| request.body["AuthFlow"].clone())
        .collect();
    assert_eq!(flows, ["USER_SRP_AUTH", "USER_PASSWORD_AUTH"]);
    assert!(callbacks.is_silent());
}

#[test]
async fn a_challenge_is_answered_within_its_callback() {
    let service = stage::open();
    let pool = Pool::new("pool", &Store::new());
    // Everything below happens before `authenticateUser` returns.
    pool.answered_by(&service);
    let user = pool.user("alice");
    let callbacks = Rc::new(Callbacks::new());
    service
        .reply(json!({ "ChallengeName": "SMS_MFA", "Session": "session 1" }))
        .reply(json!({ "ChallengeName": "CUSTOM_CHALLENGE", "Session": "session 2" }))
        .reply(tokens());
    callbacks.on("mfaRequired", {
        let (user, callbacks) = (user.clone(), callbacks.clone());
        move || user.send_mfa_code("123456", &callbacks, None)
    });
    callbacks.on("customChallenge", {
        let (user, callbacks) = (user.clone(), callbacks.clone());
        move || user.send_custom_answer("4", &callbacks)
    });
    user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
    assert!(!user.session().is_null());
    for name in ["mfaRequired", "customChallenge", "onSuccess"] {
        assert_eq!(callbacks.next().await[0], name);
    }
    assert!(callbacks.is_silent());
}

#[test]
async fn on_success_makes_another_user() {
    let service = stage::open();
    let pool = Pool::new("pool", &Store::new());
    let (callbacks, inner) = (Callbacks::new(), Rc::new(Callbacks::new()));
    service.reply(tokens()).reply(tokens());
    callbacks.on("onSuccess", {
        let (pool, inner) = (pool.clone(), inner.clone());
        move || {
            pool.current_user()?
                .unwrap()
                .get_session(&inner.callback())?;
            pool.user("bob")
                .sign_in("USER_PASSWORD_AUTH", &inner)
                .map(drop)
        }
    });
    let alice = pool.user("alice");
    alice.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
    assert_eq!(callbacks.next().await[0], "onSuccess");
    assert_eq!(inner.next().await[1], Value::Null);
    assert_eq!(inner.next().await[0], "onSuccess");
    assert_eq!(alice.username(), "alice");
    let current = pool.current_user().unwrap().unwrap();
    assert_eq!(current.username(), "bob");
}

#[test]
async fn a_callback_that_throws_is_called_once() {
    for (reply, name) in [
        (tokens(), "onSuccess"),
        (json!({}), "onFailure"),
        (json!({ "ChallengeName": "SMS_MFA" }), "mfaRequired"),
    ] {
        let service = stage::open();
        let (user, callbacks) = (alice(&Store::new()), Callbacks::new());
        callbacks.on(name, || {
            Err(js_sys::Error::new("the application's own").into())
        });
        service.reply(reply);
        user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
        assert_eq!(uncaught().await, "the application's own");
        assert_eq!(callbacks.next().await[0], name);
        assert!(callbacks.is_silent());

        // The user is as usable as before.
        let again = Callbacks::new();
        service.reply(tokens());
        user.sign_in("USER_PASSWORD_AUTH", &again).unwrap();
        assert_eq!(again.next().await[0], "onSuccess");
    }
}

#[test]
async fn storage_uses_the_user_whom_it_is_read_and_written_for() {
    let service = stage::open();
    let store = Store::new();
    let user = alice(&store);
    let (callbacks, inner) = (Callbacks::new(), Rc::new(Callbacks::new()));
    store.before({
        let (user, inner) = (user.clone(), inner.clone());
        move |method, key| {
            match (method.as_str(), key.ends_with("deviceKey")) {
                // In the middle of the SRP flow: the device is looked up, the tokens are written.
                ("getItem", true) => user.sign_in("USER_SRP_AUTH", &inner).map(drop),
                ("setItem", _) => user.get_session(&inner.callback()),
                _ => Ok(()),
            }
        }
    });
    let vector = SignIn::one();
    service
        .reply(vector.challenge())
        .refuse("NotAuthorizedException", "Not this one.")
        .reply(tokens());
    user.sign_in("USER_SRP_AUTH", &callbacks).unwrap();
    let told = callbacks.next().await;
    assert_eq!(told[0], "onSuccess", "{told}");
    // The one that storage began, and then the session for each of the five writes.
    assert_eq!(inner.next().await[1]["message"], "Not this one.");
    for _ in 0..5 {
        let told = inner.next().await;
        assert_eq!(told[2]["refreshToken"]["token"], "refresh");
    }
    assert!(inner.is_silent());
}
