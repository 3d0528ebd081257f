//! User pools.

use std::sync::Arc;

use serde_json::Value;

use crate::error::Error;
use crate::flow::Request;
use crate::json::Json;
use crate::pool_id::PoolId;
use crate::secret::Password;
use crate::storage::{Keys, MemoryStorage, Storage};

use super::operation;
use super::transport::{self, Transport};
use super::user::User;

/// One app client of one user pool. Clones are the same pool.
pub struct UserPool<T, S = MemoryStorage> {
    inner: Arc<Inner<T, S>>,
}

struct Inner<T, S> {
    id: PoolId,
    client_id: String,
    endpoint: String,
    transport: T,
    storage: Arc<S>,
}

/// What signing up led to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedUp {
    /// The service's permanent name for the user.
    pub user_sub: String,
    /// Whether no code is needed.
    pub confirmed: bool,
    /// Where the code went.
    pub code_delivery: Option<CodeDelivery>,
}

/// Where a code was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeDelivery {
    /// The address, mostly masked.
    pub destination: String,
    /// `EMAIL` or `SMS`.
    pub medium: String,
    /// The attribute that has the address.
    pub attribute: String,
}

impl<T, S> Clone for UserPool<T, S> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
        }
    }
}

impl<T: Transport, S: Storage<Error = Error>> UserPool<T, S> {
    /// A pool at the service, or at another `endpoint`.
    pub fn new(
        id: PoolId,
        client_id: impl Into<String>,
        endpoint: Option<String>,
        transport: T,
        storage: S,
    ) -> Self {
        let endpoint = endpoint.unwrap_or_else(|| id.endpoint());
        let storage = Arc::new(storage);
        let inner = Inner {
            id,
            client_id: client_id.into(),
            endpoint,
            transport,
            storage,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// A user by name; without a request.
    pub fn user(&self, username: impl Into<String>) -> User<T, S> {
        User::new(self.clone(), username.into())
    }

    /// Who signed in last, from storage.
    ///
    /// # Errors
    /// [`Error::Storage`]
    pub fn current_user(&self) -> Result<Option<User<T, S>>, Error> {
        let username = self
            .storage()
            .get(&Keys::new(self.client_id()).last_user())?;
        Ok(username
            .filter(|username| !username.is_empty())
            .map(|username| self.user(username)))
    }

    /// Registers a new user with attributes such as `email`.
    ///
    /// # Errors
    /// [`Error::Service`], for example `UsernameExistsException` and `InvalidPasswordException`;
    /// [`Error::Network`]
    pub async fn sign_up(
        &self,
        username: &str,
        password: &Password,
        attributes: &[(&str, &str)],
    ) -> Result<SignedUp, Error> {
        let attribute = |(name, value): &(&str, &str)| {
            Value::object()
                .with_text("Name", name)
                .with_text("Value", value)
        };
        let attributes: Vec<_> = attributes.iter().map(attribute).collect();
        let request =
            operation::sign_up(self.client_id(), username, password.secret(), &attributes);
        let answer = self.send(&request).await?;
        Ok(SignedUp {
            user_sub: answer.text("UserSub").unwrap_or_default(),
            confirmed: answer.get("UserConfirmed") == Some(&Value::Bool(true)),
            code_delivery: CodeDelivery::from_answer(&answer),
        })
    }
}

impl<T: Transport, S> UserPool<T, S> {
    pub(super) async fn send(&self, request: &Request<Value>) -> Result<Value, Error> {
        transport::send(&self.inner.transport, &self.inner.endpoint, request).await
    }

    pub(super) async fn send_with_retry(&self, request: &Request<Value>) -> Result<Value, Error> {
        transport::send_with_retry(&self.inner.transport, &self.inner.endpoint, request).await
    }
}

impl<T, S> UserPool<T, S> {
    pub(super) fn id(&self) -> &PoolId {
        &self.inner.id
    }

    pub(super) fn client_id(&self) -> &str {
        &self.inner.client_id
    }

    pub(super) fn storage(&self) -> &Arc<S> {
        &self.inner.storage
    }
}

impl CodeDelivery {
    /// Reads `CodeDeliveryDetails`.
    pub(super) fn from_answer(answer: &Value) -> Option<Self> {
        let details = Json::get(answer, "CodeDeliveryDetails")?;
        let text = |key| details.text(key).unwrap_or_default();
        Some(Self {
            destination: text("Destination"),
            medium: text("DeliveryMedium"),
            attribute: text("AttributeName"),
        })
    }
}
