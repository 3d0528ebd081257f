//! Confirming that a new user is who they say.

use serde_json::json;

use crate::error::Error;
use crate::storage::Storage;

use super::User;
use crate::client::code_delivery::CodeDelivery;
use crate::client::transport::Transport;

impl<T: Transport, S: Storage<Error = Error>> User<T, S> {
    /// Confirms the registration with the code that was sent. `force_alias_creation`: an email address or
    /// phone number that another user signs in with becomes this user's.
    ///
    /// # Errors
    /// [`Error::Service`], for example `CodeMismatchException` and `AliasExistsException`;
    /// [`Error::Network`]
    pub async fn confirm_registration(
        &self,
        code: &str,
        force_alias_creation: bool,
    ) -> Result<(), Error> {
        let body = json!({
            "ClientId": self.pool.client_id(), "ConfirmationCode": code,
            "Username": self.username(), "ForceAliasCreation": force_alias_creation,
        });
        let answer = self.pool.send_with_metadata("ConfirmSignUp", body).await;
        answer.map(drop)
    }

    /// Sends another registration code.
    ///
    /// # Errors
    /// [`Error::Service`], [`Error::Network`]
    pub async fn resend_confirmation_code(&self) -> Result<Option<CodeDelivery>, Error> {
        let body = json!({ "ClientId": self.pool.client_id(), "Username": self.username() });
        let answer = self
            .pool
            .send_with_metadata("ResendConfirmationCode", body)
            .await?;
        Ok(CodeDelivery::from_answer(&answer))
    }
}
