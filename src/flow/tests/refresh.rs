//! New tokens for a refresh token.

use serde_json::{Value, json};

use super::assert_sent;
use crate::error::Error;
use crate::flow::{Refresh, Request};
use crate::session::Tokens;

fn tokens(answer: Value) -> Result<Tokens, Error> {
    Refresh::new("old".into(), false).tokens(&answer)
}

#[test]
fn a_refresh_sends_what_upstream_sends() {
    let refresh = Refresh::new("old".into(), false);
    let request: Request<Value> = refresh.request("client", Some(Value::Null), None);
    assert_sent(
        &request,
        "InitiateAuth",
        r#"{"ClientId":"client","AuthFlow":"REFRESH_TOKEN_AUTH","AuthParameters":{"REFRESH_TOKEN":"old","DEVICE_KEY":null}}"#,
    );
    let request = refresh.request("client", Some(json!("device")), Some(json!({ "m": "1" })));
    assert_sent(
        &request,
        "InitiateAuth",
        r#"{"ClientId":"client","AuthFlow":"REFRESH_TOKEN_AUTH","AuthParameters":{"REFRESH_TOKEN":"old","DEVICE_KEY":"device"},"ClientMetadata":{"m":"1"}}"#,
    );
}

#[test]
fn a_refresh_keeps_the_token_that_is_not_replaced() {
    for (answer, refresh) in [
        (json!({ "IdToken": "i", "AccessToken": "a" }), "old"),
        (
            json!({ "IdToken": "i", "AccessToken": "a", "RefreshToken": "new" }),
            "new",
        ),
    ] {
        let found = tokens(json!({ "AuthenticationResult": answer })).unwrap();
        assert_eq!(found, Tokens::new("i", "a", refresh));
    }
}

#[test]
fn an_answer_without_tokens_is_no_session() {
    for answer in [
        json!({}),
        json!({ "ChallengeName": "DEVICE_SRP_AUTH", "ChallengeParameters": {} }),
        json!({ "AuthenticationResult": { "IdToken": "i" } }),
        json!({ "AuthenticationResult": { "IdToken": 1, "AccessToken": "a" } }),
        json!({ "AuthenticationResult": { "IdToken": "i", "AccessToken": "" } }),
    ] {
        let error = tokens(answer.clone()).err();
        assert!(
            matches!(error, Some(Error::UnexpectedResponse(_))),
            "{answer}"
        );
    }
}
