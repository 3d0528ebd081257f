//! `AdminGetUser`, `AdminSetUserPassword`.

use cognito_idp::{
    Error,
    types::{
        AdminGetUserRequest, AdminGetUserResponse, AdminSetUserPasswordRequest,
        AdminSetUserPasswordResponse, UserStatusType,
    },
};

use crate::{password::Password, password_policy, pool::Pool, service::Call, user::User};

pub(super) fn admin_get_user(
    call: Call<'_>,
    input: AdminGetUserRequest,
) -> Result<AdminGetUserResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = User::load(records, &pool, &input.username)?;
        Ok(AdminGetUserResponse {
            username: user.username.as_str().into(),
            user_attributes: Some(user.attribute_list(|_| true)),
            user_create_date: Some(user.created.api_timestamp()),
            user_last_modified_date: Some(user.modified.api_timestamp()),
            enabled: Some(user.enabled),
            user_status: Some(user.status),
            mfa_options: None,
            preferred_mfa_setting: None,
            user_mfa_setting_list: None,
        })
    })
}

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
