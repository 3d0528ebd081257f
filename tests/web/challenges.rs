//! Challenges between the password and the session.

use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::application::{User, alice};
use crate::stage::{self, Callbacks, Service, Store, js, tokens};
use crate::vectors::SignIn;

/// A sign-in that has come to a challenge, and what the application was told of it.
async fn challenged(name: &str, parameters: Value) -> (Service, User, Callbacks, Value) {
    let service = stage::open();
    let (user, callbacks) = (alice(&Store::new()), Callbacks::new());
    service.reply(challenge(name, parameters, "session 1"));
    user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
    let told = callbacks.next().await;
    service.requests();
    (service, user, callbacks, told)
}

fn challenge(name: &str, parameters: Value, session: &str) -> Value {
    json!({ "ChallengeName": name, "ChallengeParameters": parameters, "Session": session })
}

/// The only request since the last time, which answers this challenge.
fn answer(service: &Service, challenge: &str) -> Value {
    let [request] = &service.requests()[..] else {
        panic!("not one request");
    };
    assert_eq!(request.operation, "RespondToAuthChallenge");
    assert_eq!(request.body["ChallengeName"], challenge);
    assert_eq!(request.body["ClientId"], "client");
    request.body.clone()
}

async fn succeeds(callbacks: &Callbacks, user: &User) {
    let told = callbacks.next().await;
    assert_eq!(told[0], "onSuccess", "{told}");
    assert_eq!(told[1]["refreshToken"]["token"], "refresh");
    assert!(!user.session().is_null());
    assert!(callbacks.is_silent());
}

#[test]
async fn a_temporary_password_is_replaced() {
    let parameters = json!({
        "userAttributes": r#"{"email":"a@b"}"#,
        "requiredAttributes": r#"["userAttributes.name"]"#,
    });
    let (service, user, callbacks, told) = challenged("NEW_PASSWORD_REQUIRED", parameters).await;
    assert_eq!(
        told,
        json!(["newPasswordRequired", { "email": "a@b" }, ["name"]])
    );

    let attributes = js(&json!({ "name": "Alice" }));
    service.refuse("InvalidPasswordException", "Too short.");
    user.complete_new_password("short", &attributes, &callbacks)
        .unwrap();
    let told = callbacks.next().await;
    assert_eq!(
        (&told[0], &told[1]["code"]),
        (&json!("onFailure"), &json!("InvalidPasswordException"))
    );
    service.requests();

    service.reply(tokens());
    user.complete_new_password("long enough", &attributes, &callbacks)
        .unwrap();
    succeeds(&callbacks, &user).await;
    let body = answer(&service, "NEW_PASSWORD_REQUIRED");
    assert_eq!(
        body["ChallengeResponses"],
        json!({ "userAttributes.name": "Alice", "NEW_PASSWORD": "long enough", "USERNAME": "alice" }),
    );
    assert_eq!(
        body["Session"], "session 1",
        "a refused answer leaves the session to be answered again"
    );
}

#[test]
async fn a_code_by_text_message() {
    let parameters = json!({ "CODE_DELIVERY_DESTINATION": "+*******01" });
    let (service, user, callbacks, told) = challenged("SMS_MFA", parameters.clone()).await;
    assert_eq!(told, json!(["mfaRequired", "SMS_MFA", parameters]));

    service.refuse("CodeMismatchException", "Invalid code.");
    user.send_mfa_code("000000", &callbacks, None).unwrap();
    assert_eq!(callbacks.next().await[1]["code"], "CodeMismatchException");
    assert!(user.session().is_null());
    service.requests();

    service.reply(tokens());
    user.send_mfa_code("123456", &callbacks, None).unwrap();
    succeeds(&callbacks, &user).await;
    let body = answer(&service, "SMS_MFA");
    assert_eq!(
        body["ChallengeResponses"],
        json!({ "USERNAME": "alice", "SMS_MFA_CODE": "123456" })
    );
    assert_eq!(body["Session"], "session 1");
}

#[test]
async fn the_choice_of_a_factor_and_its_code() {
    let parameters = json!({ "MFAS_CAN_CHOOSE": r#"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"# });
    let (service, user, callbacks, told) = challenged("SELECT_MFA_TYPE", parameters.clone()).await;
    assert_eq!(
        told,
        json!(["selectMFAType", "SELECT_MFA_TYPE", parameters])
    );

    service.reply(challenge("SOFTWARE_TOKEN_MFA", json!({}), "session 2"));
    user.send_mfa_selection("SOFTWARE_TOKEN_MFA", &callbacks)
        .unwrap();
    assert_eq!(
        callbacks.next().await,
        json!(["totpRequired", "SOFTWARE_TOKEN_MFA", {}])
    );
    let body = answer(&service, "SELECT_MFA_TYPE");
    assert_eq!(
        body["ChallengeResponses"],
        json!({ "USERNAME": "alice", "ANSWER": "SOFTWARE_TOKEN_MFA" })
    );
    assert_eq!(body["Session"], "session 1");

    service.reply(tokens());
    user.send_mfa_code("123456", &callbacks, Some("SOFTWARE_TOKEN_MFA"))
        .unwrap();
    succeeds(&callbacks, &user).await;
    let body = answer(&service, "SOFTWARE_TOKEN_MFA");
    assert_eq!(
        body["ChallengeResponses"]["SOFTWARE_TOKEN_MFA_CODE"],
        "123456"
    );
    assert_eq!(body["Session"], "session 2");
}

#[test]
async fn an_authenticator_application_is_set_up() {
    let parameters = json!({ "MFAS_CAN_SETUP": r#"["SOFTWARE_TOKEN_MFA"]"# });
    let (service, user, callbacks, told) = challenged("MFA_SETUP", parameters.clone()).await;
    assert_eq!(told, json!(["mfaSetup", "MFA_SETUP", parameters]));

    service.reply(json!({ "SecretCode": "SECRET", "Session": "session 2" }));
    user.associate_software_token(&callbacks).unwrap();
    assert_eq!(
        callbacks.next().await,
        json!(["associateSecretCode", "SECRET"])
    );
    let [request] = &service.requests()[..] else {
        panic!("not one request");
    };
    assert_eq!(request.operation, "AssociateSoftwareToken");
    assert_eq!(request.body, json!({ "Session": "session 1" }));

    service.reply(json!({ "Status": "SUCCESS", "Session": "session 3" }));
    service.reply(tokens());
    user.verify_software_token("123456", "my phone", &callbacks)
        .unwrap();
    succeeds(&callbacks, &user).await;
    let [verify, respond] = &service.requests()[..] else {
        panic!("not two requests");
    };
    assert_eq!(verify.operation, "VerifySoftwareToken");
    assert_eq!(
        verify.body,
        json!({ "Session": "session 2", "UserCode": "123456", "FriendlyDeviceName": "my phone" }),
    );
    assert_eq!(
        respond.body,
        json!({
            "ChallengeName": "MFA_SETUP", "ClientId": "client", "Session": "session 3",
            "ChallengeResponses": { "USERNAME": "alice" },
        }),
    );
}

#[test]
async fn a_pool_asks_question_after_question() {
    let parameters = json!({ "question": "1" });
    let (service, user, callbacks, told) = challenged("CUSTOM_CHALLENGE", parameters).await;
    assert_eq!(told, json!(["customChallenge", { "question": "1" }]));

    let next = json!({ "question": "2" });
    service.reply(challenge("CUSTOM_CHALLENGE", next, "session 2"));
    user.send_custom_answer("one", &callbacks).unwrap();
    assert_eq!(
        callbacks.next().await,
        json!(["customChallenge", { "question": "2" }])
    );
    service.requests();

    service.reply(tokens());
    user.send_custom_answer("two", &callbacks).unwrap();
    succeeds(&callbacks, &user).await;
    let body = answer(&service, "CUSTOM_CHALLENGE");
    assert_eq!(
        body["ChallengeResponses"],
        json!({ "USERNAME": "alice", "ANSWER": "two" })
    );
    assert_eq!(body["Session"], "session 2");
}

#[test]
async fn a_challenge_may_follow_the_proof_of_the_password() {
    let service = stage::open();
    let (user, callbacks) = (alice(&Store::new()), Callbacks::new());
    let vector = SignIn::one();
    service.reply(vector.challenge());
    service.reply(challenge("SMS_MFA", json!({}), "session 2"));
    user.sign_in("USER_SRP_AUTH", &callbacks).unwrap();
    assert_eq!(
        callbacks.next().await,
        json!(["mfaRequired", "SMS_MFA", {}])
    );
    service.requests();

    service.reply(tokens());
    user.send_mfa_code("123456", &callbacks, None).unwrap();
    succeeds(&callbacks, &user).await;
    let body = answer(&service, "SMS_MFA");
    assert_eq!(body["ChallengeResponses"]["USERNAME"], vector.text("user"));
    assert_eq!(body["Session"], "session 2");
}

#[test]
async fn a_challenge_without_its_callback_is_told_to_on_failure() {
    let service = stage::open();
    let (user, callbacks) = (alice(&Store::new()), Callbacks::new());
    js_sys::Reflect::set(&callbacks, &"mfaRequired".into(), &JsValue::UNDEFINED).unwrap();
    service.reply(challenge("SMS_MFA", json!({}), "session 1"));
    user.sign_in("USER_PASSWORD_AUTH", &callbacks).unwrap();
    assert_eq!(
        callbacks.next().await,
        json!(["onFailure", { "message": "callback.mfaRequired is not a function" }])
    );
    assert_eq!(user.challenge_session(), "session 1");
}
