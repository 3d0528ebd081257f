//! The one place that reads what InitiateAuth and RespondToAuthChallenge answer.

use crate::account::Account;
use crate::error::Error;
use crate::json::Json;
use crate::session::Tokens;

use super::{Challenge, Step};

/// Precedes names of attributes in `requiredAttributes` and in the answer to NEW_PASSWORD_REQUIRED.
pub(super) const ATTRIBUTE_PREFIX: &str = "userAttributes.";

/// Tokens, or the challenge by its name. A challenge that is not known here is an error that names it,
/// never a session.
pub(super) fn dispatch<J: Json, S>(account: &Account<S>, response: &J) -> Result<Step<J>, Error> {
    match response.text("ChallengeName").as_deref() {
        None | Some("") => tokens(response).map(Step::Done),
        Some("NEW_PASSWORD_REQUIRED") => {
            account.fields().session = response.text("Session");
            new_password(response).map(Step::Challenge)
        }
        Some(name) => Err(Error::UnsupportedChallenge(name.to_owned())),
    }
}

/// The tokens of an answer that has no challenge.
pub(super) fn tokens<J: Json>(response: &J) -> Result<Tokens, Error> {
    response
        .get("AuthenticationResult")
        .map(|result| Tokens::from_result(&result))
        .filter(|tokens| !tokens.access.is_empty())
        .ok_or(Error::UnexpectedResponse("neither tokens nor a challenge"))
}

/// Attributes and names are JSON texts inside the answer.
fn new_password<J: Json>(response: &J) -> Result<Challenge<J>, Error> {
    let parameters = response.get("ChallengeParameters");
    let parse = |key| match parameters
        .as_ref()
        .and_then(|parameters| parameters.text(key))
    {
        None => Ok(J::null()),
        Some(text) => J::parse(&text).ok_or(Error::UnexpectedResponse("attributes are not JSON")),
    };
    let unprefixed = |name: String| match name.strip_prefix(ATTRIBUTE_PREFIX) {
        Some(name) => name.to_owned(),
        None => name,
    };
    let required = parse("requiredAttributes")?.elements();
    Ok(Challenge::NewPassword {
        user_attributes: parse("userAttributes")?,
        required_attributes: required
            .iter()
            .filter_map(J::as_text)
            .map(unprefixed)
            .collect(),
    })
}
