//! `CreateUserPoolDomain`, `DescribeUserPoolDomain`, `UpdateUserPoolDomain`, `DeleteUserPoolDomain`.
//!
//! The names are unique over the whole installation, as the service's are in a region. Nothing is served under them
//! yet, and no certificate is looked for.

use cognito_idp::{
    Error,
    types::{
        CreateUserPoolDomainRequest, CreateUserPoolDomainResponse, CustomDomainConfigType,
        DeleteUserPoolDomainRequest, DeleteUserPoolDomainResponse, DescribeUserPoolDomainRequest,
        DescribeUserPoolDomainResponse, DomainDescriptionType, DomainStatusType, RoutingType,
        UpdateUserPoolDomainRequest, UpdateUserPoolDomainResponse,
    },
};

use crate::{errors, identifiers, keys, pool::Pool, records::Records, service::Call, tier};

/// Words that no part of a prefix may be.
const RESERVED: [&str; 3] = ["aws", "amazon", "cognito"];

/// The classic pages.
const HOSTED_UI: i32 = 1;

/// Managed login.
const MANAGED_LOGIN: i32 = 2;

pub(super) fn create_user_pool_domain(
    call: Call<'_>,
    input: CreateUserPoolDomainRequest,
) -> Result<CreateUserPoolDomainResponse, Error> {
    call.transact(|records| {
        let mut pool = Pool::load_owned(records, &input.user_pool_id)?;
        let name = input.domain;
        let is_custom = input.custom_domain_config.is_some();
        if !is_custom {
            check_prefix(&name)?;
        }
        let version = input.managed_login_version.unwrap_or(HOSTED_UI);
        check(
            &pool,
            version,
            input.custom_domain_config.as_ref(),
            input.routing.as_ref(),
        )?;
        if find(records, &name)?.is_some() {
            return Err(errors::invalid_parameter(
                "Domain already associated with another user pool.",
            ));
        }
        let place = place(&mut pool, is_custom);
        if place.is_some() {
            return Err(errors::invalid_parameter(
                "User pool already has a domain configured.",
            ));
        }
        *place = Some(name.clone());
        pool.save(records)?;
        let domain = DomainDescriptionType {
            user_pool_id: Some(pool.id),
            aws_account_id: Some(call.settings().account.clone()),
            domain: Some(name.clone()),
            cloud_front_distribution: Some(identifiers::distribution(call.random())),
            status: Some(DomainStatusType::Active),
            custom_domain_config: input.custom_domain_config,
            managed_login_version: Some(version),
            routing: input.routing,
            ..DomainDescriptionType::default()
        };
        records.put(&keys::domain(&name), &domain)?;
        Ok(CreateUserPoolDomainResponse {
            managed_login_version: domain.managed_login_version,
            cloud_front_domain: domain.cloud_front_distribution.filter(|_| is_custom),
            routing: domain.routing,
        })
    })
}

/// A domain that nobody has is described by nothing.
pub(super) fn describe_user_pool_domain(
    call: Call<'_>,
    input: DescribeUserPoolDomainRequest,
) -> Result<DescribeUserPoolDomainResponse, Error> {
    call.transact(|records| {
        Ok(DescribeUserPoolDomainResponse {
            domain_description: Some(find(records, &input.domain)?.unwrap_or_default()),
        })
    })
}

pub(super) fn update_user_pool_domain(
    call: Call<'_>,
    input: UpdateUserPoolDomainRequest,
) -> Result<UpdateUserPoolDomainResponse, Error> {
    call.transact(|records| {
        let (pool, mut domain) = load(records, &input.user_pool_id, &input.domain)?;
        let is_custom = domain.custom_domain_config.is_some();
        if !is_custom && input.custom_domain_config.is_some() {
            // The text has no source.
            return Err(errors::invalid_parameter(
                "A prefix domain does not have a CustomDomainConfig.",
            ));
        }
        domain.custom_domain_config = input.custom_domain_config.or(domain.custom_domain_config);
        domain.managed_login_version = input.managed_login_version.or(domain.managed_login_version);
        domain.routing = input.routing.or(domain.routing);
        check(
            &pool,
            domain.managed_login_version.unwrap_or(HOSTED_UI),
            domain.custom_domain_config.as_ref(),
            domain.routing.as_ref(),
        )?;
        records.put(&keys::domain(&input.domain), &domain)?;
        Ok(UpdateUserPoolDomainResponse {
            managed_login_version: domain.managed_login_version,
            cloud_front_domain: domain.cloud_front_distribution.filter(|_| is_custom),
            routing: domain.routing,
        })
    })
}

pub(super) fn delete_user_pool_domain(
    call: Call<'_>,
    input: DeleteUserPoolDomainRequest,
) -> Result<DeleteUserPoolDomainResponse, Error> {
    call.transact(|records| {
        let (mut pool, domain) = load(records, &input.user_pool_id, &input.domain)?;
        *place(&mut pool, domain.custom_domain_config.is_some()) = None;
        pool.save(records)?;
        records.delete(&keys::domain(&input.domain))?;
        Ok(DeleteUserPoolDomainResponse {})
    })
}

fn find(records: &Records<'_>, name: &str) -> Result<Option<DomainDescriptionType>, Error> {
    records.get(&keys::domain(name))
}

/// A domain of this pool, and the pool.
fn load(
    records: &Records<'_>,
    pool_id: &str,
    name: &str,
) -> Result<(Pool, DomainDescriptionType), Error> {
    let pool = Pool::load_owned(records, pool_id)?;
    let domain = find(records, name)?
        .filter(|domain| domain.user_pool_id.as_ref() == Some(&pool.id))
        .ok_or_else(|| errors::invalid_parameter("No such domain or user pool exists."))?;
    Ok((pool, domain))
}

/// Where a pool's settings name its domain of this kind: a pool can have one of each.
fn place(pool: &mut Pool, is_custom: bool) -> &mut Option<String> {
    if is_custom {
        &mut pool.settings.custom_domain
    } else {
        &mut pool.settings.domain
    }
}

fn check_prefix(name: &str) -> Result<(), Error> {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.chars().all(is_allowed) {
        return Err(errors::invalid_parameter(
            "The domain name contains an invalid character. Domain names can only contain lower-case letters, \
             numbers, and hyphens.",
        ));
    }
    match name.split('-').find(|part| RESERVED.contains(part)) {
        Some(word) => Err(errors::invalid_parameter(format!(
            "Domain cannot contain reserved word: {word}"
        ))),
        None => Ok(()),
    }
}

fn check(
    pool: &Pool,
    version: i32,
    custom: Option<&CustomDomainConfigType>,
    routing: Option<&RoutingType>,
) -> Result<(), Error> {
    if !(HOSTED_UI..=MANAGED_LOGIN).contains(&version) {
        // The text has no source.
        return Err(errors::invalid_parameter(
            "ManagedLoginVersion must be 1 or 2.",
        ));
    }
    if version == MANAGED_LOGIN {
        tier::check_above_lite(&pool.settings, "Managed Login Version 2")?;
    }
    if custom.is_some_and(|custom| !custom.certificate_arn.starts_with("arn:aws:acm:us-east-1:")) {
        return Err(errors::invalid_parameter(
            "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include \
             a valid certificate chain.",
        ));
    }
    if custom.is_none() && routing.is_some() {
        // The text has no source.
        return Err(errors::invalid_parameter(
            "Routing is only supported for custom domains.",
        ));
    }
    Ok(())
}
