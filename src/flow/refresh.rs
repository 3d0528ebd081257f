//! New tokens for a refresh token: REFRESH_TOKEN_AUTH, or GetTokensFromRefreshToken where these rotate.

use crate::error::Error;
use crate::json::Json;
use crate::session::Tokens;

use super::Request;

/// One request; the driver repeats it as [`retry`](crate::retry) says.
pub(crate) struct Refresh {
    refresh_token: String,
    /// Whether each refresh token is good once: then InitiateAuth takes none.
    rotates: bool,
}

impl Refresh {
    pub(crate) fn new(refresh_token: String, rotates: bool) -> Self {
        Self {
            refresh_token,
            rotates,
        }
    }

    /// The request. `device_key`: what storage has for the user's device, if anybody is signed in there.
    pub(crate) fn request<J: Json>(
        &self,
        client_id: &str,
        device_key: Option<J>,
        client_metadata: Option<J>,
    ) -> Request<J> {
        if self.rotates {
            let body = J::object()
                .with_text("ClientId", client_id)
                .with_text("RefreshToken", &self.refresh_token)
                .with("DeviceKey", device_key)
                .with("ClientMetadata", client_metadata);
            return Request::new("GetTokensFromRefreshToken", body);
        }
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
