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
        let client = Client::find(records, &input.client_id)?
            .ok_or_else(|| unauthorized("Invalid client id"))?;
        if !client.has_secret(input.client_secret.as_deref()) {
            return Err(unauthorized("Invalid client secret"));
        }
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
            return Err(unauthorized("The token was not issued to this client"));
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

/// What `RevokeToken` has for a client that is none or does not prove to be one. The service's texts are not known.
fn unauthorized(text: &str) -> Error {
    Error::new(ErrorCode::UnauthorizedException, text)
}
