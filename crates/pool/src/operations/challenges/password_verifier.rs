//! `PASSWORD_VERIFIER`: the proof that ends an SRP exchange.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::Error;
use cognito_srp::{Claim, encoding, parse_timestamp};

use super::super::{
    parameters::Parameters,
    sign_in::{self, Outcome},
};
use crate::{
    client::Client,
    decoy::{self, Decoy},
    errors,
    exchange::Exchange,
    lockout,
    pool::Pool,
    service::Call,
    session,
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
    let secret_block = responses.required("PASSWORD_CLAIM_SECRET_BLOCK")?;
    let signature = responses.required("PASSWORD_CLAIM_SIGNATURE")?;
    let timestamp = responses.required("TIMESTAMP")?;
    let seconds = parse_timestamp(timestamp).ok_or_else(|| {
        errors::invalid_parameter(
            "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.",
        )
    })?;
    // The challenge opens no session, the secret block stands for it: whatever session this is, it is not from here.
    if session.is_some() {
        return Err(session::unknown());
    }

    let attempt = call.transact(|records| {
        let Some(exchange) = Exchange::take(records, secret_block)? else {
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
        let is_admitted = lockout::admits(records, pool, &subject)?;
        Ok(Some((exchange, user, subject, is_admitted)))
    })?;
    let (exchange, user, subject, is_admitted) =
        attempt.ok_or_else(errors::incorrect_username_or_password)?;
    if !exchange.is_with(client, name) || !exchange.could_be_at(seconds, call.now) {
        return Err(errors::incorrect_username_or_password());
    }
    if !is_admitted {
        return Err(lockout::error());
    }

    let verifier = match user.as_ref().and_then(|user| user.password.as_ref()) {
        Some(password) => password.verifier().clone(),
        None => Decoy::new(pool, exchange.typed())?.verifier,
    };
    let claim = Claim {
        group: pool.srp_name(),
        identity: exchange.identity(),
        secret_block: &encoding::base64_decode_lenient(secret_block),
        timestamp,
    };
    let signature = STANDARD.decode(signature).unwrap_or_default();
    let is_right = exchange
        .authentication_key(&verifier)?
        .verify_claim(&claim, &signature);
    sign_in::settle(call, client, pool, &subject, user.filter(|_| is_right))
}
