//! A whole pool as one JSON document, to be kept or to be taken to another store.
//!
//! It holds what lasts: settings, clients, users with their verifiers and their history, groups, signing keys. What
//! holds for a time only stays behind: codes, sessions, sign-ins.

use std::collections::BTreeSet;

use cognito_idp::{Error, Operation, types::DomainDescriptionType, validate};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{client::Client, errors, keys, migrations, pool::Pool, records::Records};

/// The document.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Document {
    /// [`keys::FORMAT`] of the program that wrote it.
    format: i64,
    user_pool_id: String,
    records: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Entry {
    key: Vec<String>,
    value: Value,
}

/// # Errors
///
/// `ResourceNotFoundException` if there is no such pool.
pub(crate) fn export(records: &Records<'_>, pool_id: &str) -> Result<Value, Error> {
    let pool = Pool::load(records, pool_id)?;
    let mut entries = Vec::new();
    for family in records.families()? {
        let key = keys::under(&family, &pool.id);
        entries.extend(records.entries(&keys::under(&key, ""))?);
        let own: Option<Value> = records.get(&key)?;
        entries.extend(own.map(|value| (key, value)));
    }
    for id in records.scan::<String>(&keys::pool_client(&pool.id, ""))? {
        let key = keys::client(&id);
        let client: Option<Value> = records.get(&key)?;
        entries.extend(client.map(|value| (key, value)));
    }
    for (key, value) in records.entries(&keys::domain(""))? {
        let domain: DomainDescriptionType = decode(value.clone())?;
        if domain.user_pool_id.as_ref() == Some(&pool.id) {
            entries.push((key, value));
        }
    }
    let expiring: BTreeSet<String> = records.expiring_keys()?.into_iter().collect();
    let document = Document {
        format: keys::FORMAT,
        user_pool_id: pool.id.clone(),
        records: entries
            .into_iter()
            .filter(|(key, _)| !expiring.contains(key))
            .map(|(key, value)| Entry {
                key: key.split(keys::SEPARATOR).map(str::to_owned).collect(),
                value,
            })
            .collect(),
    };
    serde_json::to_value(document).map_err(|error| errors::internal(error.to_string()))
}

/// Puts an exported pool into the store, in today's format, and gives its id.
///
/// # Errors
///
/// `InvalidParameterException` if the document is none of this program's, or what it holds is here already.
pub(crate) fn import(records: &mut Records<'_>, document: Value) -> Result<String, Error> {
    let document: Document = decode(document)?;
    let migrations = migrations::from_format(document.format).ok_or_else(|| {
        errors::invalid_parameter(format!(
            "This document has format {}; this version of the program reads and writes format {}.",
            document.format,
            keys::FORMAT
        ))
    })?;
    let named = json!({ "UserPoolId": document.user_pool_id });
    validate(Operation::DescribeUserPool, &named)?;
    for Entry { key, value } in document.records {
        if !belongs(&document.user_pool_id, &key, &value) {
            return Err(errors::invalid_parameter(
                "The document holds what is not of its user pool.",
            ));
        }
        let key = key.join(&keys::SEPARATOR.to_string());
        if records.get::<Value>(&key)?.is_some() {
            return Err(errors::invalid_parameter(format!(
                "The user pool {}, or a client or domain of it, is here already.",
                document.user_pool_id
            )));
        }
        records.put(&key, &value)?;
    }
    Pool::load(records, &document.user_pool_id)?;
    migrations::run(records, migrations)?;
    Ok(document.user_pool_id)
}

fn belongs(pool: &str, key: &[String], value: &Value) -> bool {
    match key {
        [family, id] if family == "client" => {
            let client: Option<Client> = decode(value.clone()).ok();
            client.is_some_and(|client| client.pool_id == pool && client.id == *id)
        }
        [family, _] if family == "domain" => {
            let domain: Option<DomainDescriptionType> = decode(value.clone()).ok();
            domain.is_some_and(|domain| domain.user_pool_id.as_deref() == Some(pool))
        }
        [_, of, ..] => of == pool,
        _ => false,
    }
}

fn decode<T: for<'a> Deserialize<'a>>(value: Value) -> Result<T, Error> {
    serde_json::from_value(value).map_err(|error| {
        errors::invalid_parameter(format!("This is no exported user pool: {error}"))
    })
}
