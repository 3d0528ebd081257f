//! Setting up second factors.

use serde_json::{Value, json};

use crate::error::{Error, Misuse};
use crate::flow::{Field, Host, Request};
use crate::json::Json;
use crate::secret::SecretCode;
use crate::storage::Storage;

use super::User;
use crate::client::mfa::{Mfa, MfaPreference};
use crate::client::sign_in::SignIn;
use crate::client::transport::Transport;

impl<T: Transport, S: Storage<Error = Error>> User<T, S> {
    /// Begins to set up an authenticator application: for [`SignIn::MfaSetup`], or for a user who is signed
    /// in. The application takes the secret, often as the QR code of an `otpauth://` link;
    /// [`verify_software_token`](Self::verify_software_token) ends it.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`] without a session or a sign-in under way; [`Error::Service`],
    /// [`Error::Network`]
    pub async fn associate_software_token(&self) -> Result<SecretCode, Error> {
        let answer = self
            .send_for_token("AssociateSoftwareToken", json!({}))
            .await?;
        let secret = answer.text("SecretCode");
        secret
            .map(SecretCode::from)
            .ok_or(Error::UnexpectedResponse("no secret code"))
    }

    /// Proves by a first code that the application has the secret, and gives it a name. A sign-in that
    /// waited for that goes on; of a user who is signed in, it is what it was.
    ///
    /// # Errors
    /// As [`associate_software_token`](Self::associate_software_token); `EnableSoftwareTokenMFAException`
    /// for a wrong code
    pub async fn verify_software_token(
        &self,
        code: &str,
        friendly_device_name: &str,
    ) -> Result<SignIn, Error> {
        let session = self.valid_session();
        let body = json!({ "UserCode": code, "FriendlyDeviceName": friendly_device_name });
        let answer = self.send_for_token("VerifySoftwareToken", body).await?;
        if answer.text("Status").as_deref() != Some("SUCCESS") {
            return Err(Error::UnexpectedResponse(
                "the software token is not verified",
            ));
        }
        match session {
            Some(session) => Ok(SignIn::Done(session)),
            None => self.answer_mfa_setup().await,
        }
    }

    /// Which factors a signed-in user is asked for; those not named stay as they are.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`]; [`Error::Service`], for example for a factor that is not set up;
    /// [`Error::Network`]
    pub async fn set_mfa_preference(
        &self,
        preferences: &[(Mfa, MfaPreference)],
    ) -> Result<(), Error> {
        let body = preferences
            .iter()
            .fold(Value::object(), |body, (mfa, preference)| {
                body.with(mfa.settings(), preference.to_json())
            });
        self.send_authorized("SetUserMFAPreference", body).await?;
        self.account().clear_data()
    }

    /// Sends what either a signed-in user may ask or one who is at [`SignIn::MfaSetup`], whose session goes
    /// on with the answer.
    async fn send_for_token(&self, operation: &'static str, body: Value) -> Result<Value, Error> {
        if self.valid_session().is_some() {
            return self.send_authorized(operation, body).await;
        }
        let session = self.account().get(Field::Session);
        let body = body.with("Session", session.ok_or(Misuse::NotAuthenticated)?);
        let answer = self.pool.send(&Request::new(operation, body)).await?;
        self.account()
            .set(Field::Session, Json::get(&answer, "Session"));
        Ok(answer)
    }
}
