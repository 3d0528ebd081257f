//! Pools with their clients, groups and users, made as a document describes them.

use std::collections::BTreeMap;

use cognito_idp::{Error, Operation, Sensitive, misfit, validate};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use super::{handle, user_pool_clients, user_pools};
use crate::{errors, keys, pool::Pool, records::Records, service::Call};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Seed {
    user_pools: Vec<SeededPool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SeededPool {
    id: String,
    /// The input of `SetUserPoolMfaConfig`.
    mfa_config: Option<Map<String, Value>>,
    #[serde(default)]
    clients: Vec<SeededClient>,
    #[serde(default)]
    groups: Vec<Map<String, Value>>,
    #[serde(default)]
    users: Vec<SeededUser>,
    /// The input of `CreateUserPool`.
    #[serde(flatten)]
    settings: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SeededClient {
    client_id: String,
    /// The input of `CreateUserPoolClient`.
    #[serde(flatten)]
    settings: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SeededUser {
    username: String,
    /// Permanent. Without one, the user is as an administrator's invitation makes them.
    password: Option<Sensitive>,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
    #[serde(default)]
    groups: Vec<String>,
}

/// Makes the pools that are not there yet and says their ids.
///
/// # Errors
///
/// The error of the operation that could not be done. Pools before the one that it was about stay.
pub(crate) fn seed(call: Call<'_>, document: Value) -> Result<Vec<String>, Error> {
    let seed: Seed = parse(document)?;
    let mut made = Vec::new();
    for (number, pool) in seed.user_pools.into_iter().enumerate() {
        let place = format!("UserPools[{number}]");
        let id = pool.id.clone();
        // Before anything else: no other text may stand in a key's place for a pool.
        at(
            &place,
            validate(Operation::DescribeUserPool, &json!({ "UserPoolId": id })),
        )?;
        let is_there = call.transact(|records| exists(records, &keys::pool(&id)))?;
        if is_there {
            continue;
        }
        if let Err(error) = make(call, &place, pool) {
            call.transact(|records| Pool::remove(records, &id))?;
            return Err(error);
        }
        made.push(id);
    }
    Ok(made)
}

fn make(call: Call<'_>, place: &str, pool: SeededPool) -> Result<(), Error> {
    let id = pool.id;
    check_shape(place, Operation::CreateUserPool, &pool.settings)?;
    at(place, make_pool(call, &id, pool.settings))?;
    if let Some(mut config) = pool.mfa_config {
        let place = format!("{place}.MfaConfig");
        check_shape(&place, Operation::SetUserPoolMfaConfig, &config)?;
        config.insert("UserPoolId".to_owned(), json!(id));
        let made = handle(call, Operation::SetUserPoolMfaConfig, config.into());
        at(&place, made)?;
    }
    for (number, client) in pool.clients.into_iter().enumerate() {
        let place = format!("{place}.Clients[{number}]");
        check_shape(&place, Operation::CreateUserPoolClient, &client.settings)?;
        at(&place, make_client(call, &id, client))?;
    }
    for (number, mut group) in pool.groups.into_iter().enumerate() {
        let place = format!("{place}.Groups[{number}]");
        check_shape(&place, Operation::CreateGroup, &group)?;
        group.insert("UserPoolId".to_owned(), json!(id));
        at(&place, handle(call, Operation::CreateGroup, group.into()))?;
    }
    for (number, user) in pool.users.into_iter().enumerate() {
        let place = format!("{place}.Users[{number}]");
        at(&place, make_user(call, &id, user))?;
    }
    Ok(())
}

/// Refuses what the API would ignore: a misspelt setting is not what its author wants.
fn check_shape(
    place: &str,
    operation: Operation,
    settings: &Map<String, Value>,
) -> Result<(), Error> {
    let Some(misfit) = misfit(operation, &settings.clone().into()) else {
        return Ok(());
    };
    let (path, expected) = (misfit.path, misfit.expected);
    let text = format!("{place}.{path}: expected {expected}");
    Err(errors::invalid_parameter(text))
}

/// Names the place in the seed that an error is about.
fn at<T>(place: &str, made: Result<T, Error>) -> Result<T, Error> {
    made.map_err(|error| Error {
        message: format!("{place}: {}", error.message),
        ..error
    })
}

fn make_pool(call: Call<'_>, id: &str, mut settings: Map<String, Value>) -> Result<(), Error> {
    settings.entry("PoolName").or_insert(json!(id));
    let input = checked(Operation::CreateUserPool, settings)?;
    user_pools::create_with_id(call, id.to_owned(), input)?;
    Ok(())
}

fn make_client(call: Call<'_>, pool: &str, client: SeededClient) -> Result<(), Error> {
    let SeededClient {
        client_id,
        mut settings,
    } = client;
    let named = json!({ "UserPoolId": pool, "ClientId": client_id });
    validate(Operation::DescribeUserPoolClient, &named)?;
    if call.transact(|records| exists(records, &keys::client(&client_id)))? {
        return Err(errors::invalid_parameter(format!(
            "There is a client {client_id} already."
        )));
    }
    settings.entry("ClientName").or_insert(json!(client_id));
    settings.insert("UserPoolId".to_owned(), json!(pool));
    let input = checked(Operation::CreateUserPoolClient, settings)?;
    user_pool_clients::create_with_id(call, client_id, input)?;
    Ok(())
}

fn make_user(call: Call<'_>, pool: &str, user: SeededUser) -> Result<(), Error> {
    let name = &user.username;
    let attributes: Vec<_> = user
        .attributes
        .iter()
        .map(|(name, value)| json!({ "Name": name, "Value": value }))
        .collect();
    let input = json!({
        "UserPoolId": pool, "Username": name, "UserAttributes": attributes, "MessageAction": "SUPPRESS",
    });
    handle(call, Operation::AdminCreateUser, input)?;
    if let Some(password) = &user.password {
        let input = json!({
            "UserPoolId": pool, "Username": name, "Password": password, "Permanent": true,
        });
        handle(call, Operation::AdminSetUserPassword, input)?;
    }
    for group in &user.groups {
        let input = json!({ "UserPoolId": pool, "Username": name, "GroupName": group });
        handle(call, Operation::AdminAddUserToGroup, input)?;
    }
    Ok(())
}

fn exists(records: &Records<'_>, key: &str) -> Result<bool, Error> {
    Ok(records.get::<Value>(key)?.is_some())
}

/// The input of an operation that gives out an id, for one that is given.
fn checked<T: DeserializeOwned>(
    operation: Operation,
    input: Map<String, Value>,
) -> Result<T, Error> {
    let input = input.into();
    validate(operation, &input)?;
    parse(input)
}

fn parse<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| errors::invalid_parameter(error.to_string()))
}
