//! Signing in, question by question.

use serde_json::Value;

use crate::error::{Error, Misuse};
use crate::flow::{Flow, Request, Step, answer, sign_in};
use crate::json::Json;
use crate::secret::Password;
use crate::storage::Storage;

use super::User;
use crate::client::mfa::Mfa;
use crate::client::sign_in::SignIn;
use crate::client::transport::Transport;

impl<T: Transport, S: Storage<Error = Error>> User<T, S> {
    /// Signs in with SRP: the password does not leave this process.
    ///
    /// # Errors
    /// [`Error::Service`], with `NotAuthorizedException` for a wrong password; any other
    pub async fn sign_in(&self, password: &Password) -> Result<SignIn, Error> {
        self.sign_in_with_srp(false, password).await
    }

    /// Signs in by sending the password to the service (`USER_PASSWORD_AUTH`).
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in)
    pub async fn sign_in_with_password(&self, password: &Password) -> Result<SignIn, Error> {
        let password = password.secret().into();
        let request = sign_in::password(self.account(), password, self.pool.client_metadata())?;
        self.converse(Flow::open(), request).await
    }

    /// Signs in by the pool's own questions (`CUSTOM_AUTH`), of which there is a first one at once.
    /// `parameters`: `AuthParameters` beside the name.
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in)
    pub async fn sign_in_custom(&self, parameters: &[(&str, &str)]) -> Result<SignIn, Error> {
        let metadata = self.pool.client_metadata();
        let request =
            sign_in::without_password(self.account(), "CUSTOM_AUTH", object(parameters), metadata)?;
        self.converse(Flow::open(), request).await
    }

    /// Signs in by a factor of the user's choice (`USER_AUTH`), mostly through
    /// [`SignIn::OtherChallenge`]. `parameters`: `AuthParameters` beside the name, such as
    /// `PREFERRED_CHALLENGE`.
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in)
    pub async fn sign_in_by_choice(&self, parameters: &[(&str, &str)]) -> Result<SignIn, Error> {
        let metadata = self.pool.client_metadata();
        let request =
            sign_in::without_password(self.account(), "USER_AUTH", object(parameters), metadata)?;
        self.converse(Flow::open(), request).await
    }

    /// Signs in with SRP, after which the pool has its own questions (`CUSTOM_AUTH`).
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in)
    pub async fn sign_in_custom_with_srp(&self, password: &Password) -> Result<SignIn, Error> {
        self.sign_in_with_srp(true, password).await
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
        let password = password.secret().into();
        let metadata = self.pool.client_metadata();
        let request =
            answer::new_password(self.account(), password, &object(attributes), metadata)?;
        self.converse(Flow::open(), request).await
    }

    /// Answers [`SignIn::SmsMfa`] and [`SignIn::SoftwareTokenMfa`]. After a wrong code, another may be
    /// tried.
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in); `CodeMismatchException`, `ExpiredCodeException`
    pub async fn answer_mfa(&self, mfa: Mfa, code: &str) -> Result<SignIn, Error> {
        let metadata = self.pool.client_metadata();
        let request = answer::mfa(self.account(), mfa.name(), code.into(), metadata)?;
        self.converse(Flow::open(), request).await
    }

    /// Answers [`SignIn::SelectMfaType`].
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in)
    pub async fn select_mfa(&self, mfa: Mfa) -> Result<SignIn, Error> {
        let metadata = self.pool.client_metadata();
        let request = answer::mfa_type(self.account(), mfa.name(), metadata)?;
        self.converse(Flow::open(), request).await
    }

    /// Answers [`SignIn::CustomChallenge`].
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in)
    pub async fn answer_custom_challenge(&self, answer: &str) -> Result<SignIn, Error> {
        let metadata = self.pool.client_metadata();
        let request = answer::custom_challenge(self.account(), answer.into(), metadata)?;
        self.converse(Flow::open(), request).await
    }

    /// Answers [`SignIn::OtherChallenge`] by its name. `responses`: `ChallengeResponses` beside the name
    /// of the user, such as `EMAIL_OTP_CODE`.
    ///
    /// # Errors
    /// As [`sign_in`](Self::sign_in)
    pub async fn answer_challenge(
        &self,
        name: &str,
        responses: &[(&str, &str)],
    ) -> Result<SignIn, Error> {
        let metadata = self.pool.client_metadata();
        let request = answer::other(self.account(), name, &object(responses), metadata)?;
        self.converse(Flow::open(), request).await
    }

    /// Answers [`SignIn::MfaSetup`], once the factor is set up.
    pub(super) async fn answer_mfa_setup(&self) -> Result<SignIn, Error> {
        let request = answer::mfa_setup(self.account(), self.pool.client_metadata())?;
        self.converse(Flow::open(), request).await
    }

    async fn sign_in_with_srp(
        &self,
        is_custom: bool,
        password: &Password,
    ) -> Result<SignIn, Error> {
        let metadata = self.pool.client_metadata();
        let (flow, request) = sign_in::srp(self.account(), is_custom, password.clone(), metadata)?;
        self.converse(flow, request).await
    }

    /// Goes on until the user is signed in or asked something.
    async fn converse(
        &self,
        mut flow: Flow<Value>,
        mut request: Request<Value>,
    ) -> Result<SignIn, Error> {
        loop {
            let response = self.pool.send(&request).await;
            match flow.on_response(self.account(), response)? {
                Step::Send(next) => request = next,
                Step::Challenge(challenge) => return challenge.try_into(),
                Step::Done {
                    confirmation_necessary,
                } => {
                    let session = self.account().session().ok_or(Misuse::NotAuthenticated)?;
                    return Ok(if confirmation_necessary {
                        SignIn::UserConfirmationNecessary(session)
                    } else {
                        SignIn::Done(session)
                    });
                }
            }
        }
    }
}

fn object(members: &[(&str, &str)]) -> Value {
    let members = members.iter();
    members.fold(Value::object(), |all, (name, value)| {
        all.with_text(name, value)
    })
}
