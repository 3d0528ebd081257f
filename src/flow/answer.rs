//! RespondToAuthChallenge: the application's answers.

use crate::json::Json;

use super::dispatch::ATTRIBUTE_PREFIX;
use super::{Field, Host, Request};

/// NEW_PASSWORD_REQUIRED. `attributes`: an object of attribute names and values, or null.
pub(crate) fn new_password<H: Host>(
    host: &H,
    password: H::Value,
    attributes: &H::Value,
) -> Result<Request<H::Value>, H::Error> {
    let mut responses = H::Value::object();
    for (name, value) in attributes.members() {
        responses.insert(&[ATTRIBUTE_PREFIX, &name].concat(), value);
    }
    let responses = responses
        .with("NEW_PASSWORD", password)
        .with("USERNAME", host.get(Field::Username));
    respond(host, "NEW_PASSWORD_REQUIRED", responses)
}

/// Any challenge that is answered by one value, under this name: a code, a choice, or whatever the pool's
/// triggers want.
pub(crate) fn value<H: Host>(
    host: &H,
    challenge: &str,
    key: &str,
    value: H::Value,
) -> Result<Request<H::Value>, H::Error> {
    let responses = H::Value::object()
        .with("USERNAME", host.get(Field::Username))
        .with(key, value)
        .with("DEVICE_KEY", host.get(Field::DeviceKey));
    respond(host, challenge, responses)
}

/// MFA_SETUP, once the factor is set up: the session says which.
pub(crate) fn mfa_setup<H: Host>(host: &H) -> Result<Request<H::Value>, H::Error> {
    let responses = H::Value::object().with("USERNAME", host.get(Field::Username));
    respond(host, "MFA_SETUP", responses)
}

fn respond<H: Host>(
    host: &H,
    challenge: &str,
    responses: H::Value,
) -> Result<Request<H::Value>, H::Error> {
    let body = H::Value::object()
        .with_text("ChallengeName", challenge)
        .with("ClientId", host.client_id()?)
        .with("ChallengeResponses", responses)
        .with("Session", host.get(Field::Session));
    Ok(Request::new("RespondToAuthChallenge", body))
}
