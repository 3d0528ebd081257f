//! One line of an import file, as a user.

use std::collections::BTreeMap;

use cognito_idp::{
    Error,
    types::{AttributeType, UserPoolMfaType, UserStatusType, VerifiedAttributeType},
};

use super::csv::{MFA_ENABLED, USERNAME};
use crate::{
    attributes, delivery, errors, identifiers, pool::Pool, service::Call, user::User, usernames,
};

/// Names of users that no file may bring are longer.
const USERNAME_LENGTH: usize = 128;

/// A user who is to set a password before the first sign-in, and the name that the file has for them.
///
/// # Errors
///
/// Why this line does not make a user.
pub(crate) fn user(
    call: Call<'_>,
    pool: &Pool,
    header: &[String],
    values: Vec<String>,
) -> Result<(User, String), Error> {
    if values.len() != header.len() {
        return Err(errors::invalid_parameter(format!(
            "The line has {} values where the header has {}.",
            values.len(),
            header.len()
        )));
    }
    let mut fields: BTreeMap<&str, String> =
        header.iter().map(String::as_str).zip(values).collect();
    let name = fields.remove(USERNAME).unwrap_or_default();
    check_name(&name)?;
    check_mfa(pool, &fields.remove(MFA_ENABLED).unwrap_or_default())?;
    let name_attribute = usernames::attribute_of(pool, &name)?;
    let wanted: Vec<_> = fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| attribute(name, value))
        .collect();
    attributes::check(pool, &wanted)?;

    let sub = identifiers::uuid(call.random());
    let username = if name_attribute.is_some() {
        sub.clone()
    } else {
        name.clone()
    };
    let status = UserStatusType::ResetRequired;
    let mut user = User::new(username, sub, status, None, call.now);
    attributes::apply(&mut user, &wanted);
    if let Some(attribute) = name_attribute {
        user.attributes.insert(attribute.to_owned(), name.clone());
    }
    check_reachable(pool, &user)?;
    attributes::check_required(pool, &user)?;
    Ok((user, name))
}

fn attribute(name: &str, value: String) -> AttributeType {
    // Spreadsheets write TRUE.
    let value = if name.ends_with("_verified") {
        value.to_lowercase()
    } else {
        value
    };
    AttributeType {
        name: name.to_owned(),
        value: Some(value.into()),
    }
}

/// The model says the same of names; what comes in a file has not met the model.
fn check_name(name: &str) -> Result<(), Error> {
    let is_name = !name.is_empty()
        && name.chars().count() <= USERNAME_LENGTH
        && !name.contains(|c: char| c.is_whitespace() || c.is_control());
    if is_name {
        Ok(())
    } else {
        Err(errors::invalid_parameter(
            "The User Record does not have a valid cognito:username.",
        ))
    }
}

fn check_mfa(pool: &Pool, wanted: &str) -> Result<(), Error> {
    let contradicts = match wanted.to_lowercase().as_str() {
        "" => false,
        "true" => {
            pool.settings.mfa_configuration != Some(UserPoolMfaType::On)
                && pool.settings.mfa_configuration != Some(UserPoolMfaType::Optional)
        }
        "false" => pool.settings.mfa_configuration == Some(UserPoolMfaType::On),
        _ => true,
    };
    if contradicts {
        Err(errors::invalid_parameter(
            "The value of cognito:mfa_enabled does not fit the MFA configuration of the user pool.",
        ))
    } else {
        Ok(())
    }
}

/// Somebody without a verified address could never set a password.
fn check_reachable(pool: &Pool, user: &User) -> Result<(), Error> {
    let is_reachable = [
        VerifiedAttributeType::Email,
        VerifiedAttributeType::PhoneNumber,
    ]
    .into_iter()
    .any(|attribute| {
        pool.auto_verifies(attribute)
            && delivery::is_verified(user, attribute)
            && user.attributes.contains_key(attribute.as_str())
    });
    if is_reachable {
        Ok(())
    } else {
        Err(errors::invalid_parameter(
            "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).",
        ))
    }
}
