//! Access tokens that come back.

use std::sync::Arc;

use cognito_idp::Error;
use serde::Deserialize;

use super::{claims::USER_SCOPE, grants, jwt::Unverified, verified::Fingerprint};
use crate::{
    client::Client, device::DeviceIds, errors, pool::Pool, records::Records, service::Call,
    user::User,
};

/// What an access token says about itself. Verified, since [`verify`] is the only way to one.
#[derive(Deserialize)]
pub(crate) struct AccessToken {
    iss: String,
    sub: String,
    username: String,
    client_id: String,
    event_id: String,
    token_use: String,
    /// None in a token that was made of an ID token.
    #[serde(default)]
    scope: String,
    exp: i64,
}

/// Whom a token speaks for.
pub(crate) struct Bearer {
    pub pool: Arc<Pool>,
    pub client: Arc<Client>,
    pub user: User,
}

/// Checks that an access token is one of ours, of any pool, and still in its time.
///
/// # Errors
///
/// `NotAuthorizedException` otherwise.
pub(crate) fn verify(call: Call<'_>, token: &str) -> Result<Arc<AccessToken>, Error> {
    let claims = authentic(call, token)?;
    if claims.exp <= call.now.seconds() {
        return Err(errors::not_authorized("Access Token has expired"));
    }
    if !claims.scope.split(' ').any(|scope| scope == USER_SCOPE) {
        return Err(errors::not_authorized(
            "Access Token does not have required scopes",
        ));
    }
    Ok(claims)
}

/// What one of our access tokens says, whether or not it is still in its time.
fn authentic(call: Call<'_>, token: &str) -> Result<Arc<AccessToken>, Error> {
    let fingerprint = Fingerprint::of(token);
    if let Some((claims, signed_with)) = call.verified().get(fingerprint) {
        let keys = call.existing_keys(claims.pool_id())?;
        if keys.is_some_and(|keys| Arc::ptr_eq(&keys, &signed_with)) {
            return Ok(claims);
        }
    }
    let unverified = Unverified::parse(token).ok_or_else(invalid)?;
    // Not believed yet: it only says whose key to try.
    let claims: AccessToken = unverified.claims().ok_or_else(invalid)?;
    let keys = call.existing_keys(claims.pool_id())?.ok_or_else(invalid)?;
    if !unverified.is_signed_by(&keys.access) || claims.token_use != "access" {
        return Err(invalid());
    }
    let claims = Arc::new(claims);
    call.verified().put(fingerprint, &claims, &keys);
    Ok(claims)
}

impl AccessToken {
    /// The issuer ends in the pool's id. What comes before is the address that the pool had when it signed.
    fn pool_id(&self) -> &str {
        self.iss.rsplit('/').next().unwrap_or_default()
    }

    /// The sign-in that this token comes from.
    pub fn event_id(&self) -> &str {
        &self.event_id
    }

    /// The user whom this token speaks for.
    ///
    /// # Errors
    ///
    /// If the user, the client or the pool is gone, the user is disabled, or the sign-in is revoked.
    pub fn bearer(&self, records: &Records<'_>) -> Result<Bearer, Error> {
        let (client, pool) = Client::load_with_pool(records, &self.client_id)?;
        // Whoever has the keys of one pool is nobody in another.
        if pool.id != self.pool_id() {
            return Err(invalid());
        }
        let user = User::find_again(records, &pool, &self.username, &self.sub)?
            .ok_or_else(errors::user_does_not_exist)?;
        if grants::current(records, &pool, &user, &self.event_id)?.is_none() {
            return Err(errors::not_authorized("Access Token has been revoked"));
        }
        if !user.enabled {
            return Err(errors::user_is_disabled());
        }
        Ok(Bearer { pool, client, user })
    }

    /// The device that signed its bearer in, if devices were tracked then.
    pub fn device(
        &self,
        records: &Records<'_>,
        pool: &Pool,
        user: &User,
    ) -> Result<Option<DeviceIds>, Error> {
        let grant = grants::current(records, pool, user, &self.event_id)?;
        Ok(grant.and_then(|grant| grant.device))
    }
}

fn invalid() -> Error {
    errors::not_authorized("Invalid Access Token")
}
