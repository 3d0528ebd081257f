//! REFRESH_TOKEN_AUTH: new tokens for a refresh token.

use crate::error::Error;
use crate::json::Json;
use crate::session::Tokens;

use super::Request;

/// One InitiateAuth; the driver repeats it as [`retry`](crate::retry) says.
pub(crate) struct Refresh {
    refresh_token: String,
}

impl Refresh {
    pub(crate) fn new(refresh_token: String) -> Self {
        Self { refresh_token }
    }

    /// The request. `device_key`: what storage has for the user's device, if anybody is signed in there.
    pub(crate) fn request<J: Json>(&self, client_id: &str, device_key: Option<J>) -> Request<J> {
        let parameters = J::object()
            .with_text("REFRESH_TOKEN", &self.refresh_token)
            .with("DEVICE_KEY", device_key);
        let body = J::object()
            .with_text("ClientId", client_id)
            .with_text("AuthFlow", "REFRESH_TOKEN_AUTH")
            .with("AuthParameters", parameters);
        Request::new("InitiateAuth", body)
    }

    /// The tokens of the answer; a refresh token that it does not replace stays in use.
    pub(crate) fn tokens<J: Json>(self, response: &J) -> Result<Tokens, Error> {
        let tokens = response
            .get("AuthenticationResult")
            .map(|result| Tokens::from_result(&result))
            .filter(|tokens| !tokens.access.is_empty())
            .ok_or(Error::UnexpectedResponse("neither tokens nor a challenge"))?;
        let is_replaced = !tokens.refresh.is_empty();
        Ok(Tokens {
            refresh: if is_replaced {
                tokens.refresh
            } else {
                self.refresh_token
            },
            ..tokens
        })
    }
}
