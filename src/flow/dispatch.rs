//! The one place that reads what InitiateAuth and RespondToAuthChallenge answer.

use crate::error::Error;
use crate::json::Json;
use crate::session::Tokens;

use super::{Challenge, Field, Flow, Host, Step};

/// Precedes names of attributes in `requiredAttributes` and in the answer to NEW_PASSWORD_REQUIRED.
pub(super) const ATTRIBUTE_PREFIX: &str = "userAttributes.";

impl<J: Json> Flow<J> {
    /// Tokens, or the challenge by its name. A challenge that is not known here is never a session.
    pub(super) fn dispatch<H: Host<Value = J>>(
        &mut self,
        host: &H,
        response: &J,
    ) -> Result<Step<J>, H::Error> {
        let name = response.text("ChallengeName").unwrap_or_default();
        if name.is_empty() {
            return self.finish(host, response);
        }
        host.set(Field::Session, response.get("Session"));
        let parameters = response.get("ChallengeParameters").unwrap_or_else(J::null);
        Ok(Step::Challenge(match name.as_str() {
            "DEVICE_SRP_AUTH" => return self.offer_device(host, None).map(Step::Send),
            "NEW_PASSWORD_REQUIRED" => new_password(&parameters)?,
            "SMS_MFA" => Challenge::SmsMfa(parameters),
            "SOFTWARE_TOKEN_MFA" => Challenge::SoftwareTokenMfa(parameters),
            "SELECT_MFA_TYPE" => Challenge::SelectMfaType(parameters),
            "MFA_SETUP" => Challenge::MfaSetup(parameters),
            "CUSTOM_CHALLENGE" => Challenge::Custom(parameters),
            _ => Challenge::Other {
                name,
                parameters,
                available: response.get("AvailableChallenges"),
            },
        }))
    }

    /// Tokens: the session is the user's at once, a device that is new to the service comes after it.
    fn finish<H: Host<Value = J>>(&mut self, host: &H, response: &J) -> Result<Step<J>, H::Error> {
        let tokens = response
            .get("AuthenticationResult")
            .filter(Tokens::are_in)
            .ok_or(Error::UnexpectedResponse("neither tokens nor a challenge"))?;
        host.adopt(&tokens)?;
        match tokens.get("NewDeviceMetadata") {
            Some(metadata) => self
                .confirm_device(host, &metadata, tokens.get("AccessToken"))
                .map(Step::Send),
            None => Ok(Step::Done {
                confirmation_necessary: false,
            }),
        }
    }
}

/// Attributes and names are JSON texts inside the answer.
fn new_password<J: Json>(parameters: &J) -> Result<Challenge<J>, Error> {
    let parse = |key| match parameters.get(key) {
        None => Ok(J::null()),
        Some(text) => text
            .parsed()
            .ok_or(Error::UnexpectedResponse("attributes are not JSON")),
    };
    Ok(Challenge::NewPassword {
        user_attributes: parse("userAttributes")?,
        required_attributes: parse("requiredAttributes")?.without_prefix(ATTRIBUTE_PREFIX),
    })
}
