//! `DEVICE_SRP_AUTH`: asks for a proof of the device's own password.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::{Error, types::ChallengeNameType};
use cognito_srp::ServerEphemeral;

use super::super::{
    sign_in::{Challenge, Outcome, Request},
    srp,
};
use crate::{
    device::Device,
    errors,
    exchange::{Exchange, SECRET_BLOCK_BYTES},
    records::Records,
    session::Progress,
    user::User,
};

const NAME: ChallengeNameType = ChallengeNameType::DeviceSrpAuth;

/// Begins with the device that the user's sign-in came from.
pub(in super::super) fn ask(
    request: &Request<'_>,
    records: &mut Records<'_>,
    user: &User,
    progress: Progress,
) -> Result<Challenge, Error> {
    let device_key = progress.device_key.clone().unwrap_or_default();
    let session = request.go_on_with_session(records, user, NAME, progress)?;
    request.keep_device_session(records, user, &device_key, &session)?;
    let parameters = [("USERNAME", user.username.clone())];
    Ok(Challenge::new(NAME, Some(session), parameters))
}

pub(in super::super) fn answer(request: &Request<'_>) -> Result<Outcome, Error> {
    let Request {
        call, client, pool, ..
    } = request;
    let name = request.username()?;
    let key = request.parameters.required("DEVICE_KEY")?;
    let client_public = request.parameters.required("SRP_A")?;
    srp::check_client_public(client_public)?;
    let (user, progress, device) = call.transact(|records| {
        let (user, progress) = request.close_device_session(records, NAME, key)?;
        let device = Device::load(records, pool, &user.sub, key)?;
        Ok((user, progress, device))
    })?;

    let random = call.random().bytes::<{ ServerEphemeral::EXPONENT_BYTES }>();
    let ephemeral = ServerEphemeral::new(&device.password.verifier()?, &random)
        .map_err(|error| errors::internal(error.to_string()))?;
    let secret_block = STANDARD.encode(call.random().bytes::<SECRET_BLOCK_BYTES>());
    let exchange = Exchange::new(
        client,
        [name, key],
        Some(&user.sub),
        client_public,
        &ephemeral,
        Progress::default(),
        call.now,
    );
    let challenge = ChallengeNameType::DevicePasswordVerifier;
    let session = call.transact(|records| {
        exchange.keep(records, &secret_block)?;
        let session = request.open_session(records, &user, challenge, progress)?;
        request.keep_device_session(records, &user, key, &session)?;
        Ok(session)
    })?;
    let parameters = [
        ("DEVICE_KEY", key.to_owned()),
        ("SALT", ephemeral.salt_hex()),
        ("SECRET_BLOCK", secret_block),
        ("SRP_B", ephemeral.public_hex()),
        ("USERNAME", user.username),
    ];
    Ok(Outcome::Challenge(Challenge::new(
        challenge,
        Some(session),
        parameters,
    )))
}
