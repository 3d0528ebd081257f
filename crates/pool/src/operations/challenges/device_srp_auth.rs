//! `DEVICE_SRP_AUTH`: asks for a proof of the device's own password.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::{Error, types::ChallengeNameType};
use cognito_srp::ServerEphemeral;

use super::super::{
    parameters::Parameters,
    sign_in::{Challenge, Outcome},
    srp,
};
use crate::{
    client::Client,
    device::Device,
    errors,
    exchange::{Exchange, SECRET_BLOCK_BYTES},
    pool::Pool,
    records::Records,
    service::Call,
    session,
    user::User,
};

/// Begins with a device that the user's sign-in came from.
pub(in super::super) fn challenge(
    call: Call<'_>,
    records: &mut Records<'_>,
    client: &Client,
    user: &User,
    device: &Device,
) -> Result<Challenge, Error> {
    let name = ChallengeNameType::DeviceSrpAuth;
    let key = Some(device.ids.key.as_str());
    let session = session::open(records, call.random(), client, user, name, key)?;
    let parameters = [("USERNAME", user.username.clone())];
    Ok(Challenge::new(name, session, parameters))
}

pub(in super::super) fn answer(
    call: Call<'_>,
    client: &Client,
    pool: &Pool,
    name: &str,
    session: Option<&str>,
    responses: &Parameters,
) -> Result<Outcome, Error> {
    let session = session.ok_or_else(|| errors::missing_parameter("Session"))?;
    let key = responses.required("DEVICE_KEY")?;
    let client_public = responses.required("SRP_A")?;
    srp::check_client_public(client_public)?;
    let (user, device) = call.transact(|records| {
        let user = User::find(records, pool, name)?.ok_or_else(session::unknown)?;
        let challenge = ChallengeNameType::DeviceSrpAuth;
        let named = session::close(records, session, client, &user, challenge)?;
        let device = Device::load(records, pool, &user.sub, key)?;
        // Another of the user's devices may not be one that stands for a second factor.
        if named.as_deref() != Some(key) {
            return Err(session::unknown());
        }
        Ok((user, device))
    })?;

    let random = call.random().bytes::<{ ServerEphemeral::EXPONENT_BYTES }>();
    let ephemeral = ServerEphemeral::new(device.password.verifier(), &random)
        .map_err(|error| errors::internal(error.to_string()))?;
    let secret_block = STANDARD.encode(call.random().bytes::<SECRET_BLOCK_BYTES>());
    let exchange = Exchange::new(
        client,
        [name, key],
        Some(&user.sub),
        client_public,
        &ephemeral,
        call.now,
    );
    let challenge = ChallengeNameType::DevicePasswordVerifier;
    let session = call.transact(|records| {
        exchange.keep(records, &secret_block)?;
        session::open(records, call.random(), client, &user, challenge, Some(key))
    })?;
    let parameters = [
        ("DEVICE_KEY", key.to_owned()),
        ("SALT", ephemeral.salt_hex()),
        ("SECRET_BLOCK", secret_block),
        ("SRP_B", ephemeral.public_hex()),
        ("USERNAME", user.username),
    ];
    Ok(Outcome::Challenge(Challenge::new(
        challenge, session, parameters,
    )))
}
