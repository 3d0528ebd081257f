//! `DEVICE_PASSWORD_VERIFIER`: the proof of a device's own password, and the end of its user's sign-in.

use cognito_idp::{Error, types::ChallengeNameType};

use super::{
    super::{
        parameters::Parameters,
        sign_in::{self, Outcome},
    },
    proof::Proof,
};
use crate::{
    client::Client, device::Device, errors, exchange::Exchange, pool::Pool, service::Call, session,
    user::User,
};

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
    let proof = Proof::parse(responses)?;

    let (user, device, exchange) = call.transact(|records| {
        let user = User::find(records, pool, name)?.ok_or_else(session::unknown)?;
        let challenge = ChallengeNameType::DevicePasswordVerifier;
        let named = session::close(records, session, client, &user, challenge)?;
        if named.as_deref() != Some(key) {
            return Err(session::unknown());
        }
        let device = Device::load(records, pool, &user.sub, key)?;
        let exchange = Exchange::take(records, proof.secret_block)?;
        Ok((user, device, exchange))
    })?;
    let exchange = exchange
        .filter(|exchange| exchange.is_of(client, &user.sub, key))
        .filter(|exchange| proof.is_timely(exchange, call.now))
        .ok_or_else(errors::incorrect_username_or_password)?;
    if !proof.shows(&exchange, &device.ids.group_key, device.password.verifier())? {
        return Err(errors::incorrect_username_or_password());
    }

    let issued = call.transact(|records| {
        // Looked at once more: while the proof was checked, the user may have been disabled or the device forgotten.
        let user = User::find_again(records, pool, &user.username, &user.sub)?
            .ok_or_else(errors::incorrect_username_or_password)?;
        sign_in::check_standing(&user)?;
        let mut device = Device::load(records, pool, &user.sub, key)?;
        device.authenticated(call.now);
        device.save(records, pool, &user)?;
        sign_in::issue_on(call, records, client, pool, &user, device.ids)
    })?;
    Ok(Outcome::Tokens(call.sign(&pool.id, issued)?))
}
