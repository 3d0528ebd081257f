//! Passwords that are forgotten or replaced.

use serde_json::json;

use crate::error::Error;
use crate::secret::Password;
use crate::storage::Storage;

use super::User;
use crate::client::code_delivery::CodeDelivery;
use crate::client::transport::Transport;

impl<T: Transport, S: Storage<Error = Error>> User<T, S> {
    /// Sends a code to set a new password with.
    ///
    /// # Errors
    /// [`Error::Service`], [`Error::Network`]
    pub async fn forgot_password(&self) -> Result<Option<CodeDelivery>, Error> {
        let body = json!({ "ClientId": self.pool.client_id(), "Username": self.username() });
        let answer = self.pool.send_with_metadata("ForgotPassword", body).await?;
        Ok(CodeDelivery::from_answer(&answer))
    }

    /// Sets a new password with that code.
    ///
    /// # Errors
    /// [`Error::Service`], for example `ExpiredCodeException`; [`Error::Network`]
    pub async fn confirm_password(&self, code: &str, new: &Password) -> Result<(), Error> {
        let body = json!({
            "ClientId": self.pool.client_id(), "Username": self.username(),
            "ConfirmationCode": code, "Password": new.secret(),
        });
        let answer = self
            .pool
            .send_with_metadata("ConfirmForgotPassword", body)
            .await;
        answer.map(drop)
    }

    /// Replaces the password of a signed-in user.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`](crate::Misuse::NotAuthenticated); [`Error::Service`],
    /// [`Error::Network`]
    pub async fn change_password(&self, old: &Password, new: &Password) -> Result<(), Error> {
        let body = json!({ "PreviousPassword": old.secret(), "ProposedPassword": new.secret() });
        let answer = self
            .send_authorized_with_metadata("ChangePassword", body)
            .await;
        answer.map(drop)
    }
}
