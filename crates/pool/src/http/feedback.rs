//! `GET /_local/auth-event-feedback/{pool}/{user}/{event}?token=…&value=…`: where the links lead by which a user judges a
//! sign-in that threat protection found dangerous.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use cognito_idp::Operation;
use serde::Deserialize;
use serde_json::json;

use super::{App, answer, blocking};

/// What is missing is empty, and refused as such.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Judgement {
    token: String,
    value: String,
}

pub(super) async fn give(
    State(app): State<App>,
    Path((pool, user, event)): Path<(String, String, String)>,
    Query(judgement): Query<Judgement>,
) -> Response {
    let now = (app.settings.clock)();
    let input = json!({
        "UserPoolId": pool,
        "Username": user,
        "EventId": event,
        "FeedbackToken": judgement.token,
        "FeedbackValue": judgement.value,
    });
    let operation = Operation::UpdateAuthEventFeedback;
    match blocking(move || app.service.handle(operation, input, now)).await {
        Ok(_) => answer::text("Thank you: your answer was noted.".to_owned()),
        Err(error) => answer::error(&error),
    }
}
