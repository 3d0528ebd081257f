//! `CreateGroup`, `GetGroup`, `UpdateGroup`, `DeleteGroup`, `ListGroups`.

use cognito_idp::{
    Error,
    types::{
        CreateGroupRequest, CreateGroupResponse, DeleteGroupRequest, GetGroupRequest,
        GetGroupResponse, GroupType, ListGroupsRequest, ListGroupsResponse, UpdateGroupRequest,
        UpdateGroupResponse,
    },
};
use serde_json::{Value, json};

use crate::{groups, keys, page, pool::Pool, service::Call};

pub(super) fn create_group(
    call: Call<'_>,
    input: CreateGroupRequest,
) -> Result<CreateGroupResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let now = call.now.api_timestamp();
        let group = GroupType {
            group_name: Some(input.group_name.clone()),
            user_pool_id: Some(input.user_pool_id),
            description: input.description,
            role_arn: input.role_arn,
            precedence: input.precedence,
            last_modified_date: Some(now),
            creation_date: Some(now),
        };
        groups::insert(records, &pool, &input.group_name, &group)?;
        Ok(CreateGroupResponse { group: Some(group) })
    })
}

pub(super) fn get_group(call: Call<'_>, input: GetGroupRequest) -> Result<GetGroupResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let group = groups::load(records, &pool, &input.group_name)?;
        Ok(GetGroupResponse { group: Some(group) })
    })
}

/// Changes what the request names and nothing else.
pub(super) fn update_group(
    call: Call<'_>,
    input: UpdateGroupRequest,
) -> Result<UpdateGroupResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let group = groups::load(records, &pool, &input.group_name)?;
        let group = GroupType {
            description: input.description.or(group.description),
            role_arn: input.role_arn.or(group.role_arn),
            precedence: input.precedence.or(group.precedence),
            last_modified_date: Some(call.now.api_timestamp()),
            ..group
        };
        records.put(&keys::group(&pool.id, &input.group_name), &group)?;
        Ok(UpdateGroupResponse { group: Some(group) })
    })
}

pub(super) fn delete_group(call: Call<'_>, input: DeleteGroupRequest) -> Result<Value, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        groups::load(records, &pool, &input.group_name)?;
        groups::delete(records, &pool, &input.group_name)?;
        Ok(json!({}))
    })
}

pub(super) fn list_groups(
    call: Call<'_>,
    input: ListGroupsRequest,
) -> Result<ListGroupsResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let page = records.page(
            &keys::group(&pool.id, ""),
            input.next_token.as_deref(),
            page::size(input.limit),
        )?;
        Ok(ListGroupsResponse {
            groups: Some(page.items),
            next_token: page.next,
        })
    })
}
