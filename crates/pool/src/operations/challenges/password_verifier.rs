//! `PASSWORD_VERIFIER`: the proof of a password, without the password.

use cognito_idp::Error;

use super::{
    super::sign_in::{self, Outcome, Request},
    proof::Proof,
};
use crate::{
    decoy::{self, Decoy},
    device::Device,
    errors,
    exchange::Exchange,
    lockout,
    session::{self, Progress},
    user::User,
};

pub(in super::super) fn answer(request: &Request<'_>) -> Result<Outcome, Error> {
    let Request {
        call,
        client,
        pool,
        parameters: responses,
        ..
    } = request;
    let name = request.username()?;
    let proof = Proof::parse(responses)?;
    let device_key = responses.optional("DEVICE_KEY");
    // The challenge opens no session, the secret block stands for it: whatever session this is, it is not from here.
    if request.session.is_some() {
        return Err(session::unknown());
    }

    let attempt = call.transact(|records| {
        let Some(exchange) = Exchange::take(records, proof.secret_block)? else {
            return Ok(None);
        };
        let user = match &exchange.sub {
            Some(sub) => User::find_again(records, pool, exchange.identity(), sub)?,
            None => None,
        };
        let subject = match &user {
            Some(user) => user.sub.clone(),
            None => decoy::subject(pool, exchange.typed()),
        };
        // Refused before the exchange is used up: clients forget such a device and send the same proof without it.
        Device::of_sign_in(records, pool, &subject, device_key)?;
        let is_admitted = lockout::admits(records, pool, &subject)?;
        Ok(Some((exchange, user, subject, is_admitted)))
    })?;
    let (exchange, user, subject, is_admitted) =
        attempt.ok_or_else(errors::incorrect_username_or_password)?;
    if !exchange.is_with(client, name) || !proof.is_timely(&exchange, call.now) {
        return Err(errors::incorrect_username_or_password());
    }
    if !is_admitted {
        return Err(lockout::error());
    }

    let verifier = match user.as_ref().and_then(|user| user.password.as_ref()) {
        Some(password) => password.verifier()?,
        None => Decoy::new(pool, exchange.typed())?.verifier,
    };
    let is_right = proof.shows(&exchange, pool.srp_name(), &verifier)?;
    let proved = user.filter(|_| is_right);
    let progress = Progress {
        device_key: device_key.map(str::to_owned),
        ..exchange.progress
    };
    sign_in::settle(request, &subject, proved, progress)
}
