//! What carries requests to the service.

use std::error::Error as StdError;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::error::{Error, ServiceError};
use crate::flow::Request;
use crate::json::Json;
use crate::retry;

/// An HTTP client and a timer, of whatever runtime the program has.
pub trait Transport {
    /// Posts a request and reads the whole answer, whatever its status.
    ///
    /// An error means that there was no answer.
    fn post(
        &self,
        request: HttpRequest,
    ) -> impl Future<Output = Result<HttpResponse, Arc<dyn StdError + Send + Sync>>>;

    /// Waits before a request is repeated.
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()>;
}

/// One POST.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpRequest {
    /// Where to.
    pub url: String,
    /// Names and values of its headers.
    pub headers: Vec<(&'static str, String)>,
    /// JSON. It may hold a password or tokens: do not log it.
    pub body: String,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct HttpResponse {
    /// Its status.
    pub status: u16,
    /// Its header `x-amzn-errortype`, if it has one.
    pub error_type: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// Sends one request of a flow.
pub(super) async fn send(
    transport: &impl Transport,
    endpoint: &str,
    request: &Request<Value>,
) -> Result<Value, Error> {
    let target = format!("AWSCognitoIdentityProviderService.{}", request.operation);
    let request = HttpRequest {
        url: endpoint.to_owned(),
        headers: vec![
            ("Content-Type", "application/x-amz-json-1.1".to_owned()),
            ("X-Amz-Target", target),
            ("Cache-Control", "no-store".to_owned()),
        ],
        body: request.body.to_string(),
    };
    let response = transport.post(request).await.map_err(Error::Network)?;
    // Some operations answer with no body at all.
    let body = serde_json::from_slice(&response.body).unwrap_or_else(|_| Value::object());
    if (200..300).contains(&response.status) {
        Ok(body)
    } else {
        Err(service_error(&response, &body).into())
    }
}

/// The same, repeated while that can help.
pub(super) async fn send_with_retry(
    transport: &impl Transport,
    endpoint: &str,
    request: &Request<Value>,
) -> Result<Value, Error> {
    let mut attempt = 1;
    loop {
        let response = send(transport, endpoint, request).await;
        let delay = response
            .as_ref()
            .err()
            .and_then(|error| retry::delay(error, attempt, jitter()));
        let Some(millis) = delay else { return response };
        transport.sleep(Duration::from_millis(millis as u64)).await;
        attempt += 1;
    }
}

/// Between 0 and 1; in the middle where the machine has no randomness.
fn jitter() -> f64 {
    let byte = crate::platform::random(1)
        .ok()
        .and_then(|bytes| bytes.first().copied());
    f64::from(byte.unwrap_or(128)) / 256.0
}

/// What an answer other than 2xx says, which may come from something between us and the service.
fn service_error(response: &HttpResponse, body: &Value) -> ServiceError {
    let code = body.text("__type").or_else(|| body.text("code"));
    let code = code.as_deref().and_then(|code| code.rsplit('#').next());
    let header = response
        .error_type
        .as_deref()
        .and_then(|header| header.split(':').next());
    ServiceError {
        code: code.or(header).unwrap_or("UnknownError").to_owned(),
        message: body.text("message").or_else(|| body.text("Message")),
        status: response.status,
    }
}
