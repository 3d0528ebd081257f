//! `AdminLinkProviderForUser`, `AdminDisableProviderForUser`.

use cognito_idp::{
    Error,
    types::{
        AdminDisableProviderForUserRequest, AdminDisableProviderForUserResponse,
        AdminLinkProviderForUserRequest, AdminLinkProviderForUserResponse,
        ProviderUserIdentifierType,
    },
};

use super::identity_providers;
use crate::{
    errors,
    identities::{Account, Identity},
    pool::Pool,
    records::Records,
    service::Call,
    user::User,
};

/// The pool itself, as a provider of its own users.
const OWN_USERS: &str = "Cognito";

pub(super) fn admin_link_provider_for_user(
    call: Call<'_>,
    input: AdminLinkProviderForUserRequest,
) -> Result<AdminLinkProviderForUserResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let source = Account::parse(input.source_user)?;
        let provider = identity_providers::load(records, &pool, &source.provider)?;
        let mut user = destination(records, &pool, input.destination_user)?;
        if source.holder(records, &pool)?.is_some() {
            return Err(errors::invalid_parameter(
                "SourceUser is already linked to DestinationUser",
            ));
        }
        if User::find(records, &pool, &source.username())?.is_some() {
            return Err(errors::invalid_parameter(
                "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
            ));
        }
        let provider_type = provider
            .provider_type
            .map(|kind| kind.as_str().to_owned())
            .unwrap_or_default();
        let identity = Identity {
            account: source,
            provider_type,
            since: call.now,
        };
        user.link(records, &pool, identity)?;
        Ok(AdminLinkProviderForUserResponse {})
    })
}

/// Ends the link to an account; of a user of the pool's own, the password.
pub(super) fn admin_disable_provider_for_user(
    call: Call<'_>,
    input: AdminDisableProviderForUserRequest,
) -> Result<AdminDisableProviderForUserResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        if input.user.provider_name.as_deref() == Some(OWN_USERS) {
            let mut user = destination(records, &pool, input.user)?;
            user.password = None;
            user.save(records, &pool)?;
        } else {
            let account = Account::parse(input.user)?;
            let mut user = account
                .holder(records, &pool)?
                .ok_or_else(errors::user_does_not_exist)?;
            user.unlink(records, &pool, &account)?;
        }
        Ok(AdminDisableProviderForUserResponse {})
    })
}

/// A user of the pool's own, by their name: which attribute that is called does not matter here.
fn destination(
    records: &Records<'_>,
    pool: &Pool,
    given: ProviderUserIdentifierType,
) -> Result<User, Error> {
    if given.provider_name.as_deref().unwrap_or(OWN_USERS) != OWN_USERS {
        return Err(errors::user_does_not_exist());
    }
    let name = given
        .provider_attribute_value
        .ok_or_else(|| errors::missing_parameter("ProviderAttributeValue"))?;
    User::load(records, pool, &name)
}
