//! `RevokeToken`, `GlobalSignOut`.

use cognito_idp::{
    Error, ErrorCode,
    types::{GlobalSignOutRequest, GlobalSignOutResponse, RevokeTokenRequest, RevokeTokenResponse},
};

use crate::{
    client::Client,
    service::Call,
    tokens::{
        access::{self, Bearer},
        grants, looks_like_jwt,
    },
};

pub(super) fn revoke_token(
    call: Call<'_>,
    input: RevokeTokenRequest,
) -> Result<RevokeTokenResponse, Error> {
    call.transact(|records| {
        let client = Client::load(records, &input.client_id)?;
        check_secret(&client, input.client_secret.as_deref())?;
        if !client.revokes_tokens() {
            return Err(Error::new(
                ErrorCode::UnsupportedOperationException,
                "Token revocation is not enabled for this client",
            ));
        }
        if looks_like_jwt(&input.token) {
            return Err(Error::new(
                ErrorCode::UnsupportedTokenTypeException,
                "Unsupported token type",
            ));
        }
        if !grants::revoke(records, &client, &input.token)? {
            return Err(Error::new(
                ErrorCode::UnauthorizedException,
                "The token was not issued to this client",
            ));
        }
        Ok(RevokeTokenResponse {})
    })
}

pub(super) fn global_sign_out(
    call: Call<'_>,
    input: GlobalSignOutRequest,
) -> Result<GlobalSignOutResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    call.transact(|records| {
        let Bearer { pool, user, .. } = token.bearer(records)?;
        grants::revoke_all(records, &pool, &user)?;
        Ok(GlobalSignOutResponse {})
    })
}

fn check_secret(client: &Client, given: Option<&str>) -> Result<(), Error> {
    if client.has_secret(given) {
        Ok(())
    } else {
        Err(Error::new(
            ErrorCode::UnauthorizedException,
            "Invalid client secret",
        ))
    }
}
