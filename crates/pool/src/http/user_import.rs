//! `PUT /_local/user-import/{pool}/{job}`: where the `PreSignedUrl` of a user import job leads.
//! `GET` of the same: what became of each line of the file.

use axum::{
    body::to_bytes,
    extract::{Path, Request, State},
    http::{StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use cognito_idp::{Error, ErrorCode};

use super::{App, answer, blocking};

/// The service takes files of 100 MB.
const MAX_FILE: usize = 100_000_000;

pub(super) async fn upload(
    State(app): State<App>,
    Path((pool, job)): Path<(String, String)>,
    request: Request,
) -> Response {
    let now = (app.settings.clock)();
    let key = upload_key(request.uri());
    let file = match read(request).await {
        Ok(file) => file,
        Err(error) => return answer::error(&error),
    };
    let taken = blocking(move || {
        app.service
            .upload_user_import(&pool, &job, &key, &file, now)
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
        Ok(lines) => (
            [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
            lines.join("\n") + "\n",
        )
            .into_response(),
        Err(error) if error.code == ErrorCode::ResourceNotFoundException => {
            answer::not_found(&error.message)
        }
        Err(error) => answer::error(&error),
    }
}

/// It is written in letters that need no escape.
fn upload_key(uri: &Uri) -> String {
    let mut parameters = uri.query().unwrap_or_default().split('&');
    let key = parameters.find_map(|parameter| parameter.strip_prefix("key="));
    key.unwrap_or_default().to_owned()
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
