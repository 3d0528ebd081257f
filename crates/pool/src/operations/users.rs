//! `GetUser`, `UpdateUserAttributes`, `DeleteUserAttributes`, `DeleteUser`: users about themselves.

use cognito_idp::{
    Error,
    types::{
        AttributeType, DeleteUserAttributesRequest, DeleteUserAttributesResponse,
        DeleteUserRequest, GetUserRequest, GetUserResponse, UpdateUserAttributesRequest,
        UpdateUserAttributesResponse, VerifiedAttributeType,
    },
};
use serde_json::{Value, json};

use crate::{
    attributes,
    code::Purpose,
    delivery::Destination,
    outbox::MessageKind,
    pool::Pool,
    service::Call,
    tokens::access::{self, Bearer},
    unsupported,
    user::User,
};

pub(super) fn get_user(call: Call<'_>, input: GetUserRequest) -> Result<GetUserResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { client, user, .. } = token.bearer(records)?;
        Ok(GetUserResponse {
            username: user.username.as_str().into(),
            user_attributes: user.attribute_list(|name| client.may_read(name)),
            mfa_options: None,
            preferred_mfa_setting: None,
            user_mfa_setting_list: None,
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
        attributes::check_mutable(&pool, &user, &input.user_attributes)?;
        let (later, now): (Vec<_>, Vec<_>) = input
            .user_attributes
            .into_iter()
            .partition(|attribute| waits_for_proof(&pool, &user, attribute));
        let changed = attributes::change(records, &pool, &mut user, &now)?;
        attributes::check_required(&pool, &user)?;
        user.claim_aliases(records, &pool, false)?;
        user.save(records, &pool)?;

        let changed = changed
            .into_iter()
            .filter_map(|attribute| Destination::of(&user, attribute));
        let pending = later.iter().filter_map(proposed);
        let to_prove: Vec<_> = changed
            .chain(pending)
            .filter(|to| pool.auto_verifies(to.attribute))
            .collect();
        if !to_prove.is_empty() {
            unsupported::check_messages(&pool)?;
        }
        let details = to_prove
            .iter()
            .map(|to| {
                let purpose = Purpose::Attribute(to.attribute);
                call.sender().send(
                    records,
                    &pool,
                    &user,
                    purpose,
                    MessageKind::UpdateUserAttribute,
                    to,
                )
            })
            .collect::<Result<_, _>>()?;
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
        attributes::check_mutable(&pool, &user, &removed)?;
        attributes::change(records, &pool, &mut user, &removed)?;
        attributes::check_required(&pool, &user)?;
        user.save(records, &pool)?;
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

/// Whether a new value is kept back until a code has shown that it is the user's.
fn waits_for_proof(pool: &Pool, user: &User, attribute: &AttributeType) -> bool {
    let value = attribute.value.as_deref().filter(|value| !value.is_empty());
    VerifiedAttributeType::from_name(&attribute.name).is_some_and(|verified| {
        pool.auto_verifies(verified)
            && pool.verifies_before_update(verified)
            && value.is_some()
            && user.attributes.get(&attribute.name).map(String::as_str) != value
    })
}

fn proposed(attribute: &AttributeType) -> Option<Destination> {
    let address = attribute.value.as_deref()?.to_owned();
    Some(Destination {
        attribute: VerifiedAttributeType::from_name(&attribute.name)?,
        address,
    })
}
