//! `GET /confirmUser?client_id=…&user_name=…&confirmation_code=…`: where the links lead by which users confirm their
//! sign-up.

use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

use super::{App, answer, blocking};

/// What is missing is empty, and refused as such.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Link {
    client_id: String,
    user_name: String,
    confirmation_code: String,
}

pub(super) async fn confirm(State(app): State<App>, Query(link): Query<Link>) -> Response {
    let now = (app.settings.clock)();
    let confirmed = blocking(move || {
        app.service.confirm_by_link(
            &link.client_id,
            &link.user_name,
            &link.confirmation_code,
            now,
        )
    });
    match confirmed.await {
        Ok(()) => answer::text("Your registration has been confirmed!".to_owned()),
        Err(error) => answer::error(&error),
    }
}
