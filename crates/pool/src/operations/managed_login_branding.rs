//! `CreateManagedLoginBranding`, `DescribeManagedLoginBranding`, `DescribeManagedLoginBrandingByClient`,
//! `UpdateManagedLoginBranding`, `DeleteManagedLoginBranding`: styles of managed login. Its pages are not served yet, and
//! have no settings of their own that an answer could be merged with.

use cognito_idp::{
    Error, ErrorCode,
    types::{
        AssetCategoryType, AssetExtensionType, AssetType, CreateManagedLoginBrandingRequest,
        CreateManagedLoginBrandingResponse, DeleteManagedLoginBrandingRequest,
        DescribeManagedLoginBrandingByClientRequest, DescribeManagedLoginBrandingByClientResponse,
        DescribeManagedLoginBrandingRequest, DescribeManagedLoginBrandingResponse,
        ManagedLoginBrandingType, UpdateManagedLoginBrandingRequest,
        UpdateManagedLoginBrandingResponse,
    },
};
use serde_json::{Value, json};

use crate::{
    client::Client, errors, identifiers, keys, pool::Pool, records::Records, service::Call,
};

pub(super) fn create_managed_login_branding(
    call: Call<'_>,
    input: CreateManagedLoginBrandingRequest,
) -> Result<CreateManagedLoginBrandingResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load_in(records, &pool, &input.client_id)?;
        let key = keys::branding(&pool.id, &client.id);
        if records.get::<ManagedLoginBrandingType>(&key)?.is_some() {
            // The text has no source.
            return Err(Error::new(
                ErrorCode::ManagedLoginBrandingExistsException,
                format!("Client {} already has a managed login branding.", client.id),
            ));
        }
        let uses_provided = input.use_cognito_provided_values == Some(true);
        if uses_provided == input.settings.is_some() {
            return Err(provided_or_settings());
        }
        check_assets(input.assets.as_deref())?;
        let id = identifiers::uuid(call.random());
        let now = call.now.api_timestamp();
        let branding = ManagedLoginBrandingType {
            managed_login_branding_id: Some(id.clone()),
            user_pool_id: Some(pool.id.clone()),
            use_cognito_provided_values: Some(uses_provided),
            settings: input.settings,
            assets: Some(input.assets.unwrap_or_default()),
            creation_date: Some(now),
            last_modified_date: Some(now),
        };
        records.put(&key, &branding)?;
        records.put(&keys::branding_client(&pool.id, &id), &client.id)?;
        Ok(CreateManagedLoginBrandingResponse {
            managed_login_branding: Some(branding),
        })
    })
}

pub(super) fn describe_managed_login_branding(
    call: Call<'_>,
    input: DescribeManagedLoginBrandingRequest,
) -> Result<DescribeManagedLoginBrandingResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let (_, branding) = load(records, &pool, &input.managed_login_branding_id)?;
        Ok(DescribeManagedLoginBrandingResponse {
            managed_login_branding: Some(branding),
        })
    })
}

pub(super) fn describe_managed_login_branding_by_client(
    call: Call<'_>,
    input: DescribeManagedLoginBrandingByClientRequest,
) -> Result<DescribeManagedLoginBrandingByClientResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load_in(records, &pool, &input.client_id)?;
        let branding = records.get(&keys::branding(&pool.id, &client.id))?;
        Ok(DescribeManagedLoginBrandingByClientResponse {
            managed_login_branding: Some(branding.ok_or_else(not_found)?),
        })
    })
}

/// What is left out stays as it is.
pub(super) fn update_managed_login_branding(
    call: Call<'_>,
    input: UpdateManagedLoginBrandingRequest,
) -> Result<UpdateManagedLoginBrandingResponse, Error> {
    call.transact(|records| {
        // The model requires neither of the two.
        let pool = Pool::load(records, input.user_pool_id.as_deref().unwrap_or_default())?;
        let id = input.managed_login_branding_id.unwrap_or_default();
        let (client, mut branding) = load(records, &pool, &id)?;
        let uses_provided = input.use_cognito_provided_values;
        if uses_provided == Some(true) && input.settings.is_some() {
            return Err(provided_or_settings());
        }
        check_assets(input.assets.as_deref())?;
        if uses_provided == Some(true) {
            branding.settings = None;
            branding.use_cognito_provided_values = Some(true);
        }
        if input.settings.is_some() {
            branding.settings = input.settings;
            branding.use_cognito_provided_values = Some(false);
        }
        branding.assets = input.assets.or(branding.assets);
        branding.last_modified_date = Some(call.now.api_timestamp());
        records.put(&keys::branding(&pool.id, &client), &branding)?;
        Ok(UpdateManagedLoginBrandingResponse {
            managed_login_branding: Some(branding),
        })
    })
}

pub(super) fn delete_managed_login_branding(
    call: Call<'_>,
    input: DeleteManagedLoginBrandingRequest,
) -> Result<Value, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let (client, _) = load(records, &pool, &input.managed_login_branding_id)?;
        delete_of(records, &pool, &client)?;
        Ok(json!({}))
    })
}

/// Deletes a client's style, if it has one.
pub(super) fn delete_of(records: &mut Records<'_>, pool: &Pool, client: &str) -> Result<(), Error> {
    let key = keys::branding(&pool.id, client);
    let branding: Option<ManagedLoginBrandingType> = records.get(&key)?;
    if let Some(id) = branding.and_then(|branding| branding.managed_login_branding_id) {
        records.delete(&keys::branding_client(&pool.id, &id))?;
    }
    records.delete(&key)
}

/// A style and its client's id.
fn load(
    records: &Records<'_>,
    pool: &Pool,
    id: &str,
) -> Result<(String, ManagedLoginBrandingType), Error> {
    let client: Option<String> = records.get(&keys::branding_client(&pool.id, id))?;
    let client = client.ok_or_else(not_found)?;
    let branding = records.get(&keys::branding(&pool.id, &client))?;
    Ok((client, branding.ok_or_else(not_found)?))
}

/// The text has no source.
fn check_assets(assets: Option<&[AssetType]>) -> Result<(), Error> {
    let is_misplaced = |asset: &AssetType| {
        asset.extension == AssetExtensionType::Ico
            && asset.category != AssetCategoryType::FaviconIco
    };
    if assets.unwrap_or_default().iter().any(is_misplaced) {
        return Err(errors::invalid_parameter(
            "The ICO extension is only valid for the FAVICON_ICO category.",
        ));
    }
    Ok(())
}

fn provided_or_settings() -> Error {
    errors::invalid_parameter(
        "useCognitoProvidedValues or settings should be specified (but not both)",
    )
}

/// The text has no source.
fn not_found() -> Error {
    errors::resource_not_found("Managed login branding does not exist.")
}
