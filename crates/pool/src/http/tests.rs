//! The wire protocol, through the router as a server calls it.

mod confirmation_link;
mod threat_protection;
mod user_import;

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use cognito_idp::Operation;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::{MemoryStore, Service, UnixMillis};

use super::{ReadyPool, Settings, blocking, guarded, router};

/// The recorded requests' own time.
const NOW: UnixMillis = UnixMillis(1_767_323_045_000);

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .unwrap_or_else(|| panic!("no {name}"))
            .to_str()
            .unwrap()
    }

    /// Checks that it is this error, in its body as in its headers.
    fn is_error(&self, status: u16, code: &str, message: &str) {
        assert_eq!(self.json(), json!({ "__type": code, "message": message }));
        assert_eq!(self.status.as_u16(), status);
        assert_eq!(self.header("content-type"), "application/x-amz-json-1.1");
        assert_eq!(self.header("x-amzn-errortype"), format!("{code}:"));
        assert_eq!(
            self.header("x-amzn-errormessage"),
            message.replace('\n', " ")
        );
        assert_eq!(self.header("x-amzn-requestid").len(), 36);
        self.allows_every_origin();
    }

    fn allows_every_origin(&self) {
        assert_eq!(self.header("access-control-allow-origin"), "*");
        assert_eq!(
            self.header("access-control-expose-headers"),
            "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"
        );
    }
}

fn pools() -> Router {
    pools_with(Settings::default())
}

fn pools_with(settings: Settings) -> Router {
    let service = Service::new(MemoryStore::new(), crate::Settings::default());
    router(
        Arc::new(service),
        Settings {
            clock: || NOW,
            ..settings
        },
    )
}

/// Where the pools of [`served`] say that they are.
const BASE: &str = "http://127.0.0.1:9229";

/// Pools that can be looked at from behind, and what serves them.
fn served() -> (Arc<Service>, Router) {
    let settings = crate::Settings {
        issuer_base: Some(BASE.to_owned()),
        ..crate::Settings::default()
    };
    let service = Arc::new(Service::new(MemoryStore::new(), settings));
    let settings = Settings {
        clock: || NOW,
        ..Settings::default()
    };
    (Arc::clone(&service), router(service, settings))
}

async fn send(router: &Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

async fn get(router: &Router, path: &str) -> Answer {
    send(router, Request::get(path).body(Body::empty()).unwrap()).await
}

/// What upstream's client sends.
async fn call(router: &Router, operation: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post("/")
        .header("Content-Type", "application/x-amz-json-1.1")
        .header(
            "X-Amz-Target",
            format!("AWSCognitoIdentityProviderService.{operation}"),
        )
        .header("X-Amz-User-Agent", "aws-amplify/0.1.x js");
    send(router, request.body(body.into()).unwrap()).await
}

/// One of the requests that botocore signed.
async fn call_recorded(router: &Router, name: &str) -> Answer {
    let vectors: Value = serde_json::from_str(include_str!("sigv4/vectors.json")).unwrap();
    let headers = vectors[name]["headers"].as_object().unwrap();
    let request = headers
        .iter()
        .fold(Request::post("/"), |request, (name, value)| {
            request.header(name, value.as_str().unwrap())
        });
    send(
        router,
        request
            .body(vectors[name]["body"].as_str().unwrap().to_owned().into())
            .unwrap(),
    )
    .await
}

#[tokio::test]
async fn requests_that_are_none() {
    let pools = pools();
    let unknown = |operation: &str| {
        format!("Unknown operation: AWSCognitoIdentityProviderService.{operation}")
    };
    call(&pools, "Nonsense", "{}").await.is_error(
        400,
        "UnknownOperationException",
        &unknown("Nonsense"),
    );
    let request = Request::post("/").body(Body::from("{}")).unwrap();
    let no_target = "Unknown operation: no X-Amz-Target header";
    send(&pools, request)
        .await
        .is_error(400, "UnknownOperationException", no_target);
    for body in ["", "{", "[] []", "{\"ClientId\": \"\\ud800\"}"] {
        let answer = call(&pools, "InitiateAuth", body).await;
        answer.is_error(
            400,
            "SerializationException",
            "The request's body is not JSON.",
        );
    }
    call(&pools, "InitiateAuth", Vec::from(*b"\"\xff\""))
        .await
        .is_error(
            400,
            "SerializationException",
            "The request's body is not JSON.",
        );
    call(&pools, "InitiateAuth", "{\"ClientId\": 5}")
        .await
        .is_error(
            400,
            "SerializationException",
            "NUMBER_VALUE can not be converted to a String",
        );
    call(&pools, "InitiateAuth", " ".repeat((4 << 20) + 1))
        .await
        .is_error(
            413,
            "RequestEntityTooLargeException",
            "The request is too large.",
        );
}

#[tokio::test]
async fn violated_constraints() {
    call(&pools(), "ForgotPassword", "{\"Username\": \"jane\"}")
        .await
        .is_error(
            400,
            "InvalidParameterException",
            "1 validation error detected: Value null at 'clientId' failed to satisfy constraint: \
         Member must not be null",
        );
}

#[tokio::test]
async fn administration_is_signed() {
    let pools = pools();
    call(&pools, "CreateUserPool", "{\"PoolName\": \"mine\"}")
        .await
        .is_error(
            400,
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
        );
    call_recorded(&pools, "wrongKey").await.is_error(
        400,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
    );
    let forged = call_recorded(&pools, "wrongSecret").await;
    assert_eq!(forged.json()["__type"], "InvalidSignatureException");
    let created = call_recorded(&pools, "createUserPool").await;
    assert_eq!(created.status, StatusCode::OK);
    assert_eq!(created.header("content-type"), "application/x-amz-json-1.1");
    assert_eq!(created.header("x-amzn-requestid").len(), 36);
    assert_eq!(created.json()["UserPool"]["Name"], "mine, locally");
    created.allows_every_origin();
}

#[tokio::test]
async fn every_operation_of_administration_is_signed() {
    let pools = pools();
    let vectors: Value = serde_json::from_str(include_str!("sigv4/vectors.json")).unwrap();
    let recorded = vectors["createUserPool"]["headers"].as_object().unwrap();
    let administration = Operation::ALL
        .iter()
        .filter(|operation| operation.auth() == cognito_idp::Auth::SigV4);
    let mut refused = 0;
    for operation in administration {
        // Before anything is said about the request's body.
        for body in ["{}", "{", "{\"UserPoolId\": 5}"] {
            call(&pools, operation.as_str(), body).await.is_error(
                400,
                "MissingAuthenticationTokenException",
                "Missing Authentication Token",
            );
        }
        // The signature of another request, by its target and its body.
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let request = recorded
            .iter()
            .fold(Request::post("/"), |request, (name, value)| {
                let is_target = name.eq_ignore_ascii_case("x-amz-target");
                let value = value.as_str().unwrap();
                request.header(name, if is_target { &target } else { value })
            });
        let answer = send(&pools, request.body(Body::from("{}")).unwrap()).await;
        let code = answer.json()["__type"].clone();
        assert_eq!(code, "InvalidSignatureException", "{operation}");
        refused += 1;
    }
    // Two of the model's 107 are authorized by their client's secret.
    assert_eq!(refused, 105);
}

#[tokio::test]
async fn the_documents_of_a_pool() {
    let pools = pools();
    let created = call_recorded(&pools, "createUserPool").await.json();
    let id = created["UserPool"]["Id"].as_str().unwrap();
    let jwks = get(&pools, &format!("/{id}/.well-known/jwks.json")).await;
    assert_eq!(jwks.status, StatusCode::OK);
    assert_eq!(jwks.header("content-type"), "application/json");
    assert_eq!(jwks.json()["keys"].as_array().unwrap().len(), 2);
    jwks.allows_every_origin();
    let discovery = get(&pools, &format!("/{id}/.well-known/openid-configuration")).await;
    assert!(
        discovery.json()["jwks_uri"]
            .as_str()
            .unwrap()
            .ends_with(&format!("/{id}/.well-known/jwks.json"))
    );
    discovery.allows_every_origin();
    for document in ["jwks.json", "openid-configuration"] {
        let missing = get(&pools, &format!("/local_none/.well-known/{document}")).await;
        missing.is_error(
            404,
            "ResourceNotFoundException",
            "User pool local_none does not exist.",
        );
    }
}

#[tokio::test]
async fn preflight() {
    for path in [
        "/",
        "/local_x/.well-known/jwks.json",
        "/_local/outbox",
        "/elsewhere",
    ] {
        let request = Request::options(path)
            .header("Origin", "http://localhost:3000")
            .header("Access-Control-Request-Method", "POST")
            .header(
                "Access-Control-Request-Headers",
                "cache-control,content-type,x-amz-target,x-amz-user-agent",
            );
        let answer = send(&pools(), request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.is_empty());
        assert!(!answer.headers.contains_key("allow"));
        assert_eq!(
            answer.header("access-control-allow-methods"),
            "POST,OPTIONS"
        );
        assert_eq!(
            answer.header("access-control-allow-headers"),
            "cache-control,content-type,x-amz-target,x-amz-user-agent"
        );
        assert_eq!(answer.header("access-control-max-age"), "172800");
        answer.allows_every_origin();
    }
}

#[tokio::test]
async fn what_a_page_asks_its_local_pool() {
    let outbox = get(&pools(), "/_local/outbox").await;
    assert_eq!(outbox.json(), json!([]));
    outbox.allows_every_origin();
    get(&pools(), "/_local/pool").await.is_error(
        404,
        "ResourceNotFoundException",
        "No pool was made ready.",
    );
    let ready_pool = Some(ReadyPool {
        user_pool_id: "local_a".to_owned(),
        client_id: "b".to_owned(),
        endpoint: "http://127.0.0.1:9229".to_owned(),
    });
    let ready = get(
        &pools_with(Settings {
            ready_pool,
            ..Settings::default()
        }),
        "/_local/pool",
    )
    .await;
    assert_eq!(
        ready.json(),
        json!({ "userPoolId": "local_a", "clientId": "b", "endpoint": "http://127.0.0.1:9229" })
    );
}

#[tokio::test]
async fn nothing_else_without_files() {
    for path in ["/", "/index.html", "/local_x", "/../Cargo.toml"] {
        let answer = get(&pools(), path).await;
        answer.is_error(
            404,
            "ResourceNotFoundException",
            "There is nothing at this address.",
        );
    }
}

#[tokio::test]
async fn files() {
    let folder = tempfile::tempdir().unwrap();
    let www = folder.path().join("www");
    std::fs::create_dir_all(www.join("pkg")).unwrap();
    std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    let contents = [
        ("index.html", "text/html"),
        ("app.js", "javascript"),
        ("app.mjs", "javascript"),
        ("app.css", "text/css"),
        ("pkg/client.wasm", "application/wasm"),
        ("pkg/package.json", "application/json"),
    ];
    for (name, _) in contents {
        std::fs::write(www.join(name), name).unwrap();
    }
    let pools = pools_with(Settings {
        www: Some(www),
        ..Settings::default()
    });
    for (name, content_type) in contents {
        let answer = get(&pools, &format!("/{name}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert!(
            answer.header("content-type").ends_with(content_type),
            "{name}"
        );
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.body, name);
        answer.allows_every_origin();
    }
    assert_eq!(get(&pools, "/").await.body, "index.html");
    assert_eq!(get(&pools, "/none.js").await.status, StatusCode::NOT_FOUND);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/pkg/..%2f..%2fsecret.txt",
    ] {
        assert_eq!(
            get(&pools, path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    // The API is still there.
    call(&pools, "InitiateAuth", "{").await.is_error(
        400,
        "SerializationException",
        "The request's body is not JSON.",
    );
}

#[tokio::test]
async fn a_panic_is_an_internal_error() {
    let work = || -> Result<(), _> { panic!("for this test") };
    for outcome in [blocking(work).await, guarded(work)] {
        let answer = super::answer::error(&outcome.unwrap_err());
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(
            answer.headers()["x-amzn-errortype"],
            "InternalErrorException:"
        );
    }
}

#[tokio::test]
async fn messages_of_two_lines_fit_into_a_header() {
    let error = cognito_idp::Error::new(
        cognito_idp::ErrorCode::InvalidParameterException,
        "a: required\nb",
    );
    let answer = super::answer::error(&error);
    assert_eq!(answer.headers()["x-amzn-errormessage"], "a: required b");
}

#[tokio::test]
async fn work_does_not_hold_up_other_requests() {
    // One thread serves both: were the work done on it, it would wait for ever.
    let (other, done_by_other) = std::sync::mpsc::channel();
    let work = blocking(move || Ok(done_by_other.recv().is_ok()));
    let (waited, sent) = tokio::join!(work, async { other.send(()) });
    assert_eq!((waited, sent), (Ok(true), Ok(())));
}
