//! A user's session: where it comes from and how it ends.

use serde_json::{Value, json};

use crate::error::{Error, Failure, Misuse};
use crate::flow::{Refresh, Request};
use crate::platform::now_millis;
use crate::session::{Session, Tokens};
use crate::storage::Storage;

use super::User;
use crate::client::transport::Transport;

impl<T: Transport, S: Storage<Error = Error>> User<T, S> {
    /// The session: from memory, from storage, or refreshed.
    ///
    /// # Errors
    /// [`Misuse::NotSignedIn`], [`Misuse::NoRefreshToken`]; whatever a refresh fails with
    pub async fn session(&self) -> Result<Session, Error> {
        if let Some(session) = self.valid_session() {
            return Ok(session);
        }
        let stored = self.account().stored_session()?;
        let stored = stored.ok_or(Misuse::NotSignedIn)?;
        if stored.is_valid_at(now_millis()) {
            self.account().set_session(Some(stored.clone()));
            return Ok(stored);
        }
        if stored.tokens().refresh.is_empty() {
            return Err(Misuse::NoRefreshToken.into());
        }
        self.refresh(&stored.tokens().refresh).await
    }

    /// Makes tokens from elsewhere, such as the hosted UI, the user's session, here and in storage.
    ///
    /// # Errors
    /// [`Error::Storage`]
    pub fn set_tokens(&self, tokens: Tokens) -> Result<Session, Error> {
        self.account().clear_data()?;
        self.account().adopt_tokens(tokens)
    }

    /// New tokens for a refresh token. Callers at the same time share one refresh.
    ///
    /// # Errors
    /// `NotAuthorizedException` if the session is over, which is then forgotten; what passes
    /// ([`Error::Network`], throttling) after five repetitions
    pub async fn refresh(&self, refresh_token: &str) -> Result<Session, Error> {
        let work = self.refresh_now(refresh_token);
        self.inner.refreshes.run(work).await?;
        // Unless it was signed out meanwhile.
        let session = self.account().session();
        session.ok_or_else(|| Misuse::NotSignedIn.into())
    }

    /// Forgets the session here, then has the service revoke its refresh token.
    ///
    /// # Errors
    /// If that, or storage, failed; the session is forgotten all the same.
    pub async fn sign_out(&self) -> Result<(), Error> {
        let session = self.any_session();
        self.sign_out_here()?;
        match session? {
            Some(session) => self.revoke(&session).await,
            None => Ok(()),
        }
    }

    /// Forgets the session here; the service is not told.
    ///
    /// # Errors
    /// [`Error::Storage`]; the session in memory is forgotten all the same.
    pub fn sign_out_here(&self) -> Result<(), Error> {
        self.account().clear()
    }

    /// Has the service revoke the session's refresh token, and with it all tokens that came from it. The
    /// session stays here.
    ///
    /// # Errors
    /// [`Misuse::NotSignedIn`]; [`Error::Service`], [`Error::Network`]
    pub async fn revoke_tokens(&self) -> Result<(), Error> {
        let session = self.any_session()?.ok_or(Misuse::NotSignedIn)?;
        self.revoke(&session).await
    }

    /// Ends all the user's sessions everywhere.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`] without a valid session; [`Error::Service`], [`Error::Network`]
    pub async fn global_sign_out(&self) -> Result<(), Error> {
        self.send_authorized("GlobalSignOut", json!({})).await?;
        self.account().clear()
    }

    /// Removes the user for good.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`] without a valid session; [`Error::Service`], [`Error::Network`]
    pub async fn delete(&self) -> Result<(), Error> {
        self.send_authorized_with_metadata("DeleteUser", json!({}))
            .await?;
        self.account().clear()
    }

    async fn refresh_now(&self, refresh_token: &str) -> Result<(), Error> {
        let refresh = Refresh::new(refresh_token.to_owned(), self.pool.rotates_refresh_tokens());
        let device_key = self.device_key()?.map(Value::String);
        let metadata = self.pool.client_metadata();
        let request = refresh.request(self.pool.client_id(), device_key, metadata);
        match self.pool.send_with_retry(&request).await {
            Ok(response) => {
                let tokens = refresh.tokens(&response)?;
                self.account().adopt_tokens(tokens).map(drop)
            }
            // Only this says that the session is over; after anything else it may still be renewed.
            Err(error) if error.is("NotAuthorizedException") => {
                // If that fails too, the end of the session is the news.
                let _ = self.account().clear();
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    async fn revoke(&self, session: &Session) -> Result<(), Error> {
        if !session.is_revocable() {
            return Ok(());
        }
        let body = json!({ "Token": session.tokens().refresh, "ClientId": self.pool.client_id() });
        let request = Request::new("RevokeToken", body);
        self.pool.send_with_retry(&request).await.map(drop)
    }

    /// The session in memory, or else in storage, valid or not.
    fn any_session(&self) -> Result<Option<Session>, Error> {
        match self.account().session() {
            Some(session) => Ok(Some(session)),
            None => self.account().stored_session(),
        }
    }
}
