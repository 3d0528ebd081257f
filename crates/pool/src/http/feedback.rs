//! `GET /_local/auth-event-feedback/{pool}/{user}/{event}?token=…&value=…`: where the links lead by which a user judges a
//! sign-in that threat protection found dangerous.

use axum::{
    extract::{Path, State},
    http::{Uri, header},
    response::{IntoResponse as _, Response},
};
use cognito_idp::Operation;
use serde_json::json;

use super::{App, answer, blocking};

pub(super) async fn give(
    State(app): State<App>,
    Path((pool, user, event)): Path<(String, String, String)>,
    uri: Uri,
) -> Response {
    let now = (app.settings.clock)();
    let input = json!({
        "UserPoolId": pool,
        "Username": user,
        "EventId": event,
        "FeedbackToken": parameter(&uri, "token"),
        "FeedbackValue": parameter(&uri, "value"),
    });
    let operation = Operation::UpdateAuthEventFeedback;
    match blocking(move || app.service.handle(operation, input, now)).await {
        Ok(_) => (
            [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
            "Thank you: your answer was noted.\n",
        )
            .into_response(),
        Err(error) => answer::error(&error),
    }
}

/// Both are written in letters that need no escape.
fn parameter<'a>(uri: &'a Uri, name: &str) -> &'a str {
    let mut parameters = uri.query().unwrap_or_default().split('&');
    let value = parameters.find_map(|parameter| parameter.strip_prefix(name)?.strip_prefix('='));
    value.unwrap_or_default()
}
