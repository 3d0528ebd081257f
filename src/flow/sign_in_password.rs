//! USER_PASSWORD_AUTH: the service gets the password and does the rest.

use crate::account::Account;
use crate::json::Json;
use crate::storage::Storage;

use super::challenge::dispatch;
use super::{Flow, Request, Step};

/// One InitiateAuth.
pub(crate) struct SignInPassword<J> {
    password: J,
    client_metadata: Option<J>,
}

impl<J> SignInPassword<J> {
    pub(crate) fn new(password: J, client_metadata: Option<J>) -> Self {
        Self {
            password,
            client_metadata,
        }
    }
}

impl<J: Json, S: Storage> Flow<J, S> for SignInPassword<J> {
    fn start(&mut self, account: &Account<S>) -> Result<Request<J>, S::Error> {
        // Unlike SRP, the device of the name as typed.
        account.load_device()?;
        let parameters = J::object()
            .with("USERNAME", account.username_value())
            .with("PASSWORD", self.password.clone())
            .with("DEVICE_KEY", account.device_key_value());
        let body = J::object()
            .with_text("AuthFlow", "USER_PASSWORD_AUTH")
            .with_text("ClientId", account.client_id())
            .with("AuthParameters", parameters)
            .with("ClientMetadata", self.client_metadata.clone());
        Ok(Request::with_context("InitiateAuth", body))
    }

    fn on_response(
        &mut self,
        account: &Account<S>,
        response: Result<J, S::Error>,
        _now_millis: i64,
    ) -> Result<Step<J>, S::Error> {
        Ok(dispatch(account, &response?)?)
    }
}
