//! What a user says of themselves, and proofs of it.

use std::collections::BTreeMap;

use serde_json::json;

use crate::error::Error;
use crate::storage::Storage;

use super::User;
use crate::client::code_delivery::CodeDelivery;
use crate::client::pool::attribute_list;
use crate::client::transport::Transport;

/// All methods are for signed-in users, and fail with
/// [`Misuse::NotAuthenticated`](crate::Misuse::NotAuthenticated) without a valid session.
impl<T: Transport, S: Storage<Error = Error>> User<T, S> {
    /// What the service knows of the user.
    ///
    /// # Errors
    /// `NotAuthenticated`; [`Error::Service`], [`Error::Network`]
    pub async fn attributes(&self) -> Result<BTreeMap<String, String>, Error> {
        Ok(self.fetch_data().await?.attributes)
    }

    /// Sets attributes. The result says where codes went, to verify those that need it.
    ///
    /// # Errors
    /// `NotAuthenticated`; [`Error::Service`], for example `AliasExistsException`; [`Error::Network`]
    pub async fn update_attributes(
        &self,
        attributes: &[(&str, &str)],
    ) -> Result<Vec<CodeDelivery>, Error> {
        let body = json!({ "UserAttributes": attribute_list(attributes) });
        let answer = self
            .send_authorized_with_metadata("UpdateUserAttributes", body)
            .await?;
        self.account().clear_data()?;
        Ok(CodeDelivery::list_from_answer(&answer))
    }

    /// Takes attributes away.
    ///
    /// # Errors
    /// `NotAuthenticated`; [`Error::Service`], [`Error::Network`]
    pub async fn delete_attributes(&self, names: &[&str]) -> Result<(), Error> {
        let body = json!({ "UserAttributeNames": names });
        self.send_authorized("DeleteUserAttributes", body).await?;
        self.account().clear_data()
    }

    /// Sends a code that verifies `email` or `phone_number`.
    ///
    /// # Errors
    /// `NotAuthenticated`; [`Error::Service`], [`Error::Network`]
    pub async fn attribute_verification_code(
        &self,
        name: &str,
    ) -> Result<Option<CodeDelivery>, Error> {
        let body = json!({ "AttributeName": name });
        let operation = "GetUserAttributeVerificationCode";
        let answer = self.send_authorized_with_metadata(operation, body).await?;
        Ok(CodeDelivery::from_answer(&answer))
    }

    /// Verifies an attribute with that code.
    ///
    /// # Errors
    /// `NotAuthenticated`; [`Error::Service`], for example `CodeMismatchException`; [`Error::Network`]
    pub async fn verify_attribute(&self, name: &str, code: &str) -> Result<(), Error> {
        let body = json!({ "AttributeName": name, "Code": code });
        self.send_authorized("VerifyUserAttribute", body).await?;
        self.account().clear_data()
    }
}
