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
    pub(crate) fn request<J: Json>(
        &self,
        client_id: &str,
        device_key: Option<J>,
        client_metadata: Option<J>,
    ) -> Request<J> {
        let parameters = J::object()
            .with_text("REFRESH_TOKEN", &self.refresh_token)
            .with("DEVICE_KEY", device_key);
        let body = J::object()
            .with_text("ClientId", client_id)
            .with_text("AuthFlow", "REFRESH_TOKEN_AUTH")
            .with("AuthParameters", parameters)
            .with("ClientMetadata", client_metadata);
        Request::new("InitiateAuth", body)
    }

    /// The tokens of the answer; a refresh token that it does not replace stays in use.
    pub(crate) fn tokens<J: Json>(self, response: &J) -> Result<Tokens, Error> {
        let result = response
            .get("AuthenticationResult")
            .filter(Tokens::are_in)
            .ok_or(Error::UnexpectedResponse("no tokens"))?;
        let mut tokens = Tokens::from_result(&result);
        if tokens.refresh.is_empty() {
            tokens.refresh = self.refresh_token;
        }
        Ok(tokens)
    }
}
