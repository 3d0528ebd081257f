//! `USER_PASSWORD_AUTH`: the password itself comes over the wire.

use cognito_idp::{Error, types::UserStatusType};

use super::super::{
    limits::Named,
    sign_in::{self, Outcome, Request},
};
use crate::{device::Device, errors, lockout, password::Password, unsupported};

pub(in super::super) fn sign_in(request: &Request<'_>) -> Result<Outcome, Error> {
    let Request {
        call, client, pool, ..
    } = request;
    let name = request.username()?;
    let plain = request.parameters.required("PASSWORD")?;
    unsupported::check_sign_in(pool)?;
    let progress = request.beginning();

    let (named, is_admitted) = call.transact(|records| {
        let named = Named::find(records, pool, name)?;
        Device::of_sign_in(
            records,
            pool,
            &named.subject,
            progress.device_key.as_deref(),
        )?;
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
    let progress = match &proved {
        Some(user) => request.check_compromised(user, plain, progress)?,
        None => progress,
    };
    sign_in::settle(request, &named.subject, proved, progress)
}
