//! Objects that several users share, and requests that end otherwise than one would think.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use serde_json::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::application::{Pool, alice, details};
use crate::stage::{self, Callbacks, Store, js, tokens};
use crate::vectors::SignIn;

#[test]
async fn users_share_pool_storage_details_and_callbacks() {
    let service = stage::open();
    let store = Store::new();
    let pool = Pool::new("pool", &store);
    let (details, callbacks) = (details("pw"), Callbacks::new());
    let users = [pool.user("alice"), pool.user("bob")];
    for user in &users {
        user.set_flow("USER_PASSWORD_AUTH");
        service.reply(tokens());
        user.authenticate(&details, &callbacks).unwrap();
    }
    for _ in &users {
        assert_eq!(callbacks.next().await[0], "onSuccess");
    }
    for (request, name) in service.requests().iter().zip(["alice", "bob"]) {
        assert_eq!(request.body["AuthParameters"]["USERNAME"], name);
    }

    let [alice, bob] = users;
    alice.sign_out(&JsValue::UNDEFINED).unwrap();
    assert!(alice.session().is_null());
    assert!(!bob.session().is_null());
    assert!(store.names().iter().all(|name| name.starts_with("bob.")));
    bob.get_session(&callbacks.callback()).unwrap();
    let told = callbacks.next().await;
    assert_eq!(told[2]["refreshToken"]["token"], "refresh");
}

#[test]
async fn one_user_signs_in_twice_at_the_same_time() {
    let service = stage::open();
    let vector = SignIn::one();
    let user = alice(&Store::new());
    let (first, second) = (Callbacks::new(), Callbacks::new());
    // The first requests of both, then what follows each.
    service
        .reply(vector.challenge())
        .reply(vector.challenge())
        .refuse("NotAuthorizedException", "Incorrect username or password.")
        .reply(tokens());
    user.sign_in("USER_SRP_AUTH", &first).unwrap();
    user.sign_in("USER_SRP_AUTH", &second).unwrap();
    assert_eq!(first.next().await[0], "onFailure");
    assert_eq!(second.next().await[0], "onSuccess");
    assert!(!user.session().is_null());
    assert!(first.is_silent() && second.is_silent());
}

#[test]
async fn a_user_may_be_dropped_while_a_request_is_under_way() {
    let service = stage::open();
    let pool = Pool::new("pool", &Store::new());
    let callbacks = Callbacks::new();
    service.reply(SignIn::one().challenge()).reply(tokens());
    drop({
        let user = pool.user("alice");
        user.sign_in("USER_SRP_AUTH", &callbacks).unwrap();
        user
    });
    assert_eq!(callbacks.next().await[0], "onSuccess");
    assert!(pool.current_user().unwrap().is_some());
}

/// Has requests answered by a function of the test.
fn answer(pool: &Pool, request: impl Fn(Function) + 'static) {
    let request = move |_operation: String, _params: JsValue, callback: Function| request(callback);
    pool.client()
        .set_request(Closure::<dyn Fn(_, _, _)>::new(request).into_js_value());
}

#[test]
async fn the_first_of_several_answers_counts() {
    let error = json!({ "code": "Late", "message": "late" });
    let (error, null) = (js(&error), JsValue::NULL);
    for (first, then, name) in [
        ((&null, &js(&tokens())), (&error, &null), "onSuccess"),
        (
            (&null, &js(&tokens())),
            (&null, &js(&tokens())),
            "onSuccess",
        ),
        ((&error, &null), (&null, &js(&tokens())), "onFailure"),
        ((&error, &null), (&error, &null), "onFailure"),
    ] {
        stage::open();
        let pool = Pool::new("pool", &Store::new());
        let answers = [first, then].map(|(error, data)| (error.clone(), data.clone()));
        answer(&pool, move |callback| {
            for (error, data) in &answers {
                callback.call2(&JsValue::NULL, error, data).unwrap();
            }
        });
        let (user, callbacks) = (pool.user("alice"), Callbacks::new());
        user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
        assert_eq!(callbacks.next().await[0], name);
        assert!(callbacks.is_silent());
        assert_eq!(user.session().is_null(), name == "onFailure");
    }
}

#[test]
async fn each_step_of_srp_hears_its_first_answer_only() {
    stage::open();
    let pool = Pool::new("pool", &Store::new());
    let replies = RefCell::new(vec![tokens(), SignIn::one().challenge()]);
    answer(&pool, move |callback| {
        let reply = js(&replies.borrow_mut().pop().unwrap());
        for _ in 0..2 {
            callback
                .call2(&JsValue::NULL, &JsValue::NULL, &reply)
                .unwrap();
        }
    });
    let (user, callbacks) = (pool.user("alice"), Callbacks::new());
    user.sign_in("USER_SRP_AUTH", &callbacks).unwrap();
    assert_eq!(callbacks.next().await[0], "onSuccess");
    assert!(callbacks.is_silent());
}

#[test]
async fn an_answer_may_come_when_nobody_expects_it_any_more() {
    let service = stage::open();
    let pool = Pool::new("pool", &Store::new());
    let held = Rc::new(RefCell::new(Vec::new()));
    let keep = held.clone();
    answer(&pool, move |callback| keep.borrow_mut().push(callback));
    let (user, given_up) = (pool.user("alice"), Callbacks::new());
    user.sign_in("USER_SRP_AUTH", &given_up).unwrap();

    // Meanwhile the user has signed in another way, and out again.
    pool.answered_by(&service);
    service.reply(tokens());
    let callbacks = Callbacks::new();
    user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
    assert_eq!(callbacks.next().await[0], "onSuccess");
    user.sign_out(&JsValue::UNDEFINED).unwrap();

    let held = held.take().remove(0);
    service.reply(tokens());
    let challenge = js(&SignIn::one().challenge());
    held.call2(&JsValue::NULL, &JsValue::NULL, &challenge)
        .unwrap();
    assert_eq!(given_up.next().await[0], "onSuccess");
    assert!(callbacks.is_silent());
}
