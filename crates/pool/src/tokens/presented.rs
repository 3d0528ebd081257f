//! Tokens of a pool that come back to be exchanged for others.

use cognito_idp::{Error, types::TokenTypeIdentifierType};
use serde::Deserialize;
use serde_json::Value;

use super::{
    claims::Source,
    grants::{self, Grant},
    jwt::Unverified,
    single::{self, Derivation, SingleToken},
};
use crate::{
    client::Client, errors, groups::Membership, pool::Pool, records::Records, service::Call,
    user::User,
};

/// What an access or an ID token says about itself. Verified, since [`verify`] is the only way to one.
#[derive(Deserialize)]
pub(crate) struct Presented {
    pub sub: String,
    /// Seconds since 1970.
    pub exp: i64,
    /// Who acts for the subject already.
    pub act: Option<Value>,
    token_use: String,
    event_id: Option<String>,
    scope: Option<String>,
    client_id: Option<String>,
    /// In access tokens.
    username: Option<String>,
    /// In ID tokens.
    #[serde(rename = "cognito:username")]
    cognito_username: Option<String>,
}

/// Checks that a token is one of this pool's, of this kind, and still in its time. `name` is what the error calls it.
///
/// # Errors
///
/// `NotAuthorizedException` otherwise.
pub(crate) fn verify(
    call: Call<'_>,
    pool: &Pool,
    token: &str,
    kind: TokenTypeIdentifierType,
    name: &str,
) -> Result<Presented, Error> {
    let invalid = || errors::not_authorized(format!("Invalid {name}"));
    let unverified = Unverified::parse(token).ok_or_else(invalid)?;
    let keys = call.existing_keys(&pool.id)?.ok_or_else(invalid)?;
    let (key, token_use) = match kind {
        TokenTypeIdentifierType::AccessToken => (&keys.access, "access"),
        TokenTypeIdentifierType::IdToken => (&keys.id, "id"),
        TokenTypeIdentifierType::Saml2 => return Err(invalid()),
    };
    if !unverified.is_signed_by(key) {
        return Err(invalid());
    }
    let claims: Presented = unverified.claims().ok_or_else(invalid)?;
    if claims.token_use != token_use {
        return Err(invalid());
    }
    if claims.exp <= call.now.seconds() {
        return Err(errors::not_authorized(format!("{name} has expired")));
    }
    Ok(claims)
}

impl Presented {
    /// The token's scopes; an ID token has none.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.as_deref().unwrap_or_default().split_whitespace()
    }

    /// Checks that whom the token speaks for is still there: a user who is signed in, or a client.
    ///
    /// # Errors
    ///
    /// If it is not. `name` is what the error calls the token.
    pub fn check_standing(
        &self,
        records: &Records<'_>,
        pool: &Pool,
        name: &str,
    ) -> Result<(), Error> {
        match &self.client_id {
            Some(client) if *client == self.sub => Client::load_in(records, pool, client).map(drop),
            _ => self.sign_in(records, pool, name).map(drop),
        }
    }

    /// A token in this one's place.
    ///
    /// # Errors
    ///
    /// If this one speaks for no user who is still signed in.
    pub fn exchange(
        &self,
        call: Call<'_>,
        records: &Records<'_>,
        pool: &Pool,
        client: &Client,
        derivation: &Derivation<'_>,
    ) -> Result<SingleToken, Error> {
        let (user, grant, event_id) = self.sign_in(records, pool, "Subject Token")?;
        let source = Source {
            issuer: &call.issuer(&pool.id),
            client,
            user: &user,
            grant: &grant,
            event_id,
            groups: Membership::of(records, pool, &user)?,
            now: call.now,
        };
        Ok(single::derive(call.random(), &source, derivation))
    }

    /// The user and the sign-in that the token comes from.
    fn sign_in(
        &self,
        records: &Records<'_>,
        pool: &Pool,
        name: &str,
    ) -> Result<(User, Grant, &str), Error> {
        let invalid = || errors::not_authorized(format!("Invalid {name}"));
        let username = self.username.as_ref().or(self.cognito_username.as_ref());
        let username = username.ok_or_else(invalid)?;
        let event_id = self.event_id.as_deref().ok_or_else(invalid)?;
        let user = User::find_again(records, pool, username, &self.sub)?
            .ok_or_else(errors::user_does_not_exist)?;
        let grant = grants::current(records, pool, &user, event_id)?
            .ok_or_else(|| errors::not_authorized(format!("{name} has been revoked")))?;
        if !user.enabled {
            return Err(errors::user_is_disabled());
        }
        Ok((user, grant, event_id))
    }
}
