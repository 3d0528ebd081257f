//! `CreateIdentityProvider`, `DescribeIdentityProvider`, `GetIdentityProviderByIdentifier`, `UpdateIdentityProvider`,
//! `DeleteIdentityProvider`, `ListIdentityProviders`.
//!
//! What a provider's details must say is in [`provider_details`]. Nothing is fetched from the providers.

use std::collections::BTreeMap;

use cognito_idp::{
    Error, ErrorCode,
    types::{
        CreateIdentityProviderRequest, CreateIdentityProviderResponse,
        DeleteIdentityProviderRequest, DescribeIdentityProviderRequest,
        DescribeIdentityProviderResponse, GetIdentityProviderByIdentifierRequest,
        GetIdentityProviderByIdentifierResponse, IdentityProviderType, IdentityProviderTypeType,
        ListIdentityProvidersRequest, ListIdentityProvidersResponse, ProviderDescription,
        UpdateIdentityProviderRequest, UpdateIdentityProviderResponse,
    },
};
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::provider_details;
use crate::{
    errors, keys,
    page::{self, Page},
    pool::Pool,
    records::Records,
    service::Call,
};

/// How many providers a pool can have.
const MOST: usize = 300;

/// The pool itself, among a client's `SupportedIdentityProviders`.
const OWN_USERS: &str = "COGNITO";

pub(super) fn create_identity_provider(
    call: Call<'_>,
    input: CreateIdentityProviderRequest,
) -> Result<CreateIdentityProviderResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let (name, kind) = (input.provider_name, input.provider_type);
        provider_details::check_name(&name, kind)?;
        if find(records, &pool, &name)?.is_some() {
            return Err(duplicate(format!(
                "A provider with the name {name} already exists."
            )));
        }
        check_room(records, &pool)?;
        let mut mapping = input.attribute_mapping.unwrap_or_default();
        if let Some(id) = provider_details::user_id(kind) {
            mapping
                .entry("username".to_owned())
                .or_insert(id.to_owned());
        }
        let now = call.now.api_timestamp();
        let provider = IdentityProviderType {
            user_pool_id: Some(pool.id.clone()),
            provider_name: Some(name.clone()),
            provider_type: Some(kind),
            provider_details: Some(provider_details::complete(kind, input.provider_details)?),
            attribute_mapping: Some(mapping),
            idp_identifiers: Some(input.idp_identifiers.unwrap_or_default()),
            acr_mapping: input.acr_mapping,
            last_modified_date: Some(now),
            creation_date: Some(now),
        };
        save(records, &pool, &name, &provider)?;
        Ok(CreateIdentityProviderResponse {
            identity_provider: shown(provider),
        })
    })
}

pub(super) fn describe_identity_provider(
    call: Call<'_>,
    input: DescribeIdentityProviderRequest,
) -> Result<DescribeIdentityProviderResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        Ok(DescribeIdentityProviderResponse {
            identity_provider: shown(load(records, &pool, &input.provider_name)?),
        })
    })
}

pub(super) fn get_identity_provider_by_identifier(
    call: Call<'_>,
    input: GetIdentityProviderByIdentifierRequest,
) -> Result<GetIdentityProviderByIdentifierResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let name: Option<String> =
            records.get(&keys::idp_identifier(&pool.id, &input.idp_identifier))?;
        let name = name.ok_or_else(|| not_found(&input.idp_identifier))?;
        Ok(GetIdentityProviderByIdentifierResponse {
            identity_provider: shown(load(records, &pool, &name)?),
        })
    })
}

/// What is left out stays as it is.
pub(super) fn update_identity_provider(
    call: Call<'_>,
    input: UpdateIdentityProviderRequest,
) -> Result<UpdateIdentityProviderResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let name = input.provider_name;
        let mut provider = load(records, &pool, &name)?;
        release_identifiers(records, &pool, &provider)?;
        if let (Some(kind), Some(details)) = (provider.provider_type, input.provider_details) {
            provider.provider_details = Some(provider_details::complete(kind, details)?);
        }
        provider.attribute_mapping = input.attribute_mapping.or(provider.attribute_mapping);
        provider.idp_identifiers = input.idp_identifiers.or(provider.idp_identifiers);
        provider.acr_mapping = input.acr_mapping.or(provider.acr_mapping);
        provider.last_modified_date = Some(call.now.api_timestamp());
        save(records, &pool, &name, &provider)?;
        Ok(UpdateIdentityProviderResponse {
            identity_provider: shown(provider),
        })
    })
}

/// Clients that list the provider go on listing it, until their next update.
pub(super) fn delete_identity_provider(
    call: Call<'_>,
    input: DeleteIdentityProviderRequest,
) -> Result<Value, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let provider = load(records, &pool, &input.provider_name)?;
        release_identifiers(records, &pool, &provider)?;
        records.delete(&keys::identity_provider(&pool.id, &input.provider_name))?;
        Ok(json!({}))
    })
}

pub(super) fn list_identity_providers(
    call: Call<'_>,
    input: ListIdentityProvidersRequest,
) -> Result<ListIdentityProvidersResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let Page { items, next } = records.page(
            &keys::identity_provider(&pool.id, ""),
            input.next_token.as_deref(),
            page::size(input.max_results),
        )?;
        Ok(ListIdentityProvidersResponse {
            providers: items.into_iter().map(description).collect(),
            next_token: next,
        })
    })
}

/// Checks that a pool has these providers.
///
/// # Errors
///
/// `InvalidParameterException` for the first that it does not have.
pub(super) fn check_supported(
    records: &Records<'_>,
    pool: &Pool,
    names: &[String],
) -> Result<(), Error> {
    for name in names {
        if name != OWN_USERS && find(records, pool, name)?.is_none() {
            return Err(errors::invalid_parameter(format!(
                "The provider {name} does not exist for User Pool {}.",
                pool.id
            )));
        }
    }
    Ok(())
}

fn find(
    records: &Records<'_>,
    pool: &Pool,
    name: &str,
) -> Result<Option<IdentityProviderType>, Error> {
    records.get(&keys::identity_provider(&pool.id, name))
}

pub(super) fn load(
    records: &Records<'_>,
    pool: &Pool,
    name: &str,
) -> Result<IdentityProviderType, Error> {
    find(records, pool, name)?.ok_or_else(|| not_found(name))
}

/// Writes a provider whose identifiers are not written yet.
fn save(
    records: &mut Records<'_>,
    pool: &Pool,
    name: &str,
    provider: &IdentityProviderType,
) -> Result<(), Error> {
    check_mappings(pool, provider)?;
    for identifier in provider.idp_identifiers.iter().flatten() {
        let key = keys::idp_identifier(&pool.id, identifier);
        if records.get::<String>(&key)?.is_some() {
            return Err(duplicate(format!(
                "A provider with the identifier {identifier} already exists."
            )));
        }
        records.put(&key, &name)?;
    }
    records.put(&keys::identity_provider(&pool.id, name), provider)
}

fn release_identifiers(
    records: &mut Records<'_>,
    pool: &Pool,
    provider: &IdentityProviderType,
) -> Result<(), Error> {
    for identifier in provider.idp_identifiers.iter().flatten() {
        records.delete(&keys::idp_identifier(&pool.id, identifier))?;
    }
    Ok(())
}

/// The texts have no source.
fn check_mappings(pool: &Pool, provider: &IdentityProviderType) -> Result<(), Error> {
    let is_known = |attribute: &str| {
        let mut schema = pool.schema().iter();
        attribute == "username" || schema.any(|known| known.name.as_deref() == Some(attribute))
    };
    let mapping = provider.attribute_mapping.iter().flatten();
    if let Some((attribute, _)) = mapping.into_iter().find(|(name, _)| !is_known(name)) {
        return Err(errors::invalid_parameter(format!(
            "Attribute {attribute} is not in the schema of the user pool."
        )));
    }
    let maps_acr = provider
        .acr_mapping
        .as_ref()
        .is_some_and(|mapping| !mapping.is_empty());
    if maps_acr && provider.provider_type != Some(IdentityProviderTypeType::Oidc) {
        return Err(errors::invalid_parameter(
            "AcrMapping is only supported for OIDC identity providers.",
        ));
    }
    Ok(())
}

/// A provider as answers show it: without the key that signs for an application at Apple's.
fn shown(mut provider: IdentityProviderType) -> IdentityProviderType {
    let details: Option<&mut BTreeMap<_, _>> = provider.provider_details.as_mut();
    if let Some(details) = details {
        details.remove("private_key");
    }
    provider
}

fn description(provider: IdentityProviderType) -> ProviderDescription {
    ProviderDescription {
        provider_name: provider.provider_name,
        provider_type: provider.provider_type,
        last_modified_date: provider.last_modified_date,
        creation_date: provider.creation_date,
    }
}

fn check_room(records: &Records<'_>, pool: &Pool) -> Result<(), Error> {
    let providers: Vec<IgnoredAny> = records.scan(&keys::identity_provider(&pool.id, ""))?;
    if providers.len() < MOST {
        return Ok(());
    }
    // The text has no source.
    Err(Error::new(
        ErrorCode::LimitExceededException,
        format!("A user pool cannot have more than {MOST} identity providers."),
    ))
}

fn not_found(name: &str) -> Error {
    errors::resource_not_found(format!("Identity provider {name} does not exist."))
}

/// Its texts have no source.
fn duplicate(text: String) -> Error {
    Error::new(ErrorCode::DuplicateProviderException, text)
}
