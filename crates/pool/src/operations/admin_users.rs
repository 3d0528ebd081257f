//! `AdminGetUser`, `AdminDeleteUser`, `AdminDisableUser`, `AdminEnableUser`, `AdminUserGlobalSignOut`.

use cognito_idp::{
    Error,
    types::{
        AdminDeleteUserRequest, AdminDisableUserRequest, AdminDisableUserResponse,
        AdminEnableUserRequest, AdminEnableUserResponse, AdminGetUserRequest, AdminGetUserResponse,
        AdminUserGlobalSignOutRequest, AdminUserGlobalSignOutResponse,
    },
};
use serde_json::{Value, json};

use crate::{pool::Pool, service::Call, tokens::grants, user::User};

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
            mfa_options: user.mfa.options(),
            preferred_mfa_setting: user.mfa.preferred_setting(),
            user_mfa_setting_list: user.mfa.setting_list(),
        })
    })
}

pub(super) fn admin_delete_user(
    call: Call<'_>,
    input: AdminDeleteUserRequest,
) -> Result<Value, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        User::load(records, &pool, &input.username)?.delete(records, &pool)?;
        Ok(json!({}))
    })
}

/// Ends the user's sign-ins too: none of them comes back when the user is enabled again.
pub(super) fn admin_disable_user(
    call: Call<'_>,
    input: AdminDisableUserRequest,
) -> Result<AdminDisableUserResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut user = User::load(records, &pool, &input.username)?;
        user.enabled = false;
        user.save(records, &pool)?;
        grants::revoke_all(records, &pool, &user)?;
        Ok(AdminDisableUserResponse {})
    })
}

pub(super) fn admin_enable_user(
    call: Call<'_>,
    input: AdminEnableUserRequest,
) -> Result<AdminEnableUserResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut user = User::load(records, &pool, &input.username)?;
        user.enabled = true;
        user.save(records, &pool)?;
        Ok(AdminEnableUserResponse {})
    })
}

pub(super) fn admin_user_global_sign_out(
    call: Call<'_>,
    input: AdminUserGlobalSignOutRequest,
) -> Result<AdminUserGlobalSignOutResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = User::load(records, &pool, &input.username)?;
        grants::revoke_all(records, &pool, &user)?;
        Ok(AdminUserGlobalSignOutResponse {})
    })
}
