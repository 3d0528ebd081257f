//! `REFRESH_TOKEN_AUTH`, also called `REFRESH_TOKEN`: new tokens for an old sign-in.

use cognito_idp::Error;

use super::super::sign_in::{Outcome, Request};
use crate::{errors, tokens::grants, unsupported};

pub(in super::super) fn refresh(request: &Request<'_>) -> Result<Outcome, Error> {
    let Request {
        call,
        client,
        pool,
        parameters,
        ..
    } = request;
    let token = parameters.required("REFRESH_TOKEN")?;
    if client.rotates_refresh_tokens() {
        return Err(errors::invalid_parameter(
            "Refresh token rotation is enabled for this client. Use GetTokensFromRefreshToken.",
        ));
    }
    unsupported::check_tokens(pool)?;
    let device_key = parameters.optional("DEVICE_KEY");
    let secret_hash = parameters.optional("SECRET_HASH");
    let issued = call.transact(|records| {
        let issuer = call.issuer(&pool.id);
        let (issued, user) = grants::refresh(
            records,
            call.random(),
            &issuer,
            pool,
            client,
            token,
            device_key,
        )?;
        client
            .check_secret_hash(&user.username, secret_hash)
            .map_err(|error| match secret_hash {
                // The service has other words for it here.
                Some(_) => errors::not_authorized(format!(
                    "SecretHash does not match for the client: {}",
                    client.id
                )),
                None => error,
            })?;
        Ok(issued)
    })?;
    Ok(Outcome::Tokens(call.sign(&pool.id, issued)?))
}
