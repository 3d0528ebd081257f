//! Users.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::error::{Error, Failure, Misuse};
use crate::flow::{Challenge, Flow, Refresh, Request, Step, answer, sign_in};
use crate::json::Json;
use crate::platform::now_millis;
use crate::secret::Password;
use crate::session::Session;
use crate::storage::{MemoryStorage, Storage};

use super::account::Account;
use super::operation;
use super::pool::{CodeDelivery, UserPool};
use super::transport::Transport;

/// A user of a pool, signed in or not. Clones are the same user.
pub struct User<T, S = MemoryStorage> {
    inner: Arc<Inner<T, S>>,
}

struct Inner<T, S> {
    pool: UserPool<T, S>,
    account: Account<Arc<S>>,
    /// Held while a refresh is under way; what it guards is the outcome of the last one, counted.
    refresh: async_lock::Mutex<Refreshed>,
    /// The same count, to be read without waiting.
    refreshes: Mutex<u64>,
}

#[derive(Default)]
struct Refreshed {
    count: u64,
    outcome: Option<Result<Session, Error>>,
}

/// Where a sign-in has got to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SignIn {
    /// The user is signed in, and storage knows.
    Done(Session),
    /// The password was a temporary one: answer with [`User::complete_new_password`].
    NewPasswordRequired(NewPasswordRequired),
}

/// What the service asks beside a new password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewPasswordRequired {
    /// What the service knows of the user.
    pub attributes: BTreeMap<String, String>,
    /// Attributes that the answer must have.
    pub required: Vec<String>,
}

impl<T, S> Clone for User<T, S> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
        }
    }
}

impl<T: Transport, S: Storage<Error = Error>> User<T, S> {
    pub(super) fn new(pool: UserPool<T, S>, username: String) -> Self {
        let client_id = pool.client_id().to_owned();
        let pool_name = pool.id().name().to_owned();
        let account = Account::new(client_id, pool_name, username, pool.storage().clone());
        let inner = Inner {
            pool,
            account,
            refresh: async_lock::Mutex::default(),
            refreshes: Mutex::default(),
        };
        Self {
            inner: inner.into(),
        }
    }

    /// The name as given; after [`sign_in`](Self::sign_in) the service's name for the user.
    pub fn username(&self) -> String {
        self.inner.account.username()
    }

    /// Signs in with SRP: the password does not leave this process.
    ///
    /// # Errors
    /// [`Error::Service`], with `NotAuthorizedException` for a wrong password;
    /// [`Error::UnsupportedChallenge`]; any other
    pub async fn sign_in(&self, password: &Password) -> Result<SignIn, Error> {
        let account = &self.inner.account;
        let (flow, request) = sign_in::srp(account, false, password.clone(), None)?;
        self.converse(flow, request).await
    }

    /// Signs in by sending the password to the service (`USER_PASSWORD_AUTH`).
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in)
    pub async fn sign_in_with_password(&self, password: &Password) -> Result<SignIn, Error> {
        let account = &self.inner.account;
        let request = sign_in::password(account, password.secret().into(), None)?;
        self.converse(Flow::open(), request).await
    }

    /// Answers [`SignIn::NewPasswordRequired`].
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in); `InvalidPasswordException`
    pub async fn complete_new_password(
        &self,
        password: &Password,
        attributes: &[(&str, &str)],
    ) -> Result<SignIn, Error> {
        let members = attributes
            .iter()
            .fold(Value::object(), |all, (name, value)| {
                all.with_text(name, value)
            });
        let account = &self.inner.account;
        let request = answer::new_password(account, password.secret().into(), &members)?;
        self.converse(Flow::open(), request).await
    }

    /// Confirms the registration with the code that was sent.
    ///
    /// # Errors
    /// [`Error::Service`], for example `CodeMismatchException`; [`Error::Network`]
    pub async fn confirm_registration(&self, code: &str) -> Result<(), Error> {
        let client_id = self.inner.pool.client_id();
        let request = operation::confirm_sign_up(client_id, code, &self.username());
        self.inner.pool.send(&request).await.map(drop)
    }

    /// Sends another registration code.
    ///
    /// # Errors
    /// [`Error::Service`], [`Error::Network`]
    pub async fn resend_confirmation_code(&self) -> Result<Option<CodeDelivery>, Error> {
        let client_id = self.inner.pool.client_id();
        let request = operation::resend_confirmation_code(client_id, &self.username());
        self.inner
            .pool
            .send(&request)
            .await
            .map(|answer| CodeDelivery::from_answer(&answer))
    }

    /// Sends a code to set a new password with.
    ///
    /// # Errors
    /// [`Error::Service`], [`Error::Network`]
    pub async fn forgot_password(&self) -> Result<Option<CodeDelivery>, Error> {
        let client_id = self.inner.pool.client_id();
        let request = operation::forgot_password(client_id, &self.username());
        self.inner
            .pool
            .send(&request)
            .await
            .map(|answer| CodeDelivery::from_answer(&answer))
    }

    /// Sets a new password with that code.
    ///
    /// # Errors
    /// [`Error::Service`], for example `ExpiredCodeException`; [`Error::Network`]
    pub async fn confirm_password(&self, code: &str, new: &Password) -> Result<(), Error> {
        let request = operation::confirm_forgot_password(
            self.inner.pool.client_id(),
            &self.username(),
            code,
            new.secret(),
        );
        self.inner.pool.send(&request).await.map(drop)
    }

    /// Replaces the password.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`] without a valid session; [`Error::Service`], [`Error::Network`]
    pub async fn change_password(&self, old: &Password, new: &Password) -> Result<(), Error> {
        let token = self.access_token()?;
        let request = operation::change_password(old.secret(), new.secret(), &token);
        self.inner.pool.send(&request).await.map(drop)
    }

    /// What the service knows of the user.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`] without a valid session; [`Error::Service`], [`Error::Network`]
    pub async fn attributes(&self) -> Result<BTreeMap<String, String>, Error> {
        let answer = self
            .inner
            .pool
            .send(&operation::by_token("GetUser", &self.access_token()?))
            .await?;
        let list = Json::get(&answer, "UserAttributes").map(|list| list.elements());
        let pair = |attribute: Value| Some((attribute.text("Name")?, attribute.text("Value")?));
        Ok(list.into_iter().flatten().filter_map(pair).collect())
    }

    /// The session: from memory, from storage, or refreshed.
    ///
    /// # Errors
    /// [`Misuse::NotSignedIn`], [`Misuse::NoRefreshToken`]; whatever a refresh fails with
    pub async fn session(&self) -> Result<Session, Error> {
        if let Some(session) = self.valid_session() {
            return Ok(session);
        }
        let stored = self
            .inner
            .account
            .stored_session()?
            .ok_or(Misuse::NotSignedIn)?;
        if stored.is_valid_at(now_millis()) {
            self.inner.account.set_session(Some(stored.clone()));
            return Ok(stored);
        }
        if stored.tokens().refresh.is_empty() {
            return Err(Misuse::NoRefreshToken.into());
        }
        self.refresh(&stored.tokens().refresh).await
    }

    /// New tokens for a refresh token. Callers at the same time share one refresh.
    ///
    /// # Errors
    /// `NotAuthorizedException` if the session is over, which is then forgotten; what passes
    /// ([`Error::Network`], throttling) after five repetitions
    pub async fn refresh(&self, refresh_token: &str) -> Result<Session, Error> {
        let inner = &self.inner;
        let asked_at = *inner
            .refreshes
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut last = inner.refresh.lock().await;
        if let (true, Some(outcome)) = (last.count > asked_at, &last.outcome) {
            return outcome.clone();
        }
        let outcome = self.refresh_now(refresh_token).await;
        last.count += 1;
        last.outcome = Some(outcome.clone());
        *inner
            .refreshes
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = last.count;
        outcome
    }

    /// Forgets the session here, then has the service revoke its refresh token.
    ///
    /// # Errors
    /// If that, or storage, failed; the session is forgotten all the same.
    pub async fn sign_out(&self) -> Result<(), Error> {
        let account = &self.inner.account;
        let session = account
            .session()
            .map_or_else(|| account.stored_session(), |session| Ok(Some(session)));
        account.clear()?;
        let refresh_token = session?.map(|session| session.tokens().refresh.clone());
        let Some(token) = refresh_token.filter(|token| !token.is_empty()) else {
            return Ok(());
        };
        let request = operation::revoke_token(&token, self.inner.pool.client_id());
        self.inner.pool.send_with_retry(&request).await.map(drop)
    }

    /// Ends all the user's sessions everywhere.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`] without a valid session; [`Error::Service`], [`Error::Network`]
    pub async fn global_sign_out(&self) -> Result<(), Error> {
        self.inner
            .pool
            .send(&operation::by_token("GlobalSignOut", &self.access_token()?))
            .await?;
        self.inner.account.clear()
    }

    /// Removes the user for good.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`] without a valid session; [`Error::Service`], [`Error::Network`]
    pub async fn delete(&self) -> Result<(), Error> {
        self.inner
            .pool
            .send(&operation::by_token("DeleteUser", &self.access_token()?))
            .await?;
        self.inner.account.clear()
    }

    async fn converse(
        &self,
        mut flow: Flow<Value>,
        mut request: Request<Value>,
    ) -> Result<SignIn, Error> {
        let account = &self.inner.account;
        loop {
            let response = self.inner.pool.send(&request).await;
            match flow.on_response(account, response)? {
                Step::Send(next) => request = next,
                Step::Challenge(challenge) => return Ok(SignIn::from(challenge)),
                Step::Done { .. } => {
                    let session = account.session().ok_or(Misuse::NotAuthenticated)?;
                    return Ok(SignIn::Done(session));
                }
            }
        }
    }

    async fn refresh_now(&self, refresh_token: &str) -> Result<Session, Error> {
        let account = &self.inner.account;
        let refresh = Refresh::new(refresh_token.to_owned());
        let device_key = account.device_to_refresh()?.map(Value::String);
        let request = refresh.request(self.inner.pool.client_id(), device_key);
        match self.inner.pool.send_with_retry(&request).await {
            Ok(response) => account.adopt_tokens(refresh.tokens(&response)?),
            // Only this says that the session is over; after anything else it may still be renewed.
            Err(error) if error.is("NotAuthorizedException") => {
                // If that fails too, the end of the session is the news.
                let _ = account.clear();
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    fn valid_session(&self) -> Option<Session> {
        let session = self.inner.account.session();
        session.filter(|session| session.is_valid_at(now_millis()))
    }

    fn access_token(&self) -> Result<String, Error> {
        let session = self.valid_session().ok_or(Misuse::NotAuthenticated)?;
        Ok(session.tokens().access.clone())
    }
}

impl From<Challenge<Value>> for SignIn {
    fn from(challenge: Challenge<Value>) -> Self {
        match challenge {
            Challenge::NewPassword {
                user_attributes,
                required_attributes,
            } => {
                let text = |(name, value): (String, Value)| Some((name, value.as_text()?));
                Self::NewPasswordRequired(NewPasswordRequired {
                    attributes: user_attributes
                        .members()
                        .into_iter()
                        .filter_map(text)
                        .collect(),
                    required: required_attributes,
                })
            }
            _ => todo!(),
        }
    }
}
