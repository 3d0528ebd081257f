//! Users.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::account::Account;
use crate::error::{Error, Misuse};
use crate::flow::{
    Challenge, Flow, NewPassword, Refresh, Request, SignInPassword, SignInSrp, Step, operation,
};
use crate::json::Json;
use crate::platform::{now_millis, random};
use crate::secret::Password;
use crate::session::{Session, Tokens};
use crate::storage::{MemoryStorage, Storage};

use super::pool::{CodeDelivery, UserPool};
use super::transport::Transport;

/// A user of a pool, signed in or not. Clones are the same user.
pub struct User<T, S = MemoryStorage> {
    inner: Arc<Inner<T, S>>,
}

struct Inner<T, S> {
    pool: UserPool<T, S>,
    account: Account<Arc<S>>,
    session: Mutex<Option<Session>>,
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
            session: Mutex::default(),
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
        let random = random(SignInSrp::<Value>::RANDOM_BYTES)?;
        self.converse(SignInSrp::new(password.clone(), None, random))
            .await
    }

    /// Signs in by sending the password to the service (`USER_PASSWORD_AUTH`).
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in)
    pub async fn sign_in_with_password(&self, password: &Password) -> Result<SignIn, Error> {
        self.converse(SignInPassword::new(password.secret().into(), None))
            .await
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
        self.converse(NewPassword::new(password.secret().into(), members, None))
            .await
    }

    /// Confirms the registration with the code that was sent.
    ///
    /// # Errors
    /// [`Error::Service`], for example `CodeMismatchException`; [`Error::Network`]
    pub async fn confirm_registration(&self, code: &str) -> Result<(), Error> {
        let client_id = self.inner.pool.client_id();
        let username = self.username().into();
        let request =
            operation::confirm_sign_up(client_id, code.into(), username, true.into(), None);
        self.inner.pool.send(&request).await.map(drop)
    }

    /// Sends another registration code.
    ///
    /// # Errors
    /// [`Error::Service`], [`Error::Network`]
    pub async fn resend_confirmation_code(&self) -> Result<Option<CodeDelivery>, Error> {
        let client_id = self.inner.pool.client_id();
        let request = operation::resend_confirmation_code(client_id, self.username().into(), None);
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
        let request = operation::forgot_password(client_id, self.username().into(), None);
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
            self.username().into(),
            code.into(),
            new.secret().into(),
            None,
        );
        self.inner.pool.send(&request).await.map(drop)
    }

    /// Replaces the password.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`] without a valid session; [`Error::Service`], [`Error::Network`]
    pub async fn change_password(&self, old: &Password, new: &Password) -> Result<(), Error> {
        let (old, new) = (old.secret().into(), new.secret().into());
        let request = operation::change_password(old, new, self.access_token()?, None);
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
            .send(&operation::get_user(self.access_token()?))
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
        let stored = self.stored_session()?.ok_or(Misuse::NotSignedIn)?;
        if stored.is_valid_at(now_millis()) {
            self.remember(Some(stored.clone()));
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
        let session = self
            .memory()
            .map_or_else(|| self.stored_session(), |session| Ok(Some(session)));
        self.remember(None);
        self.inner.account.clear()?;
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
            .send(&operation::global_sign_out(self.access_token()?))
            .await?;
        self.remember(None);
        self.inner.account.clear()
    }

    /// Removes the user for good.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`] without a valid session; [`Error::Service`], [`Error::Network`]
    pub async fn delete(&self) -> Result<(), Error> {
        self.inner
            .pool
            .send(&operation::delete_user(self.access_token()?, None))
            .await?;
        self.remember(None);
        self.inner.account.clear()
    }

    async fn converse(&self, mut flow: impl Flow<Value, Arc<S>>) -> Result<SignIn, Error> {
        let account = &self.inner.account;
        let mut request = flow.start(account)?;
        loop {
            let response = self.inner.pool.send(&request).await;
            match flow.on_response(account, response, now_millis())? {
                Step::Send(next) => request = next,
                Step::Challenge(challenge) => return Ok(SignIn::from(challenge)),
                Step::Done(tokens) => return self.adopt(tokens).map(SignIn::Done),
            }
        }
    }

    async fn refresh_now(&self, refresh_token: &str) -> Result<Session, Error> {
        let account = &self.inner.account;
        let device_key = match account.device_to_refresh()? {
            Some(key) => account.storage().get(&key)?.map(Value::String),
            None => None,
        };
        let mut flow = Refresh::new(refresh_token.to_owned(), device_key, None);
        let request: Request<Value> = Flow::<_, Arc<S>>::start(&mut flow, account)?;
        let response = self.inner.pool.send_with_retry(&request).await;
        match flow.on_response(account, response, now_millis())? {
            Step::Done(tokens) => self.adopt(tokens),
            Step::Send(_) | Step::Challenge(_) => Err(Error::UnexpectedResponse("no tokens")),
        }
    }

    fn adopt(&self, tokens: Tokens) -> Result<Session, Error> {
        let session = Session::issued(tokens, now_millis());
        self.remember(Some(session.clone()));
        let clock_drift = session.clock_drift().to_string();
        self.inner
            .account
            .store_tokens(session.tokens(), &clock_drift)?;
        Ok(session)
    }

    fn memory(&self) -> Option<Session> {
        self.inner
            .session
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn remember(&self, session: Option<Session>) {
        *self
            .inner
            .session
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = session;
    }

    fn valid_session(&self) -> Option<Session> {
        self.memory()
            .filter(|session| session.is_valid_at(now_millis()))
    }

    fn access_token(&self) -> Result<Value, Error> {
        let session = self.valid_session().ok_or(Misuse::NotAuthenticated)?;
        Ok(session.tokens().access.as_str().into())
    }

    fn stored_session(&self) -> Result<Option<Session>, Error> {
        let stored = self.inner.account.stored_tokens()?;
        Ok(stored.map(|stored| {
            let drift = stored.clock_drift.and_then(|drift| drift.parse().ok());
            Session::stored(
                stored.tokens,
                drift.filter(|drift: &f64| drift.is_finite()).unwrap_or(0.0),
            )
        }))
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
        }
    }
}
