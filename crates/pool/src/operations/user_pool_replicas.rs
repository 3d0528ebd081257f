//! `CreateUserPoolReplica`, `UpdateUserPoolReplica`, `DeleteUserPoolReplica`, `ListUserPoolReplicas`.
//!
//! There is one installation, in one region: a replica is kept in the books, with the service's rules, and holds
//! nothing. The errors' texts have no source.

use cognito_idp::{
    Error,
    types::{
        CreateUserPoolReplicaRequest, CreateUserPoolReplicaResponse, DeleteUserPoolReplicaRequest,
        DeleteUserPoolReplicaResponse, ListUserPoolReplicasRequest, ListUserPoolReplicasResponse,
        ReplicaRoleType, ReplicaStatusType, UpdateReplicaStatusType, UpdateUserPoolReplicaRequest,
        UpdateUserPoolReplicaResponse, UserPoolReplicaType,
    },
};

use super::tags;
use crate::{errors, keys, page, pool::Pool, records::Records, service::Call};

pub(super) fn create_user_pool_replica(
    call: Call<'_>,
    input: CreateUserPoolReplicaRequest,
) -> Result<CreateUserPoolReplicaResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        input.user_pool_tags.as_ref().map_or(Ok(()), tags::check)?;
        let region = input.region_name;
        let key = keys::replica(&pool.id, &region);
        if region == call.settings().region || records.get::<UserPoolReplicaType>(&key)?.is_some() {
            return Err(errors::invalid_parameter(format!(
                "User pool {} already has a replica in {region}.",
                pool.id
            )));
        }
        let replica = UserPoolReplicaType {
            user_pool_arn: Some(arn(call, &region, &pool.id)),
            region_name: Some(region),
            status: Some(ReplicaStatusType::Inactive),
            role: Some(ReplicaRoleType::Secondary),
        };
        records.put(&key, &replica)?;
        Ok(CreateUserPoolReplicaResponse {
            user_pool_replica: Some(replica),
        })
    })
}

pub(super) fn update_user_pool_replica(
    call: Call<'_>,
    input: UpdateUserPoolReplicaRequest,
) -> Result<UpdateUserPoolReplicaResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut replica = load(records, &pool, &input.region_name)?;
        replica.status = Some(match input.status {
            UpdateReplicaStatusType::Active => ReplicaStatusType::Active,
            UpdateReplicaStatusType::Inactive => ReplicaStatusType::Inactive,
        });
        records.put(&keys::replica(&pool.id, &input.region_name), &replica)?;
        Ok(UpdateUserPoolReplicaResponse {
            user_pool_replica: Some(replica),
        })
    })
}

pub(super) fn delete_user_pool_replica(
    call: Call<'_>,
    input: DeleteUserPoolReplicaRequest,
) -> Result<DeleteUserPoolReplicaResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut replica = load(records, &pool, &input.region_name)?;
        if replica.status != Some(ReplicaStatusType::Inactive) {
            return Err(errors::invalid_parameter(
                "Only an inactive replica can be deleted.",
            ));
        }
        records.delete(&keys::replica(&pool.id, &input.region_name))?;
        replica.status = Some(ReplicaStatusType::Deleting);
        Ok(DeleteUserPoolReplicaResponse {
            user_pool_replica: Some(replica),
        })
    })
}

/// The primary first.
pub(super) fn list_user_pool_replicas(
    call: Call<'_>,
    input: ListUserPoolReplicasRequest,
) -> Result<ListUserPoolReplicasResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let token = input.next_token.as_deref();
        let page = records.page(&keys::replica(&pool.id, ""), token, page::size(None))?;
        let region = &call.settings().region;
        let primary = UserPoolReplicaType {
            region_name: Some(region.clone()),
            status: Some(ReplicaStatusType::Active),
            role: Some(ReplicaRoleType::Primary),
            user_pool_arn: Some(arn(call, region, &pool.id)),
        };
        let first = token.is_none().then_some(primary);
        Ok(ListUserPoolReplicasResponse {
            user_pool_replicas: Some(first.into_iter().chain(page.items).collect()),
            next_token: page.next,
        })
    })
}

fn load(records: &Records<'_>, pool: &Pool, region: &str) -> Result<UserPoolReplicaType, Error> {
    records
        .get(&keys::replica(&pool.id, region))?
        .ok_or_else(|| {
            errors::resource_not_found(format!(
                "User pool {} does not have a replica in {region}.",
                pool.id
            ))
        })
}

fn arn(call: Call<'_>, region: &str, pool_id: &str) -> String {
    let account = &call.settings().account;
    format!("arn:aws:cognito-idp:{region}:{account}:userpool/{pool_id}")
}
