//! `CreateUserPool`, `DescribeUserPool`, `UpdateUserPool`, `DeleteUserPool`, `ListUserPools`, `AddCustomAttributes`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::{
    Error, ErrorCode,
    types::{
        AddCustomAttributesRequest, AddCustomAttributesResponse, CreateUserPoolRequest,
        CreateUserPoolResponse, DeleteUserPoolRequest, DeletionProtectionType,
        DescribeUserPoolRequest, DescribeUserPoolResponse, ListUserPoolsRequest,
        ListUserPoolsResponse, UpdateUserPoolRequest, UpdateUserPoolResponse,
        UserPoolDescriptionType, UserPoolReplicaType, UserPoolType,
    },
};
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::user_pool_settings::{settings, updated};
use crate::{
    Settings, errors, identifiers, keys, page,
    pool::{Factors, Pool},
    records::Records,
    schema,
    service::Call,
    user,
};

/// How many user pools an account may have.
const MOST: usize = 1000;

pub(super) fn create_user_pool(
    call: Call<'_>,
    input: CreateUserPoolRequest,
) -> Result<CreateUserPoolResponse, Error> {
    let id = identifiers::pool_id(call.random(), &call.settings().region);
    create_with_id(call, id, input)
}

/// The same for an id that is given.
pub(super) fn create_with_id(
    call: Call<'_>,
    id: String,
    mut input: CreateUserPoolRequest,
) -> Result<CreateUserPoolResponse, Error> {
    if input.alias_attributes.is_some() && input.username_attributes.is_some() {
        return Err(errors::invalid_parameter(
            "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.",
        ));
    }
    let Settings {
        region, account, ..
    } = call.settings();
    let now = call.now.api_timestamp();
    let settings = UserPoolType {
        id: Some(id.clone()),
        arn: Some(format!(
            "arn:aws:cognito-idp:{region}:{account}:userpool/{id}"
        )),
        creation_date: Some(now),
        last_modified_date: Some(now),
        estimated_number_of_users: Some(0),
        schema_attributes: Some(schema::of_new_pool(
            input.schema.take().unwrap_or_default(),
        )?),
        alias_attributes: input.alias_attributes.take(),
        username_attributes: input.username_attributes.take(),
        username_configuration: input.username_configuration.take(),
        ..settings(input)?
    };
    let mut pool = Pool {
        id,
        factors: Factors::default(),
        settings,
        decoy_key: STANDARD.encode(call.random().bytes::<32>()),
    };
    pool.settle_second_factor()?;
    call.transact(|records| {
        check_room(records)?;
        pool.save(records)
    })?;
    Ok(CreateUserPoolResponse {
        user_pool: Some(pool.settings),
    })
}

fn check_room(records: &Records<'_>) -> Result<(), Error> {
    if records.scan::<IgnoredAny>(&keys::pools())?.len() < MOST {
        return Ok(());
    }
    // The text has no source.
    Err(Error::new(
        ErrorCode::LimitExceededException,
        format!("An account cannot have more than {MOST} user pools."),
    ))
}

pub(super) fn describe_user_pool(
    call: Call<'_>,
    input: DescribeUserPoolRequest,
) -> Result<DescribeUserPoolResponse, Error> {
    call.transact(|records| {
        let mut settings = Pool::load_owned(records, &input.user_pool_id)?.settings;
        let users = user::count(records, &input.user_pool_id)?;
        settings.estimated_number_of_users = Some(i32::try_from(users).unwrap_or(i32::MAX));
        Ok(DescribeUserPoolResponse {
            user_pool: Some(settings),
        })
    })
}

pub(super) fn update_user_pool(
    call: Call<'_>,
    input: UpdateUserPoolRequest,
) -> Result<UpdateUserPoolResponse, Error> {
    call.transact(|records| {
        let mut pool = Pool::load_owned(records, &input.user_pool_id)?;
        pool.settings = updated(pool.settings, input)?;
        pool.settle_second_factor()?;
        pool.touch(records)?;
        Ok(UpdateUserPoolResponse {})
    })
}

pub(super) fn delete_user_pool(
    call: Call<'_>,
    input: DeleteUserPoolRequest,
) -> Result<Value, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        if pool.settings.deletion_protection == Some(DeletionProtectionType::Active) {
            return Err(errors::invalid_parameter(
                "The user pool cannot be deleted because deletion protection is activated. \
                 Deletion protection must be inactivated first.",
            ));
        }
        if pool.settings.domain.is_some() || pool.settings.custom_domain.is_some() {
            return Err(errors::invalid_parameter(
                "User pool cannot be deleted. It has a domain configured that should be deleted first.",
            ));
        }
        Pool::remove(records, &pool.id)
    })?;
    call.forget_keys(&input.user_pool_id);
    Ok(json!({}))
}

pub(super) fn list_user_pools(
    call: Call<'_>,
    input: ListUserPoolsRequest,
) -> Result<ListUserPoolsResponse, Error> {
    call.transact(|records| {
        let limit = page::size(Some(input.max_results));
        let page = records.page(&keys::pools(), input.next_token.as_deref(), limit)?;
        let mut descriptions = Vec::new();
        for pool in page.items {
            descriptions.push(description(records, pool)?);
        }
        Ok(ListUserPoolsResponse {
            user_pools: Some(descriptions),
            next_token: page.next,
        })
    })
}

pub(super) fn add_custom_attributes(
    call: Call<'_>,
    input: AddCustomAttributesRequest,
) -> Result<AddCustomAttributesResponse, Error> {
    call.transact(|records| {
        let mut pool = Pool::load_owned(records, &input.user_pool_id)?;
        let schema = pool.settings.schema_attributes.get_or_insert_default();
        schema::add_custom(schema, input.custom_attributes)?;
        pool.touch(records)?;
        Ok(AddCustomAttributesResponse {})
    })
}

fn description(records: &Records<'_>, pool: Pool) -> Result<UserPoolDescriptionType, Error> {
    let replicas: Vec<UserPoolReplicaType> = records.scan(&keys::replica(&pool.id, ""))?;
    let regions = replicas
        .into_iter()
        .filter_map(|replica| replica.region_name);
    let settings = pool.settings;
    Ok(UserPoolDescriptionType {
        id: settings.id,
        name: settings.name,
        lambda_config: settings.lambda_config,
        last_modified_date: settings.last_modified_date,
        creation_date: settings.creation_date,
        replica_regions: Some(regions.collect()),
        ..UserPoolDescriptionType::default()
    })
}
