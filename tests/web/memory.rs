//! What the module has of a flow it gives back when the flow ends, not when the engine collects garbage.

use js_sys::{ArrayBuffer, WebAssembly::Memory};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::application::{Pool, User};
use crate::stage::{self, Callbacks, Service, Store, tokens, watch_flows};
use crate::vectors::SignIn;

/// A pool whose requests are answered before they return, so that flows end before the calls do.
fn synchronous() -> (Service, Pool) {
    let service = stage::open();
    let pool = Pool::new("pool", &Store::new());
    pool.answered_by(&service);
    (service, pool)
}

#[test]
async fn a_flow_is_freed_however_it_ends() {
    let device = || {
        let mut answer = tokens();
        answer["AuthenticationResult"]["NewDeviceMetadata"] =
            json!({ "DeviceKey": "device", "DeviceGroupKey": "group" });
        answer
    };
    let verifier = || SignIn::one().challenge();
    let refused = || json!({ "__type": "NotAuthorizedException", "message": "No." });
    let ends: [(&str, Vec<(u16, Value)>); 10] = [
        ("USER_PASSWORD_AUTH", vec![(200, tokens())]),
        ("USER_PASSWORD_AUTH", vec![(400, refused())]),
        (
            "USER_PASSWORD_AUTH",
            vec![(200, json!({ "ChallengeName": "SMS_MFA" }))],
        ),
        (
            "USER_PASSWORD_AUTH",
            vec![(200, json!({ "ChallengeName": "OTHER" }))],
        ),
        (
            "USER_PASSWORD_AUTH",
            vec![(200, device()), (200, json!({}))],
        ),
        (
            "USER_PASSWORD_AUTH",
            vec![(200, device()), (400, refused())],
        ),
        ("USER_SRP_AUTH", vec![(400, refused())]),
        ("USER_SRP_AUTH", vec![(200, verifier()), (200, tokens())]),
        ("USER_SRP_AUTH", vec![(200, verifier()), (400, refused())]),
        (
            "CUSTOM_AUTH",
            vec![
                (200, verifier()),
                (200, json!({ "ChallengeName": "CUSTOM_CHALLENGE" })),
            ],
        ),
    ];
    for (flow, replies) in ends {
        let (service, pool) = synchronous();
        let flows = watch_flows();
        for (status, body) in &replies {
            service.reply_text(*status, &body.to_string());
        }
        let callbacks = Callbacks::new();
        pool.user("alice").sign_in(flow, &callbacks).unwrap();
        assert!(!callbacks.is_silent());
        assert_eq!(service.requests().len(), replies.len());
        assert_eq!(
            (flows.all(), flows.freed()),
            (1, 1),
            "{flow} {}",
            callbacks.next().await
        );
    }
}

#[test]
fn a_flow_is_freed_when_a_callback_throws() {
    for (name, reply) in [("onSuccess", tokens()), ("onFailure", json!({}))] {
        let (service, pool) = synchronous();
        let flows = watch_flows();
        service.reply(reply);
        let callbacks = Callbacks::new();
        callbacks.on(name, || Err("mine".into()));
        let thrown = pool.user("alice").sign_in("USER_PASSWORD_AUTH", &callbacks);
        assert_eq!(thrown.unwrap_err(), "mine", "to whoever called back");
        assert_eq!((flows.all(), flows.freed()), (1, 1));
    }
}

#[test]
fn memory_does_not_grow_with_the_number_of_sign_ins() {
    let (service, pool) = synchronous();
    let user = pool.user("alice");
    repeat(20, &service, &user);
    let before = (pages(), wasm_bindgen::externref_heap_live_count());
    repeat(200, &service, &user);
    let after = (pages(), wasm_bindgen::externref_heap_live_count());
    assert_eq!(after, before);
}

/// Signs in so many times.
fn repeat(times: usize, service: &Service, user: &User) {
    let vector = SignIn::one();
    for _ in 0..times {
        service.reply(vector.challenge()).reply(tokens());
        let callbacks = Callbacks::new();
        user.sign_in("USER_SRP_AUTH", &callbacks).unwrap();
        assert!(!user.session().is_null());
        assert_eq!(service.requests().len(), 2);
        user.sign_out(&JsValue::UNDEFINED).unwrap();
    }
}

/// The size of the module's memory.
fn pages() -> u32 {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    memory
        .buffer()
        .unchecked_into::<ArrayBuffer>()
        .byte_length()
        / 65536
}
