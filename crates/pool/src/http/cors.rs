//! Cross-origin requests: pages of every origin may use a user pool, and the service says so in every answer.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

const EXPOSED: &str = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";
const TWO_DAYS: &str = "172800";

/// Answers preflight requests and marks every other answer.
pub(super) async fn allow_every_origin(request: Request, next: Next) -> Response {
    let mut response = match *request.method() {
        Method::OPTIONS => preflight(request.headers()),
        _ => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(EXPOSED),
    );
    response
}

fn preflight(asked: &HeaderMap) -> Response {
    let fixed = [
        // GET needs no permission.
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST,OPTIONS"),
        (header::ACCESS_CONTROL_MAX_AGE, TWO_DAYS),
        (header::CONTENT_LENGTH, "0"),
    ];
    let wanted = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    let echo = wanted.map(|wanted| [(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted)]);
    match echo {
        Some(echo) => (StatusCode::OK, fixed, echo).into_response(),
        None => (StatusCode::OK, fixed).into_response(),
    }
}
