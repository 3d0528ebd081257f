//! What an app client's creator and its updates may set.

use std::time::Duration;

use cognito_idp::{
    Error,
    types::{
        AnalyticsConfigurationType, CreateUserPoolClientRequest, ExplicitAuthFlowsType,
        PreventUserExistenceErrorTypes, UpdateUserPoolClientRequest, UserPoolClientType,
    },
};

use super::oauth_settings;
use crate::{
    client::{Client, Lifetime, is_old, lifetime},
    errors,
    pool::Pool,
    records::Records,
    schema,
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What was asked for, with the service's choices for what was not: everything that an update sets anew.
///
/// # Errors
///
/// For settings that the pool does not have, or that do not go together.
pub(super) fn settings(
    records: &Records<'_>,
    pool: &Pool,
    has_secret: bool,
    input: CreateUserPoolClientRequest,
) -> Result<UserPoolClientType, Error> {
    check_attributes(pool, input.read_attributes.as_deref(), "read")?;
    check_attributes(pool, input.write_attributes.as_deref(), "write")?;
    check_required_are_writable(pool, input.write_attributes.as_deref())?;
    let analytics = input.analytics_configuration;
    analytics.as_ref().map_or(Ok(()), check_analytics)?;
    let propagates = input.enable_propagate_additional_user_context_data;
    if propagates == Some(true) && !has_secret {
        return Err(errors::invalid_parameter(
            "Client Secret is required to set EnablePropagateAdditionalUserContextData as true",
        ));
    }
    let settings = UserPoolClientType {
        user_pool_id: Some(pool.id.clone()),
        client_name: Some(input.client_name),
        refresh_token_validity: Some(
            input
                .refresh_token_validity
                .filter(|validity| *validity != 0)
                .unwrap_or(30),
        ),
        access_token_validity: input.access_token_validity,
        id_token_validity: input.id_token_validity,
        token_validity_units: Some(input.token_validity_units.unwrap_or_default()),
        explicit_auth_flows: Some(explicit_flows(input.explicit_auth_flows, has_secret)?),
        prevent_user_existence_errors: input
            .prevent_user_existence_errors
            .or(Some(PreventUserExistenceErrorTypes::Legacy)),
        enable_token_revocation: input.enable_token_revocation.or(Some(true)),
        enable_propagate_additional_user_context_data: propagates.or(Some(false)),
        auth_session_validity: input.auth_session_validity.or(Some(3)),
        allowed_oauth_flows_user_pool_client: input
            .allowed_oauth_flows_user_pool_client
            .or(Some(false)),
        read_attributes: input.read_attributes,
        write_attributes: input.write_attributes,
        supported_identity_providers: input.supported_identity_providers,
        callback_urls: input.callback_urls,
        logout_urls: input.logout_urls,
        default_redirect_uri: input.default_redirect_uri,
        allowed_oauth_flows: input.allowed_oauth_flows,
        allowed_oauth_scopes: input.allowed_oauth_scopes,
        analytics_configuration: analytics,
        refresh_token_rotation: input.refresh_token_rotation,
        ..UserPoolClientType::default()
    };
    check_lifetimes(&settings)?;
    oauth_settings::check(records, pool, &settings, has_secret)?;
    Ok(settings)
}

/// A client's settings after an update. What the update leaves out gets the service's choice again, except for the
/// name, which is kept.
///
/// # Errors
///
/// As for new [`settings`].
pub(super) fn updated(
    records: &Records<'_>,
    pool: &Pool,
    before: &Client,
    input: UpdateUserPoolClientRequest,
) -> Result<UserPoolClientType, Error> {
    let name = input
        .client_name
        .or_else(|| before.settings.client_name.clone());
    let asked = CreateUserPoolClientRequest {
        user_pool_id: input.user_pool_id,
        client_name: name.unwrap_or_default(),
        generate_secret: None,
        client_secret: None,
        refresh_token_validity: input.refresh_token_validity,
        access_token_validity: input.access_token_validity,
        id_token_validity: input.id_token_validity,
        token_validity_units: input.token_validity_units,
        read_attributes: input.read_attributes,
        write_attributes: input.write_attributes,
        explicit_auth_flows: input.explicit_auth_flows,
        supported_identity_providers: input.supported_identity_providers,
        callback_urls: input.callback_urls,
        logout_urls: input.logout_urls,
        default_redirect_uri: input.default_redirect_uri,
        allowed_oauth_flows: input.allowed_oauth_flows,
        allowed_oauth_scopes: input.allowed_oauth_scopes,
        allowed_oauth_flows_user_pool_client: input.allowed_oauth_flows_user_pool_client,
        analytics_configuration: input.analytics_configuration,
        prevent_user_existence_errors: input.prevent_user_existence_errors,
        enable_token_revocation: input.enable_token_revocation,
        enable_propagate_additional_user_context_data: input
            .enable_propagate_additional_user_context_data,
        auth_session_validity: input.auth_session_validity,
        refresh_token_rotation: input.refresh_token_rotation,
    };
    Ok(UserPoolClientType {
        client_id: before.settings.client_id.clone(),
        creation_date: before.settings.creation_date,
        ..settings(records, pool, !before.secrets.is_empty(), asked)?
    })
}

fn explicit_flows(
    asked: Option<Vec<ExplicitAuthFlowsType>>,
    has_secret: bool,
) -> Result<Vec<ExplicitAuthFlowsType>, Error> {
    use ExplicitAuthFlowsType::{AllowCustomAuth, AllowRefreshTokenAuth, AllowUserSrpAuth};
    let Some(flows) = asked else {
        return Ok(vec![
            AllowRefreshTokenAuth,
            AllowUserSrpAuth,
            AllowCustomAuth,
        ]);
    };
    let old = flows.iter().filter(|flow| is_old(**flow)).count();
    if old != 0 && old != flows.len() {
        return Err(errors::invalid_parameter(
            "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
        ));
    }
    let is_for_itself = flows.contains(&ExplicitAuthFlowsType::AllowClientTokenAuth);
    if is_for_itself && (flows.len() > 1 || !has_secret) {
        // The text has no source.
        return Err(errors::invalid_parameter(
            "ALLOW_CLIENT_TOKEN_AUTH must be the only auth flow of a client, and the client must have a secret.",
        ));
    }
    Ok(flows)
}

/// Access and ID tokens live from five minutes to a day, refresh tokens from an hour to ten years.
fn check_lifetimes(settings: &UserPoolClientType) -> Result<(), Error> {
    let is_fitting =
        |of, range: std::ops::RangeInclusive<Duration>| range.contains(&lifetime(settings, of));
    let fits = is_fitting(Lifetime::Access, 5 * MINUTE..=DAY)
        && is_fitting(Lifetime::Id, 5 * MINUTE..=DAY)
        && is_fitting(Lifetime::Refresh, HOUR..=3650 * DAY);
    if !fits {
        return Err(errors::invalid_parameter(
            "Invalid range for token validity.",
        ));
    }
    let refresh = lifetime(settings, Lifetime::Refresh);
    if lifetime(settings, Lifetime::Access) > refresh || lifetime(settings, Lifetime::Id) > refresh
    {
        return Err(errors::invalid_parameter(
            "Access and Id Token expiration times must be less than or equal to refresh token expiration times.",
        ));
    }
    Ok(())
}

fn check_attributes(pool: &Pool, attributes: Option<&[String]>, what: &str) -> Result<(), Error> {
    let is_known = |name: &String| {
        pool.schema()
            .iter()
            .any(|known| known.name.as_ref() == Some(name))
    };
    // Whether an address is verified is not a client's to say.
    let is_allowed = |name: &String| {
        what == "read" || !name.ends_with("_verified") || !schema::is_standard(name)
    };
    if attributes
        .unwrap_or_default()
        .iter()
        .all(|name| is_known(name) && is_allowed(name))
    {
        return Ok(());
    }
    Err(invalid_attributes(what))
}

/// A client that could not set a required attribute could sign nobody up.
fn check_required_are_writable(pool: &Pool, attributes: Option<&[String]>) -> Result<(), Error> {
    let Some(attributes) = attributes else {
        return Ok(());
    };
    let mut required = pool
        .schema()
        .iter()
        .filter(|known| known.required == Some(true))
        .filter_map(|known| known.name.as_ref());
    if required.all(|name| name == "sub" || attributes.contains(name)) {
        Ok(())
    } else {
        Err(invalid_attributes("write"))
    }
}

fn invalid_attributes(what: &str) -> Error {
    errors::invalid_parameter(format!(
        "Invalid {what} attributes specified while creating a client"
    ))
}

fn check_analytics(analytics: &AnalyticsConfigurationType) -> Result<(), Error> {
    let by_id = [
        &analytics.application_id,
        &analytics.role_arn,
        &analytics.external_id,
    ];
    let given = by_id.iter().filter(|member| member.is_some()).count();
    if given
        == if analytics.application_arn.is_some() {
            0
        } else {
            3
        }
    {
        return Ok(());
    }
    Err(errors::invalid_parameter(
        "Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> \
         are valid",
    ))
}
