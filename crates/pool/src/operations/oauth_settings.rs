//! What an app client may do at the OAuth 2.0 endpoints.

use cognito_idp::{
    Error, ErrorCode,
    types::{OAuthFlowType, UserPoolClientType},
};

use super::{
    identity_providers,
    resource_servers::{self, SCOPES_OF_USERS},
};
use crate::{errors, pool::Pool, records::Records};

/// Checks that a client's settings for OAuth 2.0 go together, and name what the pool has.
///
/// # Errors
///
/// `InvalidOAuthFlowException`, `ScopeDoesNotExistException` or `InvalidParameterException`, with the service's text.
pub(super) fn check(
    records: &Records<'_>,
    pool: &Pool,
    settings: &UserPoolClientType,
    has_secret: bool,
) -> Result<(), Error> {
    let list = |list: &Option<Vec<String>>| list.clone().unwrap_or_default();
    identity_providers::check_supported(
        records,
        pool,
        &list(&settings.supported_identity_providers),
    )?;
    resource_servers::check_scopes(records, pool, &list(&settings.allowed_oauth_scopes))?;
    let callbacks = settings.callback_urls.as_deref().unwrap_or_default();
    let logouts = settings.logout_urls.as_deref().unwrap_or_default();
    check_addresses(callbacks)?;
    check_addresses(logouts)?;
    if let Some(default) = &settings.default_redirect_uri
        && !callbacks.contains(default)
    {
        return Err(errors::invalid_parameter(format!(
            "The default redirect URI {default} is not in the callback URIs list."
        )));
    }
    check_flows(settings, has_secret)
}

fn check_flows(settings: &UserPoolClientType, has_secret: bool) -> Result<(), Error> {
    use OAuthFlowType::{ClientCredentials, Code, Implicit};
    let flows = settings.allowed_oauth_flows.as_deref().unwrap_or_default();
    let scopes = settings.allowed_oauth_scopes.as_deref().unwrap_or_default();
    let is_on = settings.allowed_oauth_flows_user_pool_client == Some(true);
    if is_on && (flows.is_empty() || scopes.is_empty()) {
        return Err(errors::invalid_parameter(
            "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
        ));
    }
    let is_interactive = flows.contains(&Code) || flows.contains(&Implicit);
    if is_interactive && settings.callback_urls.as_ref().is_none_or(Vec::is_empty) {
        return Err(invalid_flow(
            "CallbackUrls can not be empty when code flow or implicit flow is selected",
        ));
    }
    if !flows.contains(&ClientCredentials) {
        return Ok(());
    }
    if is_interactive {
        return Err(invalid_flow(
            "client_credentials flow can not be selected along with code flow or implicit flow.",
        ));
    }
    if !has_secret {
        return Err(invalid_flow(
            "client_credentials flow can not be selected if client does not have a client secret.",
        ));
    }
    // No machine can be granted what is about a user.
    let is_of_users = |scope: &&String| SCOPES_OF_USERS.contains(&scope.as_str());
    match scopes.iter().find(is_of_users) {
        Some(scope) => Err(invalid_flow(format!(
            "{scope} is not supported with client_credentials flow"
        ))),
        None => Ok(()),
    }
}

/// `http` is for this machine only.
fn check_addresses(addresses: &[String]) -> Result<(), Error> {
    const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];
    for address in addresses {
        let Some(rest) = address.strip_prefix("http://") else {
            continue;
        };
        let is_local = LOOPBACK.iter().any(|host| {
            rest.strip_prefix(host)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/', '?']))
        });
        if !is_local {
            return Err(errors::invalid_parameter(format!(
                "{address} cannot use the HTTP protocol."
            )));
        }
    }
    Ok(())
}

fn invalid_flow(text: impl Into<String>) -> Error {
    Error::new(ErrorCode::InvalidOAuthFlowException, text)
}
