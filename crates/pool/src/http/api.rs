//! `POST /`: the API's operations.

use std::net::SocketAddr;

use axum::{
    body::to_bytes,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use cognito_idp::{Auth, Error, ErrorCode, Operation};
use serde_json::Value;
use time::{Duration, OffsetDateTime};

use crate::UnixMillis;

use super::{
    App, answer, blocking, guarded,
    sigv4::{self, SignedRequest},
};

const TARGET_PREFIX: &str = "AWSCognitoIdentityProviderService.";

/// Ample: the largest requests, with a managed login page's images, are 2 MB at the service.
const MAX_BODY: usize = 4 << 20;

/// Reads a request, lets an operation do it and writes its answer.
pub(super) async fn operation(State(app): State<App>, request: Request) -> Response {
    match perform(app, request).await {
        Ok(output) => answer::json(StatusCode::OK, answer::AMZ_JSON, output),
        Err(error) => answer::error(&error),
    }
}

async fn perform(app: App, request: Request) -> Result<String, Error> {
    let now = (app.settings.clock)();
    let (parts, body) = request.into_parts();
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let address = peer.map(|ConnectInfo(peer)| peer.ip());
    let operation = target(&parts.headers)?;
    // The other way for this to fail is a connection that broke, where nobody waits for the answer.
    let body = to_bytes(body, MAX_BODY).await.map_err(|_| {
        Error::new(
            ErrorCode::RequestEntityTooLargeException,
            "The request is too large.",
        )
    })?;
    if operation.auth() == Auth::SigV4 {
        let signed = SignedRequest {
            method: &parts.method,
            uri: &parts.uri,
            headers: &parts.headers,
            body: &body,
        };
        sigv4::verify(&app.settings.signatures, &signed, date_time(now))?;
    }
    let input: Value = serde_json::from_slice(&body).map_err(|_| {
        Error::new(
            ErrorCode::SerializationException,
            "The request's body is not JSON.",
        )
    })?;
    let work = move || app.service.handle_from(address, operation, input, now);
    if is_brief(operation) {
        guarded(work)
    } else {
        blocking(work).await
    }
}

/// Whether an operation is done in less time than it takes to wake another thread for it: it reads a little, computes
/// next to nothing and asks nobody outside.
fn is_brief(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::AdminGetUser
            | Operation::DescribeUserPool
            | Operation::DescribeUserPoolClient
            | Operation::GetUser
            | Operation::ListUserPools
            | Operation::ListUsers
    )
}

fn target(headers: &HeaderMap) -> Result<Operation, Error> {
    let target = headers
        .get("x-amz-target")
        .and_then(|target| target.to_str().ok());
    let name = target.and_then(|target| target.strip_prefix(TARGET_PREFIX));
    name.and_then(Operation::from_name).ok_or_else(|| {
        let text = format!(
            "Unknown operation: {}",
            target.unwrap_or("no X-Amz-Target header")
        );
        Error::new(ErrorCode::UnknownOperationException, text)
    })
}

fn date_time(now: UnixMillis) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH.saturating_add(Duration::milliseconds(now.0))
}
