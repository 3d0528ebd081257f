//! `CreateUserPoolClient`, `DescribeUserPoolClient`.

use std::time::Duration;

use cognito_idp::{
    Error,
    types::{
        CreateUserPoolClientRequest, CreateUserPoolClientResponse, DescribeUserPoolClientRequest,
        DescribeUserPoolClientResponse, ExplicitAuthFlowsType, PreventUserExistenceErrorTypes,
        UserPoolClientType,
    },
};

use crate::{
    client::{Client, Lifetime, is_old, lifetime},
    errors, identifiers,
    pool::Pool,
    schema,
    service::Call,
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) fn create_user_pool_client(
    call: Call<'_>,
    input: CreateUserPoolClientRequest,
) -> Result<CreateUserPoolClientResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        check_attributes(&pool, input.read_attributes.as_deref(), "read")?;
        check_attributes(&pool, input.write_attributes.as_deref(), "write")?;
        check_required_are_writable(&pool, input.write_attributes.as_deref())?;
        let id = identifiers::client_id(call.random());
        let settings = settings(call, &id, input)?;
        let client = Client {
            id,
            pool_id: pool.id,
            settings,
        };
        client.save(records)?;
        Ok(CreateUserPoolClientResponse {
            user_pool_client: Some(client.settings),
        })
    })
}

pub(super) fn describe_user_pool_client(
    call: Call<'_>,
    input: DescribeUserPoolClientRequest,
) -> Result<DescribeUserPoolClientResponse, Error> {
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let client = Client::load(records, &input.client_id)?;
        if client.pool_id != pool.id {
            return Err(errors::resource_not_found(format!(
                "User pool client {} does not exist.",
                client.id
            )));
        }
        Ok(DescribeUserPoolClientResponse {
            user_pool_client: Some(client.settings),
        })
    })
}

/// What was asked for, with the service's choices for what was not.
fn settings(
    call: Call<'_>,
    id: &str,
    input: CreateUserPoolClientRequest,
) -> Result<UserPoolClientType, Error> {
    let now = call.now.api_timestamp();
    let generate = input.generate_secret == Some(true);
    let settings = UserPoolClientType {
        user_pool_id: Some(input.user_pool_id),
        client_name: Some(input.client_name),
        client_id: Some(id.into()),
        client_secret: input
            .client_secret
            .or_else(|| generate.then(|| identifiers::client_secret(call.random()).into())),
        creation_date: Some(now),
        last_modified_date: Some(now),
        refresh_token_validity: Some(
            input
                .refresh_token_validity
                .filter(|validity| *validity != 0)
                .unwrap_or(30),
        ),
        access_token_validity: input.access_token_validity,
        id_token_validity: input.id_token_validity,
        token_validity_units: Some(input.token_validity_units.unwrap_or_default()),
        explicit_auth_flows: Some(explicit_flows(input.explicit_auth_flows)?),
        prevent_user_existence_errors: input
            .prevent_user_existence_errors
            .or(Some(PreventUserExistenceErrorTypes::Legacy)),
        enable_token_revocation: input.enable_token_revocation.or(Some(true)),
        enable_propagate_additional_user_context_data: input
            .enable_propagate_additional_user_context_data
            .or(Some(false)),
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
        analytics_configuration: input.analytics_configuration,
        refresh_token_rotation: input.refresh_token_rotation,
        client_type: None,
    };
    check_lifetimes(&settings)?;
    Ok(settings)
}

fn explicit_flows(
    asked: Option<Vec<ExplicitAuthFlowsType>>,
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
            "Explicit auth flows with the ALLOW_ prefix cannot be used together with those without it.",
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
    if fits {
        Ok(())
    } else {
        Err(errors::invalid_parameter(
            "Invalid range for token validity.",
        ))
    }
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
