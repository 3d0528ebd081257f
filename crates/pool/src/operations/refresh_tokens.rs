//! `GetTokensFromRefreshToken`: new tokens for an old sign-in, and a new refresh token where the client rotates them.

use cognito_idp::{
    Error,
    types::{GetTokensFromRefreshTokenRequest, GetTokensFromRefreshTokenResponse},
};

use crate::{client::Client, errors, service::Call, tokens::grants, unsupported};

pub(super) fn get_tokens_from_refresh_token(
    call: Call<'_>,
    input: GetTokensFromRefreshTokenRequest,
) -> Result<GetTokensFromRefreshTokenResponse, Error> {
    let (pool, issued) = call.transact(|records| {
        let (client, pool) = Client::load_with_pool(records, &input.client_id)?;
        if !client.has_secret(input.client_secret.as_deref()) {
            // The service's text is not known.
            return Err(errors::not_authorized("Invalid client secret"));
        }
        unsupported::check_tokens(&pool)?;
        let token = input.refresh_token.as_str();
        let (mut issued, _) = grants::refresh(
            records,
            call.random(),
            &call.issuer(&pool.id),
            &pool,
            &client,
            token,
            input.device_key.as_deref(),
        )?;
        if client.rotates_refresh_tokens() {
            grants::rotate(records, call.random(), &client, token, &mut issued)?;
        }
        Ok((pool, issued))
    })?;
    Ok(GetTokensFromRefreshTokenResponse {
        authentication_result: Some(call.sign(&pool.id, issued)?),
    })
}
