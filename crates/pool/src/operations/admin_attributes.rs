//! `AdminUpdateUserAttributes`, `AdminDeleteUserAttributes`.

use cognito_idp::{
    Error,
    types::{
        AdminDeleteUserAttributesRequest, AdminDeleteUserAttributesResponse,
        AdminUpdateUserAttributesRequest, AdminUpdateUserAttributesResponse, AttributeType,
    },
};

use super::attribute_changes;
use crate::{attributes, pool::Pool, service::Call, user::User};

pub(super) fn admin_update_user_attributes(
    call: Call<'_>,
    input: AdminUpdateUserAttributesRequest,
) -> Result<AdminUpdateUserAttributesResponse, Error> {
    change(
        call,
        &input.user_pool_id,
        &input.username,
        input.user_attributes,
    )?;
    Ok(AdminUpdateUserAttributesResponse {})
}

pub(super) fn admin_delete_user_attributes(
    call: Call<'_>,
    input: AdminDeleteUserAttributesRequest,
) -> Result<AdminDeleteUserAttributesResponse, Error> {
    let removed = input
        .user_attribute_names
        .into_iter()
        .map(|name| AttributeType { name, value: None })
        .collect();
    change(call, &input.user_pool_id, &input.username, removed)?;
    Ok(AdminDeleteUserAttributesResponse {})
}

fn change(
    call: Call<'_>,
    pool_id: &str,
    username: &str,
    wanted: Vec<AttributeType>,
) -> Result<(), Error> {
    call.transact(|records| {
        let pool = Pool::load(records, pool_id)?;
        let mut user = User::load(records, &pool, username)?;
        attributes::check(&pool, &wanted)?;
        attribute_changes::apply(call, records, &pool, &mut user, wanted)?;
        Ok(())
    })
}
