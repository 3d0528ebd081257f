//! `CreateUserPoolClient`, `DescribeUserPoolClient`, `UpdateUserPoolClient`, `DeleteUserPoolClient`,
//! `ListUserPoolClients`.

use cognito_idp::{
    Error, ErrorCode,
    types::{
        ClientTypeType, CreateUserPoolClientRequest, CreateUserPoolClientResponse,
        DeleteUserPoolClientRequest, DescribeUserPoolClientRequest, DescribeUserPoolClientResponse,
        ListUserPoolClientsRequest, ListUserPoolClientsResponse, UpdateUserPoolClientRequest,
        UpdateUserPoolClientResponse, UserPoolClientDescription, UserPoolClientType,
    },
};
use serde_json::{Value, json};

use super::{
    managed_login_branding, terms, user_pool_client_secrets,
    user_pool_client_settings::{settings, updated},
};
use crate::{
    client::Client,
    errors, identifiers, keys,
    page::{self, Page},
    pool::Pool,
    records::Records,
    service::Call,
};

/// How many clients a pool can have.
const MOST: usize = 1000;

pub(super) fn create_user_pool_client(
    call: Call<'_>,
    input: CreateUserPoolClientRequest,
) -> Result<CreateUserPoolClientResponse, Error> {
    create_with_id(call, identifiers::client_id(call.random()), input)
}

/// The same for an id that is given.
pub(super) fn create_with_id(
    call: Call<'_>,
    id: String,
    mut input: CreateUserPoolClientRequest,
) -> Result<CreateUserPoolClientResponse, Error> {
    if input.generate_secret == Some(true) && input.client_secret.is_some() {
        // The text has no source.
        return Err(errors::invalid_parameter(
            "GenerateSecret and ClientSecret cannot be used together.",
        ));
    }
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        check_room(records, &pool)?;
        let given = input.client_secret.take();
        let secrets = if given.is_some() || input.generate_secret == Some(true) {
            vec![user_pool_client_secrets::new(call, &id, &[], given)]
        } else {
            Vec::new()
        };
        let now = call.now.api_timestamp();
        let settings = UserPoolClientType {
            client_id: Some(id.as_str().into()),
            creation_date: Some(now),
            last_modified_date: Some(now),
            ..settings(records, &pool, !secrets.is_empty(), input)?
        };
        let client = Client {
            id,
            pool_id: pool.id.clone(),
            settings,
            secrets,
        };
        client.save(records)?;
        Ok(CreateUserPoolClientResponse {
            user_pool_client: Some(client.described()),
        })
    })
}

pub(super) fn describe_user_pool_client(
    call: Call<'_>,
    input: DescribeUserPoolClientRequest,
) -> Result<DescribeUserPoolClientResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load_owned(records, &pool, &input.client_id)?;
        Ok(DescribeUserPoolClientResponse {
            user_pool_client: Some(client.described()),
        })
    })
}

pub(super) fn update_user_pool_client(
    call: Call<'_>,
    input: UpdateUserPoolClientRequest,
) -> Result<UpdateUserPoolClientResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut client = Client::load_owned(records, &pool, &input.client_id)?;
        client.settings = updated(records, &pool, &client, input)?;
        client.touch(records)?;
        Ok(UpdateUserPoolClientResponse {
            user_pool_client: Some(client.described()),
        })
    })
}

pub(super) fn delete_user_pool_client(
    call: Call<'_>,
    input: DeleteUserPoolClientRequest,
) -> Result<Value, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load_in(records, &pool, &input.client_id)?;
        managed_login_branding::delete_of(records, &pool, &client.id)?;
        terms::delete_of(records, &pool, &client.id)?;
        records.delete(&keys::ui_customization(&pool.id, &client.id))?;
        records.delete(&keys::sso_session(&pool.id, &client.id))?;
        client.delete(records)?;
        Ok(json!({}))
    })
}

pub(super) fn list_user_pool_clients(
    call: Call<'_>,
    input: ListUserPoolClientsRequest,
) -> Result<ListUserPoolClientsResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let Page { items: ids, next } = records.page::<String>(
            &keys::pool_client(&pool.id, ""),
            input.next_token.as_deref(),
            page::size(input.max_results),
        )?;
        let mut descriptions = Vec::new();
        // None of these clients registered itself. A page of another type's is empty and leads on, as the service's is.
        if input.client_type != Some(ClientTypeType::Dcr) {
            for id in ids {
                descriptions.push(description(&Client::load(records, &id)?.settings));
            }
        }
        Ok(ListUserPoolClientsResponse {
            user_pool_clients: Some(descriptions),
            next_token: next,
        })
    })
}

fn check_room(records: &Records<'_>, pool: &Pool) -> Result<(), Error> {
    let clients: Vec<String> = records.scan(&keys::pool_client(&pool.id, ""))?;
    if clients.len() < MOST {
        return Ok(());
    }
    // The text has no source.
    Err(Error::new(
        ErrorCode::LimitExceededException,
        format!("A user pool cannot have more than {MOST} clients."),
    ))
}

fn description(settings: &UserPoolClientType) -> UserPoolClientDescription {
    UserPoolClientDescription {
        client_id: settings.client_id.clone(),
        user_pool_id: settings.user_pool_id.clone(),
        client_name: settings.client_name.clone(),
    }
}
