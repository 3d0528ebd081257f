//! InitiateAuth: how a sign-in begins.

use cognito_srp::ClientEphemeral;

use crate::error::Error;
use crate::json::Json;
use crate::secret::Password;

use super::{Field, Flow, Host, Request, State};

/// USER_SRP_AUTH, or CUSTOM_AUTH that begins with SRP: the password is proved, not sent.
pub(crate) fn srp<J: Json, H: Host<Value = J>>(
    host: &H,
    is_custom: bool,
    password: Password,
    client_metadata: Option<J>,
) -> Result<(Flow<J>, Request<J>), H::Error> {
    let random = host.random(ClientEphemeral::EXPONENT_BYTES)?;
    let ephemeral = ClientEphemeral::new(&random).map_err(Error::Srp)?;
    let parameters = J::object()
        .with("DEVICE_KEY", host.get(Field::DeviceKey))
        .with("USERNAME", host.get(Field::Username))
        .with_text("SRP_A", &ephemeral.public_hex());
    let (name, parameters) = if is_custom {
        let parameters = parameters.with_text("CHALLENGE_NAME", "SRP_A");
        ("CUSTOM_AUTH", parameters)
    } else {
        ("USER_SRP_AUTH", parameters)
    };
    let request = initiate(host, name, parameters, client_metadata.clone())?;
    let state = State::Offered {
        ephemeral: ephemeral.into(),
        password,
    };
    let flow = Flow {
        client_metadata,
        state,
        device_is_offered: false,
    };
    Ok((flow, request))
}

/// USER_PASSWORD_AUTH: the service gets the password and does the rest.
pub(crate) fn password<H: Host>(
    host: &H,
    password: H::Value,
    client_metadata: Option<H::Value>,
) -> Result<Request<H::Value>, H::Error> {
    // Unlike SRP, the device of the name as typed.
    host.load_device()?;
    let parameters = H::Value::object()
        .with("USERNAME", host.get(Field::Username))
        .with("PASSWORD", password)
        .with("DEVICE_KEY", host.get(Field::DeviceKey));
    initiate(host, "USER_PASSWORD_AUTH", parameters, client_metadata)
}

/// CUSTOM_AUTH, in which the pool's triggers ask from the start, or USER_AUTH, in which the user chooses.
/// `parameters`: an object of what else the service is to know.
pub(crate) fn without_password<H: Host>(
    host: &H,
    flow: &str,
    parameters: H::Value,
    client_metadata: Option<H::Value>,
) -> Result<Request<H::Value>, H::Error> {
    let parameters = parameters.with("USERNAME", host.get(Field::Username));
    initiate(host, flow, parameters, client_metadata)
}

fn initiate<H: Host>(
    host: &H,
    flow: &str,
    parameters: H::Value,
    client_metadata: Option<H::Value>,
) -> Result<Request<H::Value>, H::Error> {
    let body = H::Value::object()
        .with_text("AuthFlow", flow)
        .with("ClientId", host.client_id()?)
        .with("AuthParameters", parameters)
        .with("ClientMetadata", client_metadata);
    Ok(Request::new("InitiateAuth", body))
}
