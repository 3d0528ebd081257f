//! How sign-ins begin, up to the session or the refusal.

use amazon_cognito_identity::js::{AuthenticationDetails, CognitoUser, CognitoUserPool};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::application::{Pool, alice, details};
use crate::stage::{self, Callbacks, Request, Service, Store, js, tokens, value};
use crate::vectors::SignIn;

#[test]
async fn srp_sends_the_recorded_proof() {
    for vector in SignIn::all() {
        let service = stage::open();
        let pool = Pool::new(vector.text("pool"), &Store::new());
        prove(&vector, &service, &pool).await;
    }
}

#[test]
async fn srp_sends_the_same_through_a_request_function_of_the_application() {
    for vector in SignIn::all() {
        let service = stage::open();
        stage::forbid("fetch");
        let pool = Pool::new(vector.text("pool"), &Store::new());
        pool.answered_by(&service);
        prove(&vector, &service, &pool).await;
    }
}

/// A whole sign-in; the bodies are upstream's, to the byte.
async fn prove(vector: &SignIn, service: &Service, pool: &Pool) {
    vector.set_world();
    service.reply(vector.challenge()).reply(tokens());
    let (user, callbacks) = (pool.user("typed"), Callbacks::new());
    user.authenticate(&details(vector.text("password")), &callbacks)
        .unwrap();

    let told = callbacks.next().await;
    assert_eq!(told[0], "onSuccess", "{told}");
    assert_eq!(told[1]["refreshToken"]["token"], "refresh");
    assert_eq!(user.username(), vector.text("user"), "the service's name");
    let text = |key| Value::from(vector.text(key));
    let [first, proof] = &service.requests()[..] else {
        panic!("not two requests");
    };
    assert_eq!(first.operation, "InitiateAuth");
    assert_eq!(
        first.text,
        format!(
            r#"{{"AuthFlow":"USER_SRP_AUTH","ClientId":"client","AuthParameters":{{"USERNAME":"typed","SRP_A":{}}},"ClientMetadata":{{}}}}"#,
            text("A"),
        ),
    );
    assert_eq!(proof.operation, "RespondToAuthChallenge");
    assert_eq!(
        proof.text,
        format!(
            concat!(
                r#"{{"ChallengeName":"PASSWORD_VERIFIER","ClientId":"client","ChallengeResponses":{{"#,
                r#""USERNAME":{},"PASSWORD_CLAIM_SECRET_BLOCK":{},"TIMESTAMP":{},"#,
                r#""PASSWORD_CLAIM_SIGNATURE":{}}},"Session":"session","ClientMetadata":{{}}}}"#,
            ),
            text("user"),
            text("secretBlockB64"),
            text("timestamp"),
            text("signature"),
        ),
    );
}

#[test]
async fn a_password_is_sent_as_it_is() {
    let service = stage::open();
    let (user, callbacks) = (alice(&Store::new()), Callbacks::new());
    service.reply(tokens());
    user.authenticate(&details("pässwörd ✓"), &callbacks)
        .unwrap();
    assert_eq!(callbacks.next().await[0], "onSuccess");
    let [request] = &service.requests()[..] else {
        panic!("not one request");
    };
    assert_eq!(request.operation, "InitiateAuth");
    assert_eq!(
        request.text,
        r#"{"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"client","AuthParameters":{"USERNAME":"alice","PASSWORD":"pässwörd ✓"},"ClientMetadata":{}}"#,
    );
    assert_eq!(request.url, "https://cognito-idp.eu-west-1.amazonaws.com/");
}

#[test]
async fn a_wrong_password_is_refused_by_the_service() {
    for flow in ["USER_PASSWORD_AUTH", "USER_SRP_AUTH"] {
        let service = stage::open();
        let store = Store::new();
        let (user, callbacks) = (alice(&store), Callbacks::new());
        if flow == "USER_SRP_AUTH" {
            service.reply(SignIn::one().challenge());
        }
        service.refuse("NotAuthorizedException", "Incorrect username or password.");
        user.sign_in(flow, &callbacks).unwrap();
        let error = json!({
            "name": "NotAuthorizedException", "code": "NotAuthorizedException", "statusCode": 400,
            "message": "Incorrect username or password.",
        });
        assert_eq!(callbacks.next().await, json!(["onFailure", error]));
        assert!(user.session().is_null());
        assert_eq!(store.entries(), json!({}));
    }
}

#[test]
async fn a_custom_flow_begins_with_srp_or_without_a_password() {
    let begin = async |with_password: bool| -> Request {
        let service = stage::open();
        let vector = SignIn::one();
        vector.set_world();
        let (user, callbacks) = (alice(&Store::new()), Callbacks::new());
        service.reply(
            json!({ "ChallengeName": "CUSTOM_CHALLENGE", "ChallengeParameters": { "q": "1" } }),
        );
        if with_password {
            user.sign_in("CUSTOM_AUTH", &callbacks).unwrap();
        } else {
            let details = AuthenticationDetails::new(&js(&json!({}))).unwrap();
            user.initiate_auth(&details, &callbacks).unwrap();
        }
        assert_eq!(
            callbacks.next().await,
            json!(["customChallenge", { "q": "1" }])
        );
        service.requests().remove(0)
    };
    let parameters = |request: Request| {
        assert_eq!(request.body["AuthFlow"], "CUSTOM_AUTH");
        request.body["AuthParameters"].clone()
    };
    let vector = SignIn::one();
    assert_eq!(
        parameters(begin(true).await),
        json!({ "USERNAME": "alice", "SRP_A": vector.text("A"), "CHALLENGE_NAME": "SRP_A" }),
    );
    assert_eq!(
        parameters(begin(false).await),
        json!({ "USERNAME": "alice" })
    );
}

#[test]
async fn what_fails_early_fails_before_the_call_returns() {
    let service = stage::open();
    for (flow, password, expected) in [
        (
            "USER_PASSWORD_AUTH",
            json!(""),
            "PASSWORD parameter is required",
        ),
        (
            "USER_SRP_AUTH",
            json!(null),
            "PASSWORD parameter is required",
        ),
        ("OTHER", json!("pw"), "Authentication flow type is invalid."),
    ] {
        let (user, callbacks) = (alice(&Store::new()), Callbacks::new());
        user.set_flow(flow);
        let details = AuthenticationDetails::new(&js(&json!({ "Password": password }))).unwrap();
        user.authenticate(&details, &callbacks).unwrap();
        assert!(!callbacks.is_silent(), "{flow}");
        assert_eq!(
            callbacks.next().await,
            json!(["onFailure", { "message": expected }])
        );
    }
    assert!(service.requests().is_empty());
}

#[test]
fn the_first_request_leaves_before_the_call_returns() {
    for flow in ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "CUSTOM_AUTH"] {
        let service = stage::open();
        alice(&Store::new())
            .sign_in(flow, &Callbacks::new())
            .unwrap();
        assert_eq!(service.requests().len(), 1, "{flow}");
    }
}

#[test]
fn constructors_check_their_arguments() {
    stage::open();
    let message = |error: Option<JsValue>| value(&error.unwrap())["message"].clone();
    for data in [
        json!(null),
        json!({}),
        json!({ "UserPoolId": "a_b" }),
        json!({ "UserPoolId": "", "ClientId": "c" }),
    ] {
        assert_eq!(
            message(CognitoUserPool::new(&js(&data)).err()),
            "Both UserPoolId and ClientId are required."
        );
    }
    let data = json!({ "UserPoolId": "no", "ClientId": "c" });
    assert_eq!(
        message(CognitoUserPool::new(&js(&data)).err()),
        "Invalid UserPoolId format."
    );
    for data in [
        json!(null),
        json!({ "Username": "a" }),
        json!({ "Username": null, "Pool": {} }),
    ] {
        assert_eq!(
            message(CognitoUser::new(&js(&data)).err()),
            "Username and Pool information are required."
        );
    }
}
