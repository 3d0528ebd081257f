//! `AdminAddUserToGroup`, `AdminRemoveUserFromGroup`, `AdminListGroupsForUser`, `ListUsersInGroup`.

use cognito_idp::{
    Error,
    types::{
        AdminAddUserToGroupRequest, AdminListGroupsForUserRequest, AdminListGroupsForUserResponse,
        AdminRemoveUserFromGroupRequest, ListUsersInGroupRequest, ListUsersInGroupResponse,
    },
};
use serde_json::{Value, json};

use crate::{groups, keys, page, pool::Pool, service::Call, user::User};

pub(super) fn admin_add_user_to_group(
    call: Call<'_>,
    input: AdminAddUserToGroupRequest,
) -> Result<Value, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = User::load(records, &pool, &input.username)?;
        groups::load(records, &pool, &input.group_name)?;
        groups::join(records, &pool, &user, &input.group_name)?;
        Ok(json!({}))
    })
}

pub(super) fn admin_remove_user_from_group(
    call: Call<'_>,
    input: AdminRemoveUserFromGroupRequest,
) -> Result<Value, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = User::load(records, &pool, &input.username)?;
        groups::load(records, &pool, &input.group_name)?;
        groups::leave(records, &pool, &user, &input.group_name)?;
        Ok(json!({}))
    })
}

pub(super) fn admin_list_groups_for_user(
    call: Call<'_>,
    input: AdminListGroupsForUserRequest,
) -> Result<AdminListGroupsForUserResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let user = User::load(records, &pool, &input.username)?;
        let memberships = keys::membership(&pool.id, &pool.fold(&user.username), "");
        let (token, limit) = (input.next_token.as_deref(), page::size(input.limit));
        let page = records.page::<String>(&memberships, token, limit)?;
        let groups = page
            .items
            .iter()
            .map(|name| groups::load(records, &pool, name))
            .collect::<Result<_, _>>()?;
        Ok(AdminListGroupsForUserResponse {
            groups: Some(groups),
            next_token: page.next,
        })
    })
}

pub(super) fn list_users_in_group(
    call: Call<'_>,
    input: ListUsersInGroupRequest,
) -> Result<ListUsersInGroupResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        groups::load(records, &pool, &input.group_name)?;
        let members = keys::member(&pool.id, &input.group_name, "");
        let (token, limit) = (input.next_token.as_deref(), page::size(input.limit));
        let page = User::follow_page(records, &pool, records.page(&members, token, limit)?)?;
        let users = page.items.iter().map(|user| user.description(|_| true));
        Ok(ListUsersInGroupResponse {
            users: Some(users.collect()),
            next_token: page.next,
        })
    })
}
