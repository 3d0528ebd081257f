//! `PUT /_local/user-import/{pool}/{job}`: where the `PreSignedUrl` of a user import job leads.
//! `GET` of the same: what became of each line of the file.

use axum::{
    body::to_bytes,
    extract::{Path, Query, Request, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use cognito_idp::{Error, ErrorCode};
use serde::Deserialize;

use super::{App, answer, blocking};

/// The service takes files of 100 MB.
const MAX_FILE: usize = 100_000_000;

/// Without a key it is the wrong one.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Upload {
    key: String,
}

pub(super) async fn upload(
    State(app): State<App>,
    Path((pool, job)): Path<(String, String)>,
    Query(upload): Query<Upload>,
    request: Request,
) -> Response {
    let now = (app.settings.clock)();
    let file = match read(request).await {
        Ok(file) => file,
        Err(error) => return answer::error(&error),
    };
    let taken = blocking(move || {
        app.service
            .upload_user_import(&pool, &job, &upload.key, &file, now)
    });
    match taken.await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => answer::error(&error),
    }
}

pub(super) async fn log(
    State(app): State<App>,
    Path((pool, job)): Path<(String, String)>,
) -> Response {
    match blocking(move || app.service.user_import_log(&pool, &job)).await {
        Ok(lines) => answer::text(lines.join("\n")),
        Err(error) if error.code == ErrorCode::ResourceNotFoundException => {
            answer::not_found(&error.message)
        }
        Err(error) => answer::error(&error),
    }
}

async fn read(request: Request) -> Result<String, Error> {
    let bytes = to_bytes(request.into_body(), MAX_FILE).await.map_err(|_| {
        Error::new(
            ErrorCode::RequestEntityTooLargeException,
            "The file is too large.",
        )
    })?;
    String::from_utf8(bytes.into()).map_err(|_| {
        Error::new(
            ErrorCode::InvalidParameterException,
            "The file is not UTF-8 text.",
        )
    })
}
