//! RespondToAuthChallenge: the application's answers.

use crate::json::Json;

use super::dispatch::ATTRIBUTE_PREFIX;
use super::{Field, Host, Request};

/// NEW_PASSWORD_REQUIRED. `attributes`: an object of attribute names and values, or null.
pub(crate) fn new_password<H: Host>(
    host: &H,
    password: H::Value,
    attributes: &H::Value,
    client_metadata: Option<H::Value>,
) -> Result<Request<H::Value>, H::Error> {
    let mut responses = H::Value::object();
    for (name, value) in attributes.members() {
        responses.insert(&[ATTRIBUTE_PREFIX, &name].concat(), value);
    }
    let responses = responses
        .with("NEW_PASSWORD", password)
        .with("USERNAME", host.get(Field::Username));
    respond(host, "NEW_PASSWORD_REQUIRED", responses, client_metadata)
}

/// `SMS_MFA` or `SOFTWARE_TOKEN_MFA`, whose code goes under the challenge's own name.
pub(crate) fn mfa<H: Host>(
    host: &H,
    challenge: &str,
    code: H::Value,
    client_metadata: Option<H::Value>,
) -> Result<Request<H::Value>, H::Error> {
    let responses = username(host)
        .with(&[challenge, "_CODE"].concat(), code)
        .with("DEVICE_KEY", host.get(Field::DeviceKey));
    respond(host, challenge, responses, client_metadata)
}

/// SELECT_MFA_TYPE, by the name of the challenge that is to come.
pub(crate) fn mfa_type<H: Host>(
    host: &H,
    challenge: &str,
    client_metadata: Option<H::Value>,
) -> Result<Request<H::Value>, H::Error> {
    let responses = username(host).with_text("ANSWER", challenge);
    respond(host, "SELECT_MFA_TYPE", responses, client_metadata)
}

/// MFA_SETUP, once the factor is set up: the session says which.
pub(crate) fn mfa_setup<H: Host>(
    host: &H,
    client_metadata: Option<H::Value>,
) -> Result<Request<H::Value>, H::Error> {
    respond(host, "MFA_SETUP", username(host), client_metadata)
}

/// CUSTOM_CHALLENGE: whatever the pool's triggers want.
pub(crate) fn custom_challenge<H: Host>(
    host: &H,
    answer: H::Value,
    client_metadata: Option<H::Value>,
) -> Result<Request<H::Value>, H::Error> {
    let responses = username(host)
        .with("ANSWER", answer)
        .with("DEVICE_KEY", host.get(Field::DeviceKey));
    respond(host, "CUSTOM_CHALLENGE", responses, client_metadata)
}

/// Any other challenge. `responses`: an object of what the service documents for it.
pub(crate) fn other<H: Host>(
    host: &H,
    challenge: &str,
    responses: &H::Value,
    client_metadata: Option<H::Value>,
) -> Result<Request<H::Value>, H::Error> {
    let mut all = username(host);
    for (name, value) in responses.members() {
        all.insert(&name, value);
    }
    respond(host, challenge, all, client_metadata)
}

fn username<H: Host>(host: &H) -> H::Value {
    H::Value::object().with("USERNAME", host.get(Field::Username))
}

fn respond<H: Host>(
    host: &H,
    challenge: &str,
    responses: H::Value,
    client_metadata: Option<H::Value>,
) -> Result<Request<H::Value>, H::Error> {
    let body = H::Value::object()
        .with_text("ChallengeName", challenge)
        .with("ClientId", host.client_id()?)
        .with("ChallengeResponses", responses)
        .with("Session", host.get(Field::Session))
        .with("ClientMetadata", client_metadata);
    Ok(Request::new("RespondToAuthChallenge", body))
}
