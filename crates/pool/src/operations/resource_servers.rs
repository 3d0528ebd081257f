//! `CreateResourceServer`, `DescribeResourceServer`, `UpdateResourceServer`, `DeleteResourceServer`,
//! `ListResourceServers`; and which scopes a pool has by them.

use std::collections::BTreeSet;

use cognito_idp::{
    Error, ErrorCode,
    types::{
        CreateResourceServerRequest, CreateResourceServerResponse, DeleteResourceServerRequest,
        DescribeResourceServerRequest, DescribeResourceServerResponse, ListResourceServersRequest,
        ListResourceServersResponse, ResourceServerScopeType, ResourceServerType,
        UpdateResourceServerRequest, UpdateResourceServerResponse,
    },
};
use serde_json::{Value, json};

use crate::{
    errors, keys,
    page::{self, Page},
    pool::Pool,
    records::Records,
    service::Call,
};

/// How many resource servers a pool can have.
const MOST: usize = 25;

/// The scopes that every pool has. They are about its users.
pub(super) const SCOPES_OF_USERS: [&str; 5] = [
    "aws.cognito.signin.user.admin",
    "email",
    "openid",
    "phone",
    "profile",
];

pub(super) fn create_resource_server(
    call: Call<'_>,
    input: CreateResourceServerRequest,
) -> Result<CreateResourceServerResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let servers: Vec<ResourceServerType> =
            records.scan(&keys::resource_server(&pool.id, ""))?;
        if servers
            .iter()
            .any(|server| server.identifier.as_ref() == Some(&input.identifier))
        {
            return Err(errors::invalid_parameter(format!(
                "{} already exists in user pool {}.",
                input.identifier, pool.id
            )));
        }
        if servers.len() >= MOST {
            // The text has no source.
            return Err(Error::new(
                ErrorCode::LimitExceededException,
                format!("A user pool cannot have more than {MOST} resource servers."),
            ));
        }
        let server = save(
            records,
            pool.id.clone(),
            input.identifier,
            input.name,
            input.scopes,
        )?;
        Ok(CreateResourceServerResponse {
            resource_server: server,
        })
    })
}

pub(super) fn describe_resource_server(
    call: Call<'_>,
    input: DescribeResourceServerRequest,
) -> Result<DescribeResourceServerResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        Ok(DescribeResourceServerResponse {
            resource_server: load(records, &pool, &input.identifier)?,
        })
    })
}

pub(super) fn update_resource_server(
    call: Call<'_>,
    input: UpdateResourceServerRequest,
) -> Result<UpdateResourceServerResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        load(records, &pool, &input.identifier)?;
        let server = save(
            records,
            pool.id.clone(),
            input.identifier,
            input.name,
            input.scopes,
        )?;
        Ok(UpdateResourceServerResponse {
            resource_server: server,
        })
    })
}

/// Clients that list the server's scopes go on listing them, until their next update.
pub(super) fn delete_resource_server(
    call: Call<'_>,
    input: DeleteResourceServerRequest,
) -> Result<Value, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        load(records, &pool, &input.identifier)?;
        records.delete(&keys::resource_server(&pool.id, &input.identifier))?;
        Ok(json!({}))
    })
}

pub(super) fn list_resource_servers(
    call: Call<'_>,
    input: ListResourceServersRequest,
) -> Result<ListResourceServersResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let Page { items, next } = records.page(
            &keys::resource_server(&pool.id, ""),
            input.next_token.as_deref(),
            page::size(input.max_results),
        )?;
        Ok(ListResourceServersResponse {
            resource_servers: items,
            next_token: next,
        })
    })
}

/// Checks that a pool has these scopes: everybody's, or `identifier/name` of one of its resource servers.
///
/// # Errors
///
/// `ScopeDoesNotExistException` for the first that it does not have.
pub(super) fn check_scopes(
    records: &Records<'_>,
    pool: &Pool,
    scopes: &[String],
) -> Result<(), Error> {
    for scope in scopes {
        if SCOPES_OF_USERS.contains(&scope.as_str()) {
            continue;
        }
        // An identifier may have slashes in it, a scope's name has none.
        let (identifier, name) = scope.rsplit_once('/').unwrap_or_default();
        let server: Option<ResourceServerType> =
            records.get(&keys::resource_server(&pool.id, identifier))?;
        let scopes = server.and_then(|server| server.scopes).unwrap_or_default();
        if !scopes.iter().any(|known| known.scope_name == name) {
            return Err(Error::new(
                ErrorCode::ScopeDoesNotExistException,
                format!("Invalid scope requested: {scope}"),
            ));
        }
    }
    Ok(())
}

fn load(records: &Records<'_>, pool: &Pool, identifier: &str) -> Result<ResourceServerType, Error> {
    records
        .get(&keys::resource_server(&pool.id, identifier))?
        .ok_or_else(|| {
            errors::resource_not_found(format!("Resource server {identifier} does not exist."))
        })
}

fn save(
    records: &mut Records<'_>,
    pool_id: String,
    identifier: String,
    name: String,
    scopes: Option<Vec<ResourceServerScopeType>>,
) -> Result<ResourceServerType, Error> {
    let scopes = scopes.unwrap_or_default();
    let names: BTreeSet<_> = scopes.iter().map(|scope| &scope.scope_name).collect();
    if names.len() < scopes.len() {
        // The text has no source.
        return Err(errors::invalid_parameter("Duplicate scope names."));
    }
    let key = keys::resource_server(&pool_id, &identifier);
    let server = ResourceServerType {
        user_pool_id: Some(pool_id),
        identifier: Some(identifier),
        name: Some(name),
        scopes: Some(scopes),
        managed_by: None,
    };
    records.put(&key, &server)?;
    Ok(server)
}
