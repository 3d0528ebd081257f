//! Every operation that takes a refresh token, called with what is none.

use cognito_idp::Error;
use serde_json::{Value, json};

use crate::{
    over_both_stores,
    stage::{Stage, claims, text},
};

const INVALID: &str = "NotAuthorizedException: Invalid Refresh Token";
const EXPIRED: &str = "NotAuthorizedException: Refresh Token has expired";
const REVOKED: &str = "NotAuthorizedException: Refresh Token has been revoked";

over_both_stores! {
    fn what_is_no_refresh_token_is_refused_everywhere(stage) {
        let (stage, tokens) = with_ann(stage);
        let token = text(&tokens["RefreshToken"]);
        let middle = token.len() / 2;
        let other = if token[middle..].starts_with('A') { "B" } else { "A" };
        for forged in [
            "made-up".to_owned(),
            "A".repeat(token.len()),
            token[1..].to_owned(),
            token[..token.len() - 1].to_owned(),
            format!("{token}A"),
            format!("{token}="),
            format!("{}{other}{}", &token[..middle], &token[middle + 1..]),
            token.to_lowercase(),
            text(&tokens["AccessToken"]),
            text(&tokens["IdToken"]),
            text(&claims(&tokens["AccessToken"])["event_id"]),
            text(&claims(&tokens["AccessToken"])["origin_jti"]),
        ] {
            refused_everywhere(&stage, &json!(forged), INVALID);
        }
        refreshed_everywhere(&stage, &tokens["RefreshToken"]);
    }

    fn one_whose_time_is_over_is_refused_everywhere(stage) {
        let (stage, tokens) = with_ann(stage);
        stage.advance(30 * 24 * 60 * 60);
        refused_everywhere(&stage, &tokens["RefreshToken"], EXPIRED);
    }

    fn one_whose_sign_in_is_over_is_refused_everywhere(stage) {
        let (stage, tokens) = with_ann(stage);
        stage.ok("GlobalSignOut", json!({ "AccessToken": tokens["AccessToken"] }));
        refused_everywhere(&stage, &tokens["RefreshToken"], REVOKED);
    }

    fn one_whose_user_is_gone_is_refused_everywhere(stage) {
        let (stage, tokens) = with_ann(stage);
        stage.ok("AdminDeleteUser", stage.with_pool(json!({ "Username": "ann" })));
        // Somebody else of the same name gets nothing by it.
        stage.confirmed("ann");
        for (operation, answer) in refreshes(&stage, &tokens["RefreshToken"]) {
            let refused = answer.unwrap_err().to_string();
            assert!(refused.starts_with("NotAuthorizedException: "), "{operation}: {refused}");
        }
    }

    fn revoking_what_is_none_revokes_nothing(stage) {
        let (stage, tokens) = with_ann(stage);
        let token = text(&tokens["RefreshToken"]);
        for made_up in [format!("{token}A"), token[1..].to_owned(), "made-up".to_owned()] {
            // Said to be revoked, as RFC 7009 (section 2.2) has it.
            stage.ok("RevokeToken", stage.with_client(json!({ "Token": made_up })));
        }
        refreshed_everywhere(&stage, &tokens["RefreshToken"]);
        stage.ok("GetUser", json!({ "AccessToken": tokens["AccessToken"] }));
    }
}

fn with_ann(mut stage: Stage) -> (Stage, Value) {
    stage.use_client(json!({
        "ExplicitAuthFlows": [
            "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
        ],
    }));
    stage.confirmed("ann");
    let tokens = stage.tokens("ann");
    (stage, tokens)
}

/// All ways to new tokens.
fn refreshes(stage: &Stage, token: &Value) -> Vec<(String, Result<Value, Error>)> {
    let mut answers = Vec::new();
    for flow in ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"] {
        let input = stage.with_client(json!({
            "AuthFlow": flow, "AuthParameters": { "REFRESH_TOKEN": token },
        }));
        answers.push((flow.to_owned(), stage.call("InitiateAuth", input.clone())));
        let input = stage.with_pool(input);
        answers.push((
            format!("{flow} by an administrator"),
            stage.call("AdminInitiateAuth", input),
        ));
    }
    let input = stage.with_client(json!({ "RefreshToken": token }));
    answers.push((
        "GetTokensFromRefreshToken".to_owned(),
        stage.call("GetTokensFromRefreshToken", input),
    ));
    answers
}

#[track_caller]
fn refused_everywhere(stage: &Stage, token: &Value, expected: &str) {
    for (operation, answer) in refreshes(stage, token) {
        match answer {
            Ok(answer) => panic!("{operation} takes {token}: {answer}"),
            Err(error) => assert_eq!(error.to_string(), expected, "{operation}, {token}"),
        }
    }
}

#[track_caller]
fn refreshed_everywhere(stage: &Stage, token: &Value) {
    for (operation, answer) in refreshes(stage, token) {
        let answer = answer.unwrap_or_else(|error| panic!("{operation}: {error}"));
        assert!(
            answer["AuthenticationResult"]["AccessToken"].is_string(),
            "{operation}"
        );
    }
}
