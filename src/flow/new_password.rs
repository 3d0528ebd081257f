//! NEW_PASSWORD_REQUIRED: the answer to a first sign-in with a temporary password.

use crate::account::Account;
use crate::json::Json;
use crate::storage::Storage;

use super::challenge::{ATTRIBUTE_PREFIX, dispatch};
use super::{Flow, Request, Step};

/// One RespondToAuthChallenge.
pub(crate) struct NewPassword<J> {
    password: J,
    attributes: J,
    client_metadata: Option<J>,
}

impl<J> NewPassword<J> {
    /// `attributes`: an object of attribute names and values, or null.
    pub(crate) fn new(password: J, attributes: J, client_metadata: Option<J>) -> Self {
        Self {
            password,
            attributes,
            client_metadata,
        }
    }
}

impl<J: Json, S: Storage> Flow<J, S> for NewPassword<J> {
    fn start(&mut self, account: &Account<S>) -> Result<Request<J>, S::Error> {
        let mut responses = J::object();
        for (name, value) in self.attributes.members() {
            responses.insert(&[ATTRIBUTE_PREFIX, &name].concat(), value);
        }
        let responses = responses
            .with("NEW_PASSWORD", self.password.clone())
            .with("USERNAME", account.username_value());
        let session = account.fields().session.as_deref().map(J::string);
        let body = J::object()
            .with_text("ChallengeName", "NEW_PASSWORD_REQUIRED")
            .with_text("ClientId", account.client_id())
            .with("ChallengeResponses", responses)
            .with("Session", session.unwrap_or_else(J::null))
            .with("ClientMetadata", self.client_metadata.clone());
        Ok(Request::with_context("RespondToAuthChallenge", body))
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
