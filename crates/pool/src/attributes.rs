//! What a user's attributes may be.

use cognito_idp::{
    Error,
    types::{AttributeDataType, AttributeType, SchemaAttributeType, VerifiedAttributeType},
};

use crate::{
    client::Client,
    code::{self, Purpose},
    delivery, errors,
    pool::Pool,
    records::Records,
    user::User,
};

/// Checks attributes that an app client wants to set: that it may, and that the pool's schema takes the values.
///
/// # Errors
///
/// `NotAuthorizedException` for an attribute that is not the client's to write, `InvalidParameterException` for one
/// that the schema does not know or a value that it does not take.
pub(crate) fn check_written(
    pool: &Pool,
    client: &Client,
    attributes: &[AttributeType],
) -> Result<(), Error> {
    check(pool, attributes)?;
    if attributes
        .iter()
        .all(|attribute| client.may_write(&attribute.name))
    {
        Ok(())
    } else {
        Err(errors::not_authorized(
            "A client attempted to write unauthorized attribute",
        ))
    }
}

/// Checks attributes against the pool's schema alone, as for an administrator.
///
/// # Errors
///
/// `InvalidParameterException` for an attribute that the schema does not know or a value that it does not take.
pub(crate) fn check(pool: &Pool, attributes: &[AttributeType]) -> Result<(), Error> {
    for attribute in attributes {
        let definition = find(pool, &attribute.name).ok_or_else(|| {
            nonconforming(&format!(
                "Type for attribute {{{}}} could not be determined",
                attribute.name
            ))
        })?;
        if attribute.name == "sub" {
            return Err(errors::invalid_parameter(
                "Cannot modify the non-mutable attribute sub",
            ));
        }
        let value = attribute.value.as_deref().unwrap_or_default();
        check_value(definition, &attribute.name, value)?;
    }
    Ok(())
}

/// Checks that a user has everything that the schema requires.
///
/// # Errors
///
/// `InvalidParameterException` that lists all that is missing.
pub(crate) fn check_required(pool: &Pool, user: &User) -> Result<(), Error> {
    let missing: String = missing(pool, user).map(required).collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(nonconforming(&missing))
    }
}

/// The required attributes that a user does not have.
pub(crate) fn missing<'a>(pool: &'a Pool, user: &'a User) -> impl Iterator<Item = &'a str> {
    let required = pool
        .schema()
        .iter()
        .filter(|definition| definition.required == Some(true));
    let names = required.filter_map(|definition| definition.name.as_deref());
    names.filter(|name| *name != "sub" && !user.attributes.contains_key(*name))
}

/// Checks that attributes which a user already has may change.
///
/// # Errors
///
/// `InvalidParameterException` for one that may not.
pub(crate) fn check_mutable(
    pool: &Pool,
    user: &User,
    attributes: &[AttributeType],
) -> Result<(), Error> {
    for attribute in attributes {
        let fixed =
            find(pool, &attribute.name).is_some_and(|definition| definition.mutable == Some(false));
        if fixed && user.attributes.contains_key(&attribute.name) {
            return Err(nonconforming(&format!(
                "{}: Attribute cannot be updated.\n",
                attribute.name
            )));
        }
    }
    Ok(())
}

/// Checks that no attribute which the schema requires is taken away.
///
/// # Errors
///
/// `InvalidParameterException` for one that is.
pub(crate) fn check_kept(pool: &Pool, attributes: &[AttributeType]) -> Result<(), Error> {
    for attribute in attributes {
        let is_required =
            find(pool, &attribute.name).is_some_and(|definition| definition.required == Some(true));
        if is_required && attribute.value.as_deref().is_none_or(str::is_empty) {
            return Err(nonconforming(&required(&attribute.name)));
        }
    }
    Ok(())
}

/// Sets attributes on a user; an empty value removes one.
pub(crate) fn apply(user: &mut User, attributes: &[AttributeType]) {
    for attribute in attributes {
        match attribute.value.as_deref() {
            Some(value) if !value.is_empty() => user
                .attributes
                .insert(attribute.name.clone(), value.to_owned()),
            _ => user.attributes.remove(&attribute.name),
        };
    }
}

/// Sets attributes on a user who exists. An address that changes is not verified any more, nobody signs in with it, and
/// no code that is still on its way verifies it; gives back those that did.
pub(crate) fn change(
    records: &mut Records<'_>,
    pool: &Pool,
    user: &mut User,
    attributes: &[AttributeType],
) -> Result<Vec<VerifiedAttributeType>, Error> {
    let mut changed = Vec::new();
    for attribute in attributes {
        let value = attribute.value.as_deref().filter(|value| !value.is_empty());
        if user.attributes.get(&attribute.name).map(String::as_str) == value {
            continue;
        }
        if pool.sign_in_attributes().any(|name| name == attribute.name) {
            user.release_alias(records, pool, &attribute.name)?;
        }
        apply(user, std::slice::from_ref(attribute));
        if let Some(address) = attribute.name.strip_suffix("_verified")
            && pool.has_alias(address)
            && value != Some("true")
        {
            user.release_alias(records, pool, address)?;
        }
        let address = VerifiedAttributeType::from_name(&attribute.name);
        if let Some(address) = address {
            code::withdraw(records, pool, &user.sub, Purpose::Attribute(address))?;
        }
        match address {
            Some(address) if value.is_some() => {
                delivery::set_verified(user, address, false);
                changed.push(address);
            }
            Some(address) => drop(user.attributes.remove(&format!("{address}_verified"))),
            None => {}
        }
    }
    Ok(changed)
}

/// Whether this looks like an email address.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_clean = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@')
    };
    is_clean(local)
        && is_clean(domain)
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
}

/// Whether this is a phone number: `+` and up to 15 digits, as E.164 has it.
pub(crate) fn is_phone_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|digit| digit.is_ascii_digit())
    })
}

fn find<'a>(pool: &'a Pool, name: &str) -> Option<&'a SchemaAttributeType> {
    pool.schema()
        .iter()
        .find(|definition| definition.name.as_deref() == Some(name))
}

fn check_value(definition: &SchemaAttributeType, name: &str, value: &str) -> Result<(), Error> {
    // An empty value takes the attribute away.
    if value.is_empty() {
        return Ok(());
    }
    match name {
        "email" if !is_email(value) => {
            return Err(errors::invalid_parameter("Invalid email address format."));
        }
        "phone_number" if !is_phone_number(value) => {
            return Err(errors::invalid_parameter("Invalid phone number format."));
        }
        _ => {}
    }
    let complaint = match definition.attribute_data_type {
        Some(AttributeDataType::String) => string_complaint(definition, value),
        Some(AttributeDataType::Number) => number_complaint(definition, value),
        Some(AttributeDataType::Boolean) if value != "true" && value != "false" => {
            Some("Attribute value must be true or false".to_owned())
        }
        _ => None,
    };
    complaint.map_or(Ok(()), |complaint| {
        Err(nonconforming(&format!("{name}: {complaint}\n")))
    })
}

fn string_complaint(definition: &SchemaAttributeType, value: &str) -> Option<String> {
    let constraints = definition.string_attribute_constraints.as_ref()?;
    let length = value.chars().count();
    let bound =
        |bound: &Option<String>| bound.as_ref().and_then(|bound| bound.parse::<usize>().ok());
    let (min, max) = (
        bound(&constraints.min_length),
        bound(&constraints.max_length),
    );
    if max.is_some_and(|max| length > max) {
        Some(format!(
            "String must be no longer than {} characters",
            max.unwrap_or_default()
        ))
    } else if min.is_some_and(|min| length < min) {
        Some(format!(
            "String must be no shorter than {} characters",
            min.unwrap_or_default()
        ))
    } else {
        None
    }
}

fn number_complaint(definition: &SchemaAttributeType, value: &str) -> Option<String> {
    let Some(number) = value
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
    else {
        return Some("Attribute value must be a number".to_owned());
    };
    let constraints = definition.number_attribute_constraints.as_ref()?;
    let bound = |bound: &Option<String>| bound.as_ref().and_then(|bound| bound.parse::<f64>().ok());
    if bound(&constraints.max_value).is_some_and(|max| number > max) {
        Some(format!(
            "Number must be no greater than {}",
            constraints.max_value.as_deref().unwrap_or_default()
        ))
    } else if bound(&constraints.min_value).is_some_and(|min| number < min) {
        Some(format!(
            "Number must be no less than {}",
            constraints.min_value.as_deref().unwrap_or_default()
        ))
    } else {
        None
    }
}

fn required(name: &str) -> String {
    format!("{name}: The attribute is required\n")
}

fn nonconforming(what: &str) -> Error {
    errors::invalid_parameter(format!("Attributes did not conform to the schema: {what}"))
}
