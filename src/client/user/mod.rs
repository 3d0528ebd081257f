//! Users.

mod attributes;
mod data;
mod devices;
mod mfa;
mod password;
mod registration;
mod session;
mod sign_in;
mod single_flight;

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::error::{Error, Misuse};
use crate::flow::Request;
use crate::json::Json;
use crate::platform::now_millis;
use crate::session::Session;
use crate::storage::{MemoryStorage, Storage};

use super::account::Account;
use super::pool::UserPool;
use super::transport::Transport;

pub use data::UserData;
pub use devices::{Device, DevicePage, DeviceStatus};
use single_flight::SingleFlight;

/// A user of a pool, signed in or not. Clones are the same user.
///
/// A method that is for a signed-in user fails with [`Misuse::NotAuthenticated`], without a request, unless
/// there is a valid session in memory: [`session`](Self::session) brings one from storage.
pub struct User<T, S = MemoryStorage> {
    pool: UserPool<T, S>,
    inner: Arc<Inner<S>>,
}

struct Inner<S> {
    account: Account<S>,
    refreshes: SingleFlight<Result<(), Error>>,
}

impl<T, S> Clone for User<T, S> {
    fn clone(&self) -> Self {
        Self {
            pool: self.pool.clone(),
            inner: self.inner.clone(),
        }
    }
}

impl<T, S: Storage<Error = Error>> fmt::Debug for User<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("username", &self.inner.account.username())
            .field("pool", &self.pool)
            .finish_non_exhaustive()
    }
}

impl<T: Transport, S: Storage<Error = Error>> User<T, S> {
    pub(super) fn new(pool: UserPool<T, S>, username: String) -> Self {
        let client_id = pool.client_id().to_owned();
        let pool_name = pool.id().name().to_owned();
        let account = Account::new(client_id, pool_name, username, pool.stored().clone());
        let inner = Inner {
            account,
            refreshes: SingleFlight::default(),
        };
        Self {
            pool,
            inner: inner.into(),
        }
    }

    /// The same user; what they ask of the service goes with this `ClientMetadata`, for the pool's
    /// triggers, wherever the operation has it.
    #[must_use]
    pub fn with_client_metadata(&self, metadata: &[(&str, &str)]) -> Self {
        Self {
            pool: self.pool.with_client_metadata(metadata),
            inner: self.inner.clone(),
        }
    }

    /// The name as given; after [`sign_in`](Self::sign_in) the service's name for the user.
    pub fn username(&self) -> String {
        self.account().username()
    }

    fn account(&self) -> &Account<S> {
        &self.inner.account
    }

    fn valid_session(&self) -> Option<Session> {
        let session = self.account().session();
        session.filter(|session| session.is_valid_at(now_millis()))
    }

    fn access_token(&self) -> Result<String, Error> {
        let session = self.valid_session().ok_or(Misuse::NotAuthenticated)?;
        Ok(session.tokens().access.clone())
    }

    /// Sends what only a signed-in user may ask.
    async fn send_authorized(&self, operation: &'static str, body: Value) -> Result<Value, Error> {
        let body = body.with_text("AccessToken", &self.access_token()?);
        self.pool.send(&Request::new(operation, body)).await
    }

    /// The same, of what may have client metadata.
    async fn send_authorized_with_metadata(
        &self,
        operation: &'static str,
        body: Value,
    ) -> Result<Value, Error> {
        let body = body.with("ClientMetadata", self.pool.client_metadata());
        self.send_authorized(operation, body).await
    }
}
