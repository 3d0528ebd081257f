//! `ChangePassword`.

use cognito_idp::{
    Error,
    types::{
        ChangePasswordRequest, ChangePasswordResponse, EventFilterType, EventResponseType,
        EventType,
    },
};

use crate::{
    attempts::{self, Limited},
    errors, lockout,
    password::Password,
    password_policy,
    service::Call,
    threat::Watch,
    tokens::access::{self, Bearer},
};

pub(super) fn change_password(
    call: Call<'_>,
    input: ChangePasswordRequest,
) -> Result<ChangePasswordResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    let (
        Bearer {
            pool, user: found, ..
        },
        is_admitted,
        watch,
    ) = call.transact(|records| {
        let bearer = token.bearer(records)?;
        attempts::count(
            records,
            &bearer.pool,
            &bearer.user.sub,
            Limited::ChangePassword,
        )?;
        let is_admitted = lockout::admits(records, &bearer.pool, &bearer.user.sub)?;
        let watch = Watch::of_user(records, call, &bearer.pool, &bearer.client, None)?;
        Ok((bearer, is_admitted, watch))
    })?;
    if !is_admitted {
        return Err(lockout::error());
    }
    password_policy::check(
        &pool.password_policy(),
        &input.proposed_password,
        "proposedPassword",
    )?;
    if let Some(watch) = &watch {
        watch.check_new_password(&input.proposed_password, EventFilterType::PasswordChange)?;
    }
    let previous = input.previous_password.as_deref();
    let is_right = match (&found.password, previous) {
        (Some(password), Some(previous)) => password.matches(&pool, &found.username, previous),
        (Some(_), None) => return Err(errors::missing_parameter("PreviousPassword")),
        (None, Some(_)) => false,
        // Who signs in without a password sets a first one so.
        (None, None) => true,
    };
    if !is_right {
        call.transact(|records| {
            if let Some(watch) = &watch {
                let (kind, failed) = (EventType::PasswordChange, EventResponseType::Fail);
                watch.record(records, &pool, &found, kind, failed, None)?;
            }
            lockout::fail(records, &pool, &found.sub)
        })?;
        return Err(errors::incorrect_username_or_password());
    }
    let proposed = Password::new(
        call.random(),
        &pool,
        &found.username,
        &input.proposed_password,
    )?;
    call.transact(|records| {
        let Bearer { mut user, .. } = token.bearer(records)?;
        if !user.has_same_password(&found) {
            return Err(errors::incorrect_username_or_password());
        }
        user.set_password(&pool, &input.proposed_password, proposed, call.now)?;
        user.save(records, &pool)?;
        if let Some(watch) = &watch {
            let (kind, done) = (EventType::PasswordChange, EventResponseType::Pass);
            let password = Some(input.proposed_password.as_str());
            watch.record(records, &pool, &user, kind, done, password)?;
        }
        Ok(ChangePasswordResponse {})
    })
}
