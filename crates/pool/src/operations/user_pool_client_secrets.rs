//! `AddUserPoolClientSecret`, `DeleteUserPoolClientSecret`, `ListUserPoolClientSecrets`: a client's secret is replaced
//! without a moment at which none is right, since for a while two are.

use cognito_idp::{
    Error, ErrorCode, Sensitive,
    types::{
        AddUserPoolClientSecretRequest, AddUserPoolClientSecretResponse,
        ClientSecretDescriptorType, DeleteUserPoolClientSecretRequest,
        DeleteUserPoolClientSecretResponse, ListUserPoolClientSecretsRequest,
        ListUserPoolClientSecretsResponse,
    },
};

use crate::{
    client::{Client, ClientSecret},
    errors, identifiers,
    pool::Pool,
    service::Call,
};

/// How many secrets a client can have at a time.
const MOST: usize = 2;

// The errors' types are those that the operations declare; their texts have no source.

pub(super) fn add_user_pool_client_secret(
    call: Call<'_>,
    input: AddUserPoolClientSecretRequest,
) -> Result<AddUserPoolClientSecretResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut client = Client::load_owned(records, &pool, &input.client_id)?;
        if client.secrets.is_empty() {
            return Err(errors::invalid_parameter(
                "A client secret cannot be added to a public client.",
            ));
        }
        if client.secrets.len() >= MOST {
            return Err(Error::new(
                ErrorCode::LimitExceededException,
                format!("A client cannot have more than {MOST} secrets."),
            ));
        }
        let is_given = input.client_secret.is_some();
        let secret = new(call, &client.id, &client.secrets, input.client_secret);
        let descriptor = ClientSecretDescriptorType {
            // Whoever gave the secret knows it.
            client_secret_value: (!is_given).then(|| secret.value.clone()),
            ..descriptor(&secret)
        };
        client.secrets.push(secret);
        client.touch(records)?;
        Ok(AddUserPoolClientSecretResponse {
            client_secret_descriptor: Some(descriptor),
        })
    })
}

pub(super) fn delete_user_pool_client_secret(
    call: Call<'_>,
    input: DeleteUserPoolClientSecretRequest,
) -> Result<DeleteUserPoolClientSecretResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut client = Client::load_owned(records, &pool, &input.client_id)?;
        let id = &input.client_secret_id;
        if !client.secrets.iter().any(|secret| secret.id == *id) {
            return Err(errors::resource_not_found(format!(
                "Client secret {id} does not exist."
            )));
        }
        if client.secrets.len() == 1 {
            return Err(errors::invalid_parameter(
                "The last secret of a client cannot be deleted.",
            ));
        }
        client.secrets.retain(|secret| secret.id != *id);
        client.touch(records)?;
        Ok(DeleteUserPoolClientSecretResponse {})
    })
}

pub(super) fn list_user_pool_client_secrets(
    call: Call<'_>,
    input: ListUserPoolClientSecretsRequest,
) -> Result<ListUserPoolClientSecretsResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load_in(records, &pool, &input.client_id)?;
        Ok(ListUserPoolClientSecretsResponse {
            client_secrets: Some(client.secrets.iter().map(descriptor).collect()),
            // There are two at most: the service gives both at once.
            next_token: None,
        })
    })
}

/// A new secret of a client beside its others: the given one, or one that nobody can guess.
pub(super) fn new(
    call: Call<'_>,
    client_id: &str,
    others: &[ClientSecret],
    given: Option<Sensitive>,
) -> ClientSecret {
    // Named for its time, as the service's are; the next millisecond stands in for one that is taken.
    let mut id = format!("{client_id}--{}", call.now.0);
    if others.iter().any(|other| other.id == id) {
        id = format!("{client_id}--{}", call.now.0 + 1);
    }
    ClientSecret {
        id,
        value: given.unwrap_or_else(|| identifiers::client_secret(call.random()).into()),
        created: call.now,
    }
}

/// What is told about a secret: not the secret itself.
fn descriptor(secret: &ClientSecret) -> ClientSecretDescriptorType {
    ClientSecretDescriptorType {
        client_secret_id: Some(secret.id.clone()),
        client_secret_value: None,
        client_secret_create_date: Some(secret.created.api_timestamp()),
    }
}
