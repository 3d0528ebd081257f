//! `DEVICE_PASSWORD_VERIFIER`: the proof of a device's own password.

use cognito_idp::{Error, types::ChallengeNameType};

use super::{
    super::sign_in::{self, Outcome, Request},
    proof::Proof,
};
use crate::{device::Device, errors, exchange::Exchange, session::Progress, user::User};

pub(in super::super) fn answer(request: &Request<'_>) -> Result<Outcome, Error> {
    let Request {
        call, client, pool, ..
    } = request;
    let key = request.parameters.required("DEVICE_KEY")?;
    let proof = Proof::parse(&request.parameters)?;

    let (user, progress, device, exchange) = call.transact(|records| {
        let challenge = ChallengeNameType::DevicePasswordVerifier;
        let (user, progress) = request.close_device_session(records, challenge, key)?;
        let device = Device::load(records, pool, &user.sub, key)?;
        let exchange = Exchange::take(records, proof.secret_block)?;
        Ok((user, progress, device, exchange))
    })?;
    let exchange = exchange
        .filter(|exchange| exchange.is_of(client, &user.sub, key))
        .filter(|exchange| proof.is_timely(exchange, call.now))
        .ok_or_else(errors::incorrect_username_or_password)?;
    if !proof.shows(
        &exchange,
        &device.ids.group_key,
        &device.password.verifier()?,
    )? {
        return Err(errors::incorrect_username_or_password());
    }

    sign_in::go_on(request, |records| {
        // Looked at once more: while the proof was checked, the user may have gone or the device been forgotten.
        let user = User::find_again(records, pool, &user.username, &user.sub)?
            .ok_or_else(errors::incorrect_username_or_password)?;
        let mut device = Device::load(records, pool, &user.sub, key)?;
        device.authenticated(call.now);
        device.save(records, pool, &user)?;
        let progress = Progress {
            has_shown_device: true,
            ..progress
        };
        Ok((user, progress))
    })
}
