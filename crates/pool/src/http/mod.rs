//! User pools behind HTTP, at the wire as the real service.
//!
//! | request | answer |
//! |---|---|
//! | `POST /` with `X-Amz-Target` | an operation of the API |
//! | `GET /{pool}/.well-known/jwks.json` | the keys that verify the pool's tokens |
//! | `GET /{pool}/.well-known/openid-configuration` | the pool's discovery document |
//! | `GET /confirmUser` | confirms a sign-up: where the link in a message leads |
//! | `GET /_local/outbox` | the messages to users, oldest first |
//! | `GET /_local/pool` | the [`ReadyPool`] |
//! | `PUT /_local/user-import/{pool}/{job}` | takes the CSV file of a user import job: its `PreSignedUrl` |
//! | `GET /_local/user-import/{pool}/{job}` | what became of each line of that file |
//! | `GET /_local/auth-event-feedback/{pool}/{user}/{event}` | takes a user's word on a dangerous sign-in |
//! | any other `GET` | a file of [`Settings::www`] |
//!
//! Every answer allows every origin, as the service's do.

mod answer;
mod api;
mod confirm_user;
mod cors;
mod feedback;
mod sigv4;
mod user_import;

use std::{
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    sync::Arc,
};

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse as _, Response},
    routing::{get, post, put},
};
use cognito_idp::{Error, ErrorCode};
use serde::Serialize;
use serde_json::Value;
use tower_http::services::ServeDir;

use crate::{Service, UnixMillis, confirmation_link};

pub use sigv4::Signatures;

/// What the router serves beside the API.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Tells the time of each request.
    pub clock: fn() -> UnixMillis,
    /// Who may administer the pools.
    pub signatures: Signatures,
    /// What a page needs to know to use a pool that was made for it.
    pub ready_pool: Option<ReadyPool>,
    /// A folder whose files are served as well, so that a page and its pool share one origin.
    pub www: Option<PathBuf>,
}

/// A pool with a client, ready for use: the answer of `GET /_local/pool`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReadyPool {
    /// The pool's id.
    pub user_pool_id: String,
    /// The id of a client without a secret.
    pub client_id: String,
    /// The URL of the API.
    pub endpoint: String,
}

impl Default for Settings {
    /// The system's clock, the signatures of `local`, no ready pool and no files.
    fn default() -> Self {
        Self {
            clock: || std::time::SystemTime::now().into(),
            signatures: Signatures::default(),
            ready_pool: None,
            www: None,
        }
    }
}

/// The routes over all pools of `service`.
///
/// Must run within a Tokio runtime: most operations run on its blocking threads. What serves it should tell where
/// requests come from ([`Router::into_make_service_with_connect_info`], with a `SocketAddr`): threat protection looks at
/// that.
pub fn router(service: Arc<Service>, settings: Settings) -> Router {
    let files =
        match &settings.www {
            // A developer's files change under the browser: it may keep them, but has to ask.
            Some(folder) => Router::new().fallback_service(ServeDir::new(folder)).layer(
                middleware::map_response(async |response: Response| {
                    ([(header::CACHE_CONTROL, "no-cache")], response).into_response()
                }),
            ),
            None => Router::new()
                .fallback(async || answer::not_found("There is nothing at this address.")),
        };
    let app = App {
        service,
        settings: Arc::new(settings),
    };
    let routes = Router::new()
        .route("/", post(api::operation).get_service(files.clone()))
        .route("/{pool}/.well-known/jwks.json", get(jwks))
        .route(
            "/{pool}/.well-known/openid-configuration",
            get(openid_configuration),
        )
        .route(confirmation_link::PATH, get(confirm_user::confirm))
        .route("/_local/outbox", get(outbox))
        .route("/_local/pool", get(ready_pool))
        .route(
            "/_local/user-import/{pool}/{job}",
            put(user_import::upload).get(user_import::log),
        )
        .route(
            "/_local/auth-event-feedback/{pool}/{user}/{event}",
            get(feedback::give),
        )
        .fallback_service(files)
        .with_state(app);
    // Around the routes and not within them: preflight requests are answered before there is a route.
    Router::new()
        .fallback_service(routes)
        .layer(middleware::from_fn(cors::allow_every_origin))
}

#[derive(Clone)]
struct App {
    service: Arc<Service>,
    settings: Arc<Settings>,
}

async fn jwks(State(app): State<App>, Path(pool): Path<String>) -> Response {
    document(move || app.service.jwks(&pool)).await
}

async fn openid_configuration(State(app): State<App>, Path(pool): Path<String>) -> Response {
    document(move || app.service.openid_configuration(&pool)).await
}

async fn outbox(State(app): State<App>) -> Response {
    document(move || Ok(serde_json::json!(app.service.outbox()?))).await
}

async fn ready_pool(State(app): State<App>) -> Response {
    match &app.settings.ready_pool {
        Some(pool) => document_of(&serde_json::json!(pool)),
        None => answer::not_found("No pool was made ready."),
    }
}

/// A document for `GET`; what it is about may be missing.
async fn document(make: impl FnOnce() -> Result<Value, Error> + Send + 'static) -> Response {
    match blocking(make).await {
        Ok(document) => document_of(&document),
        Err(error) if error.code == ErrorCode::ResourceNotFoundException => {
            answer::not_found(&error.message)
        }
        Err(error) => answer::error(&error),
    }
}

fn document_of(document: &Value) -> Response {
    answer::json(StatusCode::OK, "application/json", document.to_string())
}

/// Runs work that computes or waits off the threads that serve connections.
///
/// A panic ends there: whoever asked gets an answer, and everybody else does not notice.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| Err(internal_error()))
}

/// Runs work that is over at once where it stands. A panic ends here, too.
fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    // Nothing of it is seen again after a panic; the store rolls back what was under way.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(internal_error()))
}

fn internal_error() -> Error {
    Error::new(ErrorCode::InternalErrorException, "Internal error.")
}

#[cfg(test)]
mod tests;
