//! User pools.

use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::error::Error;
use crate::flow::Request;
use crate::json::Json;
use crate::pool_id::PoolId;
use crate::secret::Password;
use crate::storage::{MemoryStorage, Storage};

use super::code_delivery::CodeDelivery;
use super::stored::Stored;
use super::transport::{self, Transport};
use super::user::User;

/// One app client of one user pool. Clones are the same pool.
pub struct UserPool<T, S = MemoryStorage> {
    inner: Arc<Inner<T, S>>,
    client_metadata: Option<Value>,
    validation_data: Option<Value>,
    rotates_refresh_tokens: bool,
}

struct Inner<T, S> {
    id: PoolId,
    client_id: String,
    endpoint: String,
    transport: T,
    stored: Arc<Stored<S>>,
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

impl<T, S> Clone for UserPool<T, S> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            client_metadata: self.client_metadata.clone(),
            validation_data: self.validation_data.clone(),
            rotates_refresh_tokens: self.rotates_refresh_tokens,
        }
    }
}

impl<T, S> fmt::Debug for UserPool<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserPool")
            .field("id", &self.inner.id)
            .field("client_id", &self.inner.client_id)
            .finish_non_exhaustive()
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
        let client_id = client_id.into();
        let stored = Arc::new(Stored::new(&client_id, storage));
        let inner = Inner {
            id,
            client_id,
            endpoint,
            transport,
            stored,
        };
        Self {
            inner: Arc::new(inner),
            client_metadata: None,
            validation_data: None,
            rotates_refresh_tokens: false,
        }
    }

    /// The same pool; what it and its users ask of the service goes with this `ClientMetadata`, for the
    /// pool's triggers, wherever the operation has it.
    #[must_use]
    pub fn with_client_metadata(&self, metadata: &[(&str, &str)]) -> Self {
        let metadata = metadata.iter().fold(Value::object(), |all, (name, value)| {
            all.with_text(name, value)
        });
        Self {
            client_metadata: Some(metadata),
            ..self.clone()
        }
    }

    /// The same pool; its [`sign_up`](Self::sign_up) goes with this `ValidationData`, which is the
    /// pre sign-up trigger's alone.
    #[must_use]
    pub fn with_validation_data(&self, data: &[(&str, &str)]) -> Self {
        Self {
            validation_data: Some(attribute_list(data)),
            ..self.clone()
        }
    }

    /// The same pool, for an app client whose refresh tokens rotate (`RefreshTokenRotation`): each is good once, and
    /// [`refresh`](User::refresh) stores the one that comes with the new tokens.
    #[must_use]
    pub fn with_refresh_token_rotation(&self) -> Self {
        Self {
            rotates_refresh_tokens: true,
            ..self.clone()
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
        let username = self.stored().last_user()?;
        Ok(username.map(|username| self.user(username)))
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
        let body = json!({
            "ClientId": self.client_id(), "Username": username, "Password": password.secret(),
            "UserAttributes": attribute_list(attributes),
        });
        let body = body.with("ValidationData", self.validation_data.clone());
        let answer = self.send_with_metadata("SignUp", body).await?;
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

    /// Sends what may have client metadata.
    pub(super) async fn send_with_metadata(
        &self,
        operation: &'static str,
        body: Value,
    ) -> Result<Value, Error> {
        let body = body.with("ClientMetadata", self.client_metadata());
        self.send(&Request::new(operation, body)).await
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

    pub(super) fn rotates_refresh_tokens(&self) -> bool {
        self.rotates_refresh_tokens
    }

    pub(super) fn client_metadata(&self) -> Option<Value> {
        self.client_metadata.clone()
    }

    pub(super) fn stored(&self) -> &Arc<Stored<S>> {
        &self.inner.stored
    }
}

/// Names and values as the service lists attributes.
pub(super) fn attribute_list(attributes: &[(&str, &str)]) -> Value {
    let attribute = |(name, value): &(&str, &str)| json!({ "Name": name, "Value": value });
    attributes.iter().map(attribute).collect()
}
