//! Answers that no honest service gives: an error that says so, no session, no further request.

use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::application::{Pool, alice};
use crate::stage::{self, Callbacks, Store, js, tokens};
use crate::vectors::{SignIn, modulus};

/// What becomes of a sign-in whose first answer is this.
async fn answered(flow: &str, status: u16, text: &str) -> Value {
    let service = stage::open();
    let store = Store::new();
    let (user, callbacks) = (alice(&store), Callbacks::new());
    service.reply_text(status, text);
    user.sign_in(flow, &callbacks).unwrap();
    let told = callbacks.next().await;
    assert_eq!(told[0], "onFailure", "{text}");
    assert!(user.session().is_null());
    assert_eq!(store.entries(), json!({}));
    assert_eq!(service.requests().len(), 1);
    assert!(callbacks.is_silent());

    // It does the user no lasting harm.
    service.reply(tokens());
    user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
    assert_eq!(callbacks.next().await[0], "onSuccess");
    told[1].clone()
}

/// The recorded challenge with another value for a parameter; null leaves it out.
fn altered(name: &str, value: Value) -> String {
    let mut challenge = SignIn::one().challenge();
    let parameters = challenge["ChallengeParameters"].as_object_mut().unwrap();
    parameters.remove(name);
    if !value.is_null() {
        parameters.insert(name.to_owned(), value);
    }
    challenge.to_string()
}

#[test]
async fn values_outside_the_protocol_get_no_proof() {
    let n = modulus();
    let twice = format!("1{}", "f".repeat(n.len() - 1)) + "e";
    for (name, value) in [
        ("SRP_B", "0"),
        ("SRP_B", &"0".repeat(768)),
        ("SRP_B", &n),
        ("SRP_B", &format!("00{n}")),
        ("SRP_B", &twice),
        ("SRP_B", &"f".repeat(100_000)),
        ("SRP_B", ""),
        ("SRP_B", "-1"),
        ("SRP_B", "0x2"),
        ("SRP_B", "no number"),
        ("SRP_B", "２"),
        ("SALT", ""),
        ("SALT", "no number"),
    ] {
        let error = answered("USER_SRP_AUTH", 200, &altered(name, value.into())).await;
        let start: String = value.chars().take(20).collect();
        assert_eq!(error["code"], "InvalidServerValue", "{name} = {start}");
    }
}

#[test]
async fn parameters_that_are_missing_get_no_proof() {
    for name in ["USER_ID_FOR_SRP", "SRP_B", "SALT", "SECRET_BLOCK"] {
        for value in [json!(null), json!(2), json!({}), json!(["aa"]), json!(true)] {
            let error = answered("USER_SRP_AUTH", 200, &altered(name, value)).await;
            assert_eq!(error["code"], "UnexpectedResponse", "{name}");
        }
    }
    for parameters in [json!(null), json!("text"), json!([]), json!({})] {
        let mut challenge = SignIn::one().challenge();
        challenge["ChallengeParameters"] = parameters;
        let error = answered("USER_SRP_AUTH", 200, &challenge.to_string()).await;
        assert_eq!(error["code"], "UnexpectedResponse");
    }
}

#[test]
async fn an_answer_that_is_none_is_no_session() {
    for flow in ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "CUSTOM_AUTH"] {
        for text in [
            "",
            "null",
            "[]",
            "5",
            r#""text""#,
            "{}",
            "<html></html>",
            r#"{"ChallengeName":5}"#,
            r#"{"ChallengeName":""}"#,
            r#"{"AuthenticationResult":null}"#,
            r#"{"AuthenticationResult":{}}"#,
            r#"{"AuthenticationResult":"tokens"}"#,
            r#"{"AuthenticationResult":{"IdToken":"i"}}"#,
            r#"{"ChallengeName":"NEW_PASSWORD_REQUIRED","ChallengeParameters":{"userAttributes":"{"}}"#,
        ] {
            let error = answered(flow, 200, text).await;
            assert_eq!(error["code"], "UnexpectedResponse", "{flow} {text}");
        }
    }
}

#[test]
async fn a_challenge_that_is_not_known_is_named() {
    for flow in ["USER_PASSWORD_AUTH", "USER_SRP_AUTH"] {
        for name in ["EMAIL_OTP", "__proto__", "DEVICE_PASSWORD_VERIFIER"] {
            let answer = json!({ "ChallengeName": name, "Session": "s" });
            let error = answered(flow, 200, &answer.to_string()).await;
            assert_eq!(error["code"], "UnsupportedChallenge");
            assert_eq!(error["message"], format!("Unsupported challenge: {name}"));
        }
    }
}

#[test]
async fn errors_say_what_happened() {
    for (status, text, expected) in [
        (
            0,
            "",
            json!({ "code": "NetworkError", "message": "Network error" }),
        ),
        (
            502,
            "<html></html>",
            json!({ "name": "UnknownError", "code": "UnknownError", "statusCode": 502, "message": "502" }),
        ),
        (
            400,
            r#"{"__type":"com.amazonaws#Oops","Message":"m"}"#,
            json!({ "name": "Oops", "code": "Oops", "statusCode": 400, "message": "m" }),
        ),
        (
            400,
            r#"{"__type":5,"message":{}}"#,
            json!({ "name": "UnknownError", "code": "UnknownError", "statusCode": 400, "message": "400" }),
        ),
    ] {
        for flow in ["USER_PASSWORD_AUTH", "USER_SRP_AUTH"] {
            assert_eq!(answered(flow, status, text).await, expected);
        }
    }
}

#[test]
async fn a_request_function_may_call_back_with_anything() {
    let null = JsValue::NULL;
    for (error, data, expected) in [
        (&null, &null, json!("UnexpectedResponse")),
        (
            &JsValue::UNDEFINED,
            &JsValue::UNDEFINED,
            json!("UnexpectedResponse"),
        ),
        (&null, &js(&json!(5)), json!("UnexpectedResponse")),
        (
            &null,
            &js_sys::Function::default(),
            json!("UnexpectedResponse"),
        ),
        (&"text".into(), &null, json!(null)),
        (&js(&json!({ "code": 5, "message": [] })), &null, json!(5)),
    ] {
        for flow in ["USER_PASSWORD_AUTH", "USER_SRP_AUTH"] {
            stage::open();
            let pool = Pool::new("pool", &Store::new());
            let answer = (error.clone(), data.clone());
            let request = move |_: String, _: JsValue, callback: js_sys::Function| {
                callback
                    .call2(&JsValue::NULL, &answer.0, &answer.1)
                    .unwrap();
            };
            pool.client()
                .set_request(Closure::<dyn Fn(_, _, _)>::new(request).into_js_value());
            let (user, callbacks) = (pool.user("alice"), Callbacks::new());
            user.sign_in(flow, &callbacks).unwrap();
            let told = callbacks.next().await;
            assert_eq!(told[0], "onFailure");
            assert_eq!(told[1]["code"], expected);
            assert!(user.session().is_null());
        }
    }
}
