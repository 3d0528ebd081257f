//! `GetClientToken`: an access token for a client itself, as the client-credentials grant of OAuth 2.0 gives it.

use cognito_idp::{
    Error,
    types::{
        ClientAuthenticationResultType, ExplicitAuthFlowsType, GetClientTokenRequest,
        GetClientTokenResponse,
    },
};

use super::resource_servers::{self, SCOPES_OF_USERS};
use crate::{
    client::Client, errors, pool::Pool, records::Records, service::Call, tokens::single,
    unsupported,
};

// Where no other source is named, the errors' types are those that the operation declares, and their texts have no
// source.

pub(super) fn get_client_token(
    call: Call<'_>,
    input: GetClientTokenRequest,
) -> Result<GetClientTokenResponse, Error> {
    let (pool, token) = call.transact(|records| {
        let (client, pool) = Client::load_with_pool(records, &input.client_id)?;
        if !client.has_secret(Some(&input.secret)) {
            return Err(errors::not_authorized("Invalid client secret"));
        }
        if !client.lists(ExplicitAuthFlowsType::AllowClientTokenAuth) {
            return Err(errors::invalid_parameter(
                "CLIENT_TOKEN_AUTH flow not enabled for this client",
            ));
        }
        unsupported::check_tokens(&pool)?;
        let scopes = scopes(records, &pool, &client, input.scopes)?;
        let issuer = call.issuer(&pool.id);
        let token = single::of_client(call.random(), &issuer, &client, &scopes, call.now);
        Ok((pool, token))
    })?;
    Ok(GetClientTokenResponse {
        client_authentication_result: Some(ClientAuthenticationResultType {
            access_token: Some(token.sign(&*call.keys(&pool.id)?)?),
            expires_in: i32::try_from(token.expires_in).ok(),
            token_type: Some("Bearer".to_owned()),
        }),
    })
}

/// The scopes that were asked for, or all that the client may have; of resource servers alone, since no user is there.
/// One whose resource server has dropped it is passed over, as the service does.
fn scopes(
    records: &Records<'_>,
    pool: &Pool,
    client: &Client,
    asked: Option<Vec<String>>,
) -> Result<Vec<String>, Error> {
    let allowed: Vec<String> = client
        .oauth_scopes()
        .iter()
        .filter(|scope| !SCOPES_OF_USERS.contains(&scope.as_str()))
        .cloned()
        .collect();
    let asked = asked.filter(|asked| !asked.is_empty());
    if let Some(foreign) = asked
        .iter()
        .flatten()
        .find(|scope| !allowed.contains(scope))
    {
        return Err(errors::invalid_parameter(format!(
            "Invalid scope requested: {foreign}"
        )));
    }
    let mut scopes = asked.unwrap_or(allowed);
    scopes.retain(|scope| {
        resource_servers::check_scopes(records, pool, std::slice::from_ref(scope)).is_ok()
    });
    if scopes.is_empty() {
        return Err(errors::invalid_parameter(
            "The client has no scope of a resource server.",
        ));
    }
    Ok(scopes)
}
