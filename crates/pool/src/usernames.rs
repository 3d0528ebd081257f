//! What a new user may be called.

use cognito_idp::{Error, ErrorCode, types::UsernameAttributeType};

use crate::{
    attributes::{is_email, is_phone_number},
    errors,
    pool::Pool,
};

/// The attribute that `name` is the value of, in a pool where usernames are email addresses or phone numbers.
///
/// # Errors
///
/// `InvalidParameterException` if the name does not have the form that the pool asks for, or has the form of an alias.
pub(crate) fn attribute_of(pool: &Pool, name: &str) -> Result<Option<&'static str>, Error> {
    use UsernameAttributeType::{Email, PhoneNumber};
    let attributes = pool.username_attributes();
    let takes = |attribute| attributes.contains(&attribute);
    match (takes(Email), takes(PhoneNumber)) {
        (false, false) => check_no_alias(pool, name).map(|()| None),
        (true, _) if is_email(name) => Ok(Some("email")),
        (_, true) if is_phone_number(name) => Ok(Some("phone_number")),
        (true, true) => Err(errors::invalid_parameter(
            "Username should be either an email or a phone number.",
        )),
        (true, false) => Err(errors::invalid_parameter("Username should be an email.")),
        (false, true) => Err(errors::invalid_parameter(
            "Username should be a phone number.",
        )),
    }
}

/// The error of somebody who wants a name that is taken.
pub(crate) fn taken(attribute: Option<&str>, otherwise: &str) -> Error {
    let text = match attribute {
        Some(attribute) => format!("An account with the given {attribute} already exists."),
        None => otherwise.to_owned(),
    };
    Error::new(ErrorCode::UsernameExistsException, text)
}

fn check_no_alias(pool: &Pool, name: &str) -> Result<(), Error> {
    let kind = if pool.has_alias("email") && is_email(name) {
        "email"
    } else if pool.has_alias("phone_number") && is_phone_number(name) {
        "phone number"
    } else {
        return Ok(());
    };
    Err(errors::invalid_parameter(format!(
        "Username cannot be of {kind} format, since user pool is configured for {kind} alias."
    )))
}
