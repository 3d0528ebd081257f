//! `USER_PASSWORD_AUTH`: the password itself comes over the wire.

use cognito_idp::{
    Error,
    types::{InitiateAuthResponse, UserStatusType},
};

use super::super::{limits::Named, parameters::Parameters, sign_in};
use crate::{
    client::Client, device::Device, errors, lockout, password::Password, pool::Pool, service::Call,
    unsupported,
};

pub(in super::super) fn sign_in(
    call: Call<'_>,
    client: &Client,
    pool: &Pool,
    parameters: &Parameters,
) -> Result<InitiateAuthResponse, Error> {
    let name = parameters.required("USERNAME")?;
    let plain = parameters.required("PASSWORD")?;
    let device_key = parameters.optional("DEVICE_KEY");
    client.check_secret_hash(name, parameters.optional("SECRET_HASH"))?;
    unsupported::check_sign_in(pool)?;

    let (named, is_admitted) = call.transact(|records| {
        let named = Named::find(records, pool, name)?;
        Device::of_sign_in(records, pool, &named.subject, device_key)?;
        let is_admitted = lockout::admits(records, pool, &named.subject)?;
        Ok((named, is_admitted))
    })?;
    if !is_admitted {
        return Err(lockout::error());
    }
    let is_right = match &named.user {
        Some(user) if user.status == UserStatusType::ResetRequired => {
            return Err(sign_in::reset_required());
        }
        Some(user) => user
            .password
            .as_ref()
            .is_some_and(|password| password.matches(pool, &user.username, plain)),
        None if !client.hides_users() => return Err(errors::user_does_not_exist()),
        None => {
            // As long as for a user, so that the time does not tell either.
            Password::new(call.random(), pool, name, plain)?;
            false
        }
    };
    let proved = named.user.filter(|_| is_right);
    sign_in::settle(call, client, pool, &named.subject, proved, device_key).map(Into::into)
}
