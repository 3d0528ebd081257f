//! The part of a request with a limit that counts even if the request fails.

use cognito_idp::Error;

use crate::{
    attempts::{self, Limited},
    client::Client,
    decoy,
    pool::Pool,
    records::Records,
    service::Call,
    user::User,
};

/// Whom a request without a sign-in names, if they exist, and the name of what is stored about them.
pub(super) struct Named {
    pub user: Option<User>,
    pub subject: String,
}

impl Named {
    pub fn find(records: &Records<'_>, pool: &Pool, name: &str) -> Result<Self, Error> {
        let user = User::find(records, pool, name)?;
        let subject = user
            .as_ref()
            .map_or_else(|| decoy::subject(pool, name), |user| user.sub.clone());
        Ok(Self { user, subject })
    }
}

/// Checks that a request comes from its client, and counts it for the user whom it names.
///
/// # Errors
///
/// `NotAuthorizedException` for a wrong secret hash, `LimitExceededException` for one call too many.
pub(super) fn admit(
    call: Call<'_>,
    client_id: &str,
    secret_hash: Option<&str>,
    name: &str,
    operation: Limited,
) -> Result<(), Error> {
    call.transact(|records| {
        let (client, pool) = Client::load_with_pool(records, client_id)?;
        client.check_secret_hash(name, secret_hash)?;
        let named = Named::find(records, &pool, name)?;
        attempts::count(records, &pool, &named.subject, operation)
    })
}
