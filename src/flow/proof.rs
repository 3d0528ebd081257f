//! PASSWORD_VERIFIER and DEVICE_PASSWORD_VERIFIER: the proofs that end an SRP exchange.

use cognito_srp::{Claim, ClientEphemeral, Credentials, encoding};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::json::Json;
use crate::secret::Password;

use super::host::text;
use super::{Field, Host, Request};

/// Whether the answer to A asks for the proof of the password. Upstream takes any first answer for that;
/// one that has another name is not.
pub(super) fn is_asked_for<J: Json>(response: &J) -> bool {
    match response.text("ChallengeName") {
        Some(name) => name == "PASSWORD_VERIFIER",
        None => response.get("ChallengeParameters").is_some(),
    }
}

/// The proof that the password is known.
pub(super) fn of_user<H: Host>(
    host: &H,
    ephemeral: &ClientEphemeral,
    password: &Password,
    response: &H::Value,
    client_metadata: Option<H::Value>,
) -> Result<Request<H::Value>, H::Error> {
    // The service's name for the user enters the proof, and is who they are from now on.
    let user_id = parameter(response, "USER_ID_FOR_SRP")?;
    host.set(Field::Username, Some(H::Value::string(&user_id)));
    host.load_device()?;
    let credentials = Credentials {
        group: &host.pool_name()?,
        identity: &user_id,
        password: password.secret(),
    };
    let responses = sign(host, ephemeral, credentials, response)?
        .with("DEVICE_KEY", host.get(Field::DeviceKey));
    let body = body(host, "PASSWORD_VERIFIER", responses, response)?
        .with("ClientMetadata", client_metadata);
    Ok(Request::new("RespondToAuthChallenge", body))
}

/// The same proof, from no device.
pub(super) fn without_device<J: Json>(mut proof: Request<J>) -> Request<J> {
    if let Some(mut responses) = proof.body.get("ChallengeResponses") {
        responses.insert("DEVICE_KEY", J::null());
        proof.body.insert("ChallengeResponses", responses);
    }
    proof
}

/// The proof that this is the device that the service remembers.
pub(super) fn of_device<H: Host>(
    host: &H,
    ephemeral: &ClientEphemeral,
    response: &H::Value,
) -> Result<Request<H::Value>, H::Error> {
    let device_key = text(host, Field::DeviceKey)?;
    let password = Zeroizing::new(text(host, Field::RandomPassword)?);
    let credentials = Credentials {
        group: &text(host, Field::DeviceGroupKey)?,
        identity: &device_key,
        password: &password,
    };
    let responses =
        sign(host, ephemeral, credentials, response)?.with_text("DEVICE_KEY", &device_key);
    let body = body(host, "DEVICE_PASSWORD_VERIFIER", responses, response)?;
    Ok(Request::new("RespondToAuthChallenge", body))
}

/// `ChallengeResponses` but for the device.
fn sign<H: Host>(
    host: &H,
    ephemeral: &ClientEphemeral,
    credentials: Credentials<'_>,
    response: &H::Value,
) -> Result<H::Value, Error> {
    let (server_public, salt) = (parameter(response, "SRP_B")?, parameter(response, "SALT")?);
    let key = ephemeral
        .authentication_key(credentials, &server_public, &salt)
        .map_err(Error::Srp)?;
    let secret_block = parameter(response, "SECRET_BLOCK")?;
    let timestamp = host.timestamp();
    let signature = key.sign_claim(&Claim {
        group: credentials.group,
        identity: credentials.identity,
        secret_block: &encoding::base64_decode_lenient(&secret_block),
        timestamp: &timestamp,
    });
    Ok(H::Value::object()
        .with("USERNAME", host.get(Field::Username))
        .with_text("PASSWORD_CLAIM_SECRET_BLOCK", &secret_block)
        .with_text("TIMESTAMP", &timestamp)
        .with_text(
            "PASSWORD_CLAIM_SIGNATURE",
            &encoding::base64_encode(&signature),
        ))
}

fn body<H: Host>(
    host: &H,
    challenge: &str,
    responses: H::Value,
    response: &H::Value,
) -> Result<H::Value, H::Error> {
    Ok(H::Value::object()
        .with_text("ChallengeName", challenge)
        .with("ClientId", host.client_id()?)
        .with("ChallengeResponses", responses)
        .with("Session", response.get("Session")))
}

fn parameter<J: Json>(response: &J, key: &str) -> Result<String, Error> {
    response
        .get("ChallengeParameters")
        .and_then(|parameters| parameters.text(key))
        .ok_or(Error::UnexpectedResponse(
            "a parameter of PASSWORD_VERIFIER is missing",
        ))
}
