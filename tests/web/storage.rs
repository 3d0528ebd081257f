//! Where sessions are kept: localStorage if it works, otherwise memory, or what the application gives.

use serde_json::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::application::{Pool, alice, details, signed_in};
use crate::stage::{self, Callbacks, PREFIX, Store, property, tokens, value};
use crate::vectors::SignIn;

fn local_storage() -> JsValue {
    property(&js_sys::global(), "localStorage")
}

/// Whether a pool that is made now, with no storage of its own, knows who has signed in.
fn is_remembered() -> bool {
    let pool = Pool::new("pool", &JsValue::UNDEFINED);
    pool.current_user().unwrap().is_some()
}

/// What a browser throws when there is no room left.
fn quota_exceeded() -> JsValue {
    js_sys::eval("new DOMException('The quota has been exceeded.', 'QuotaExceededError')").unwrap()
}

#[test]
async fn local_storage_is_the_default() {
    let service = stage::open();
    assert!(!is_remembered());
    let user = signed_in(&service, &JsValue::UNDEFINED).await;
    let stored = value(&local_storage());
    assert_eq!(stored.as_object().unwrap().len(), 5, "nothing of the probe");
    assert_eq!(stored[format!("{PREFIX}LastAuthUser")], "alice");
    assert!(is_remembered());

    user.sign_out(&JsValue::UNDEFINED).unwrap();
    assert_eq!(value(&local_storage()), json!({}));
    assert!(!is_remembered());
}

#[test]
async fn memory_takes_its_place_where_there_is_none() {
    let service = stage::open();
    stage::replace("localStorage", &JsValue::UNDEFINED);
    remembers_in_memory(&service).await;
}

#[test]
async fn memory_takes_its_place_where_it_is_forbidden() {
    let service = stage::open();
    stage::forbid("localStorage");
    remembers_in_memory(&service).await;
}

#[test]
async fn memory_takes_its_place_where_it_has_no_room() {
    let service = stage::open();
    let full = Store::new();
    full.before(|method, _| match method.as_str() {
        "setItem" => Err(quota_exceeded()),
        _ => Ok(()),
    });
    stage::replace("localStorage", &full);
    remembers_in_memory(&service).await;
    assert_eq!(full.entries(), json!({}));
}

async fn remembers_in_memory(service: &stage::Service) {
    assert!(!is_remembered());
    let user = signed_in(service, &JsValue::UNDEFINED).await;
    assert!(is_remembered());
    user.sign_out(&JsValue::UNDEFINED).unwrap();
    assert!(!is_remembered());
}

#[test]
async fn storage_without_room_fails_the_sign_in() {
    for flow in ["USER_PASSWORD_AUTH", "USER_SRP_AUTH"] {
        let service = stage::open();
        let store = Store::new();
        store.before(|method, key| {
            // The second write.
            match method == "setItem" && key.ends_with("accessToken") {
                true => Err(js_sys::Error::new("full").into()),
                false => Ok(()),
            }
        });
        if flow == "USER_SRP_AUTH" {
            service.reply(SignIn::one().challenge());
        }
        service.reply(tokens());
        let (user, callbacks) = (alice(&store), Callbacks::new());
        user.sign_in(flow, &callbacks).unwrap();
        assert_eq!(
            callbacks.next().await,
            json!(["onFailure", { "message": "full" }])
        );
        assert!(callbacks.is_silent());

        // Once there is room, the same user signs in.
        store.before(|_, _| Ok(()));
        service.reply(tokens());
        user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
        assert_eq!(callbacks.next().await[0], "onSuccess");
    }
}

#[test]
async fn storage_that_cannot_be_read_fails_the_sign_in() {
    let service = stage::open();
    let store = Store::new();
    store.before(|_, _| Err(js_sys::Error::new("broken").into()));
    service.reply(SignIn::one().challenge());
    let (user, callbacks) = (alice(&store), Callbacks::new());
    user.sign_in("USER_SRP_AUTH", &callbacks).unwrap();
    assert_eq!(
        callbacks.next().await,
        json!(["onFailure", { "message": "broken" }])
    );

    // What reads before its first request throws, as upstream's does.
    user.set_flow("USER_PASSWORD_AUTH");
    let thrown = user.authenticate(&details("pw"), &callbacks).unwrap_err();
    assert_eq!(value(&thrown)["message"], "broken");
    assert!(callbacks.is_silent());
}

#[test]
async fn storage_that_cannot_be_cleared_does_not_keep_a_user_signed_in() {
    let service = stage::open();
    let store = Store::new();
    let break_it = |store: &Store| {
        store.before(|method, _| match method.as_str() {
            "removeItem" => Err(js_sys::Error::new("broken").into()),
            _ => Ok(()),
        });
    };
    let user = signed_in(&service, &store).await;
    break_it(&store);
    let thrown = user.sign_out(&JsValue::UNDEFINED).unwrap_err();
    assert_eq!(value(&thrown)["message"], "broken");
    assert!(user.session().is_null());

    // What the storage does let go is gone.
    let user = signed_in(&service, &store).await;
    store.before(|method, key| match method.as_str() {
        "removeItem" if key.ends_with(".idToken") => Err(js_sys::Error::new("broken").into()),
        _ => Ok(()),
    });
    let thrown = user.sign_out(&JsValue::UNDEFINED).unwrap_err();
    assert_eq!(value(&thrown)["message"], "broken");
    assert_eq!(store.names(), ["alice.idToken"]);
    break_it(&store);

    // With a callback the token is revoked all the same, and the callback hears of the trouble.
    let user = signed_in(&service, &store).await;
    let callbacks = Callbacks::new();
    service.reply(json!({}));
    user.sign_out(&callbacks.callback()).unwrap();
    assert_eq!(
        callbacks.next().await,
        json!(["callback", { "message": "broken" }])
    );
    assert_eq!(service.requests()[0].operation, "RevokeToken");
    assert!(user.session().is_null());
}
