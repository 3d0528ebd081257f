//! Sessions: kept, found again, renewed and ended.

use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::application::{Pool, User, signed_in};
use crate::stage::{self, Callbacks, PREFIX, Store, jwt, property, tokens, value};

/// A store with a session of this many seconds, as upstream's package leaves it.
fn left_by_upstream(name: &str, seconds: i32) -> Store {
    let store = Store::new();
    store.set_item(&format!("{PREFIX}LastAuthUser"), name);
    for (key, value) in [
        ("idToken", jwt(seconds)),
        ("accessToken", jwt(seconds)),
        ("refreshToken", "refresh".into()),
        ("clockDrift", "0".into()),
    ] {
        store.set_item(&format!("{PREFIX}{name}.{key}"), &value);
    }
    store
}

fn current(store: &Store) -> User {
    Pool::new("pool", store).current_user().unwrap().unwrap()
}

#[test]
async fn a_session_is_stored_in_upstreams_order() {
    let service = stage::open();
    let store = Store::new();
    let user = signed_in(&service, &store).await;
    assert_eq!(
        store.names(),
        [
            "alice.idToken",
            "alice.accessToken",
            "alice.refreshToken",
            "alice.clockDrift",
            "LastAuthUser",
        ],
    );
    user.sign_out(&JsValue::UNDEFINED).unwrap();
    assert_eq!(store.entries(), json!({}));
}

#[test]
async fn a_session_of_upstreams_is_taken_over_at_once() {
    let service = stage::open();
    let user = current(&left_by_upstream("bøb", 3600));
    assert_eq!(user.username(), "bøb");
    let callbacks = Callbacks::new();
    user.get_session(&callbacks.callback()).unwrap();
    assert!(!callbacks.is_silent());
    let told = callbacks.next().await;
    assert_eq!(told[1], Value::Null);
    assert_eq!(told[2]["refreshToken"]["token"], "refresh");
    assert!(service.requests().is_empty());
}

#[test]
async fn nobody_is_signed_in_in_an_empty_store() {
    stage::open();
    let store = Store::new();
    let pool = Pool::new("pool", &store);
    assert!(pool.current_user().unwrap().is_none());
    let callbacks = Callbacks::new();
    pool.user("alice")
        .get_session(&callbacks.callback())
        .unwrap();
    assert_eq!(
        callbacks.next().await[1]["message"],
        "Local storage is missing an ID Token, Please authenticate",
    );
}

#[test]
async fn an_expired_session_is_renewed() {
    let service = stage::open();
    let store = left_by_upstream("alice", -60);
    let callbacks = Callbacks::new();
    let mut renewed = tokens();
    let result = renewed["AuthenticationResult"].as_object_mut().unwrap();
    result.remove("RefreshToken");
    service.reply(renewed.clone());
    current(&store).get_session(&callbacks.callback()).unwrap();
    let told = callbacks.next().await;
    assert_eq!(told[1], Value::Null);
    assert_eq!(told[2]["refreshToken"]["token"], "refresh", "still the old");
    let [request] = &service.requests()[..] else {
        panic!("not one request");
    };
    assert_eq!(
        request.text,
        r#"{"ClientId":"client","AuthFlow":"REFRESH_TOKEN_AUTH","AuthParameters":{"REFRESH_TOKEN":"refresh","DEVICE_KEY":null}}"#,
    );
    let stored = &store.entries()[format!("{PREFIX}alice.accessToken")];
    assert_eq!(stored, &renewed["AuthenticationResult"]["AccessToken"]);
}

#[test]
async fn all_who_renew_a_session_at_once_share_one_request() {
    let service = stage::open();
    let store = left_by_upstream("alice", -60);
    let callbacks = Callbacks::new();
    service.reply(tokens());
    // The second is another object, as each call of `getCurrentUser` makes one.
    let users = [current(&store), current(&store)];
    for user in &users {
        user.get_session(&callbacks.callback()).unwrap();
    }
    for _ in &users {
        let told = callbacks.next().await;
        assert_eq!(told[1], Value::Null);
    }
    assert_eq!(service.requests().len(), 1);
    assert!(users.iter().all(|user| !user.session().is_null()));
}

#[test]
async fn a_session_that_cannot_be_renewed_is_over() {
    for (code, is_over) in [
        ("NotAuthorizedException", true),
        ("UserNotFoundException", false),
    ] {
        let service = stage::open();
        let store = Store::new();
        let user = signed_in(&service, &store).await;
        let callbacks = Callbacks::new();
        service.refuse(code, "No.");
        let token = property(&user.session(), "refreshToken");
        user.refresh_session(&token, &callbacks.callback()).unwrap();
        let error = json!({ "name": code, "code": code, "statusCode": 400, "message": "No." });
        assert_eq!(callbacks.next().await, json!(["callback", error, null]));
        assert_eq!(
            service.requests().len(),
            1,
            "what is refused is not repeated"
        );
        assert_eq!(store.entries() == json!({}), is_over, "{code}");
    }
}

#[test]
async fn signing_out_forgets_at_once_and_then_revokes() {
    let service = stage::open();
    let store = Store::new();
    let user = signed_in(&service, &store).await;
    let callbacks = Callbacks::new();
    service.reply(json!({}));
    user.sign_out(&callbacks.callback()).unwrap();
    assert_eq!(store.entries(), json!({}));
    assert!(user.session().is_null());
    assert_eq!(callbacks.next().await, json!(["callback", null]));
    let [request] = &service.requests()[..] else {
        panic!("not one request");
    };
    assert_eq!(request.operation, "RevokeToken");
    assert_eq!(request.text, r#"{"Token":"refresh","ClientId":"client"}"#);

    // There is nothing left to sign out of.
    user.sign_out(&callbacks.callback()).unwrap();
    assert_eq!(
        callbacks.next().await[1]["message"],
        "Local storage is missing an ID Token, Please authenticate",
    );
}

#[test]
async fn what_needs_a_session_says_so() {
    let service = stage::open();
    let callbacks = Callbacks::new();
    let user = Pool::new("pool", &Store::new()).user("alice");
    user.get_attributes(&callbacks.callback()).unwrap();
    assert_eq!(
        callbacks.next().await,
        json!(["callback", { "message": "User is not authenticated" }, null])
    );
    assert!(service.requests().is_empty());

    let user = signed_in(&service, &Store::new()).await;
    service.reply(json!({ "UserAttributes": [{ "Name": "email", "Value": "a@b" }] }));
    user.get_attributes(&callbacks.callback()).unwrap();
    assert_eq!(
        callbacks.next().await,
        json!(["callback", null, [{ "Name": "email", "Value": "a@b" }]])
    );
    let token = value(&property(
        &property(&user.session(), "accessToken"),
        "jwtToken",
    ));
    assert_eq!(service.requests()[0].body, json!({ "AccessToken": token }));
}
