//! Answers as the service writes them.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use cognito_idp::{Error, ErrorCode};

/// The content type of the API's requests and answers.
pub(super) const AMZ_JSON: &str = "application/x-amz-json-1.1";

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const ERROR_MESSAGE: HeaderName = HeaderName::from_static("x-amzn-errormessage");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// An answer with a JSON body.
pub(super) fn json(status: StatusCode, content_type: &'static str, body: String) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, content_type)],
        [(REQUEST_ID, request_id())],
        body,
    )
        .into_response()
}

/// An answer for people who follow a link.
pub(super) fn text(text: String) -> Response {
    let content_type = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (content_type, text + "\n").into_response()
}

/// An error of the API.
pub(super) fn error(error: &Error) -> Response {
    let status =
        StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    error_with_status(status, error)
}

/// What is answered to a `GET` of something that is not there.
pub(super) fn not_found(message: &str) -> Response {
    error_with_status(
        StatusCode::NOT_FOUND,
        &Error::new(ErrorCode::ResourceNotFoundException, message),
    )
}

fn error_with_status(status: StatusCode, error: &Error) -> Response {
    // A header is one line; some of the service's messages are two.
    let line = error.message.replace(char::is_control, " ");
    let headers = [
        (ERROR_TYPE, format!("{}:", error.code)),
        (ERROR_MESSAGE, line),
    ];
    let headers = headers.map(|(name, text)| {
        (
            name,
            HeaderValue::from_bytes(text.as_bytes()).unwrap_or(HeaderValue::from_static("")),
        )
    });
    (headers, json(status, AMZ_JSON, error.to_json().to_string())).into_response()
}

/// A UUID, as the service names its requests by.
fn request_id() -> String {
    let mut bytes = [0; 16];
    // Nothing depends on it but people who compare logs.
    let _ = getrandom::fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes)
        .into_uuid()
        .to_string()
}
