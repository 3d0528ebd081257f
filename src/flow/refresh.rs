//! REFRESH_TOKEN_AUTH: new tokens for a refresh token.

use crate::account::Account;
use crate::error::Failure;
use crate::json::Json;
use crate::session::Tokens;
use crate::storage::Storage;

use super::challenge::tokens;
use super::{Flow, Request, Step};

/// One InitiateAuth; the driver repeats it as [`retry`](crate::retry) says.
pub(crate) struct Refresh<J> {
    refresh_token: String,
    device_key: Option<J>,
    client_metadata: Option<J>,
}

impl<J> Refresh<J> {
    /// `device_key`: what storage has for the user's device, if anybody is signed in there.
    pub(crate) fn new(
        refresh_token: String,
        device_key: Option<J>,
        client_metadata: Option<J>,
    ) -> Self {
        Self {
            refresh_token,
            device_key,
            client_metadata,
        }
    }
}

impl<J: Json, S: Storage> Flow<J, S> for Refresh<J> {
    fn start(&mut self, account: &Account<S>) -> Result<Request<J>, S::Error> {
        let parameters = J::object()
            .with_text("REFRESH_TOKEN", &self.refresh_token)
            .with("DEVICE_KEY", self.device_key.clone());
        let body = J::object()
            .with_text("ClientId", account.client_id())
            .with_text("AuthFlow", "REFRESH_TOKEN_AUTH")
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
        match response {
            // Only this says that the session is over; after anything else it may still be renewed.
            Err(error) if error.is("NotAuthorizedException") => {
                // If that fails too, the end of the session is the news.
                let _ = account.clear();
                Err(error)
            }
            Err(error) => Err(error),
            Ok(response) => {
                let renewed = tokens(&response)?;
                let kept = renewed
                    .refresh
                    .is_empty()
                    .then(|| self.refresh_token.clone());
                Ok(Step::Done(Tokens {
                    refresh: kept.unwrap_or(renewed.refresh),
                    ..renewed
                }))
            }
        }
    }
}
