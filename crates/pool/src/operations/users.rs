//! `GetUser`, `UpdateUserAttributes`, `DeleteUserAttributes`, `DeleteUser`: users about themselves.

use cognito_idp::{
    Error,
    types::{
        AttributeType, DeleteUserAttributesRequest, DeleteUserAttributesResponse,
        DeleteUserRequest, GetUserRequest, GetUserResponse, UpdateUserAttributesRequest,
        UpdateUserAttributesResponse,
    },
};
use serde_json::{Value, json};

use super::attribute_changes;
use crate::{
    attributes,
    service::Call,
    tokens::access::{self, Bearer},
};

pub(super) fn get_user(call: Call<'_>, input: GetUserRequest) -> Result<GetUserResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { client, user, .. } = token.bearer(records)?;
        Ok(GetUserResponse {
            username: user.username.as_str().into(),
            user_attributes: user.attribute_list(|name| client.may_read(name)),
            mfa_options: user.mfa.options(),
            preferred_mfa_setting: user.mfa.preferred_setting(),
            user_mfa_setting_list: user.mfa.setting_list(),
        })
    })
}

pub(super) fn update_user_attributes(
    call: Call<'_>,
    input: UpdateUserAttributesRequest,
) -> Result<UpdateUserAttributesResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer {
            pool,
            client,
            mut user,
        } = token.bearer(records)?;
        attributes::check_written(&pool, &client, &input.user_attributes)?;
        let details =
            attribute_changes::apply(call, records, &pool, &mut user, input.user_attributes)?;
        Ok(UpdateUserAttributesResponse {
            code_delivery_details_list: Some(details),
        })
    })
}

pub(super) fn delete_user_attributes(
    call: Call<'_>,
    input: DeleteUserAttributesRequest,
) -> Result<DeleteUserAttributesResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    let removed: Vec<_> = input
        .user_attribute_names
        .into_iter()
        .map(|name| AttributeType { name, value: None })
        .collect();
    call.transact(|records| {
        let Bearer {
            pool,
            client,
            mut user,
        } = token.bearer(records)?;
        attributes::check_written(&pool, &client, &removed)?;
        attribute_changes::apply(call, records, &pool, &mut user, removed)?;
        Ok(DeleteUserAttributesResponse {})
    })
}

pub(super) fn delete_user(call: Call<'_>, input: DeleteUserRequest) -> Result<Value, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        user.delete(records, &pool)?;
        Ok(json!({}))
    })
}
