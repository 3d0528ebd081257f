//! `AdminSetUserPassword`, `AdminResetUserPassword`.

use cognito_idp::{
    Error,
    types::{
        AdminResetUserPasswordRequest, AdminResetUserPasswordResponse, AdminSetUserPasswordRequest,
        AdminSetUserPasswordResponse, UserStatusType,
    },
};

use super::forgot_password;
use crate::{
    code::Purpose, outbox::MessageKind, password::Password, password_policy, pool::Pool,
    service::Call, unsupported, user::User,
};

pub(super) fn admin_set_user_password(
    call: Call<'_>,
    input: AdminSetUserPasswordRequest,
) -> Result<AdminSetUserPasswordResponse, Error> {
    let (pool, found) = call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = User::load(records, &pool, &input.username)?;
        Ok((pool, user))
    })?;
    password_policy::check(&pool.password_policy(), &input.password, "password")?;
    let password = Password::new(call.random(), &pool, &found.username, &input.password)?;
    call.transact(|records| {
        let mut user = User::load(records, &pool, &input.username)?;
        user.set_password(&pool, &input.password, password, call.now)?;
        user.status = match input.permanent {
            Some(true) => UserStatusType::Confirmed,
            _ => UserStatusType::ForceChangePassword,
        };
        user.claim_aliases(records, &pool, false)?;
        user.save(records, &pool)?;
        Ok(AdminSetUserPasswordResponse {})
    })
}

/// The password does not sign anybody in any more; the code that is sent sets a new one, as if it had been forgotten.
pub(super) fn admin_reset_user_password(
    call: Call<'_>,
    input: AdminResetUserPasswordRequest,
) -> Result<AdminResetUserPasswordResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut user = User::load(records, &pool, &input.username)?;
        unsupported::check_messages(&pool)?;
        let to = forgot_password::recovery_destination(&pool, &user)?;
        user.status = UserStatusType::ResetRequired;
        user.save(records, &pool)?;
        call.sender().send(
            records,
            &pool,
            &user,
            Purpose::ForgotPassword,
            MessageKind::ForgotPassword,
            &to,
        )?;
        Ok(AdminResetUserPasswordResponse {})
    })
}
