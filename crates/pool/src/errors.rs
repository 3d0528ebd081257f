//! The service's errors, with the texts that more than one operation answers.

use cognito_idp::{Error, ErrorCode};

use crate::store::StoreError;

pub(crate) fn not_authorized(text: impl Into<String>) -> Error {
    Error::new(ErrorCode::NotAuthorizedException, text)
}

pub(crate) fn invalid_parameter(text: impl Into<String>) -> Error {
    Error::new(ErrorCode::InvalidParameterException, text)
}

pub(crate) fn resource_not_found(text: impl Into<String>) -> Error {
    Error::new(ErrorCode::ResourceNotFoundException, text)
}

/// What a wrong password, proof, user or time all look like.
pub(crate) fn incorrect_username_or_password() -> Error {
    not_authorized("Incorrect username or password.")
}

pub(crate) fn user_does_not_exist() -> Error {
    Error::new(ErrorCode::UserNotFoundException, "User does not exist.")
}

/// The same where a code is concerned instead of a sign-in.
pub(crate) fn combination_not_found() -> Error {
    Error::new(
        ErrorCode::UserNotFoundException,
        "Username/client id combination not found.",
    )
}

pub(crate) fn user_is_disabled() -> Error {
    not_authorized("User is disabled.")
}

pub(crate) fn alias_exists(attribute: &str) -> Error {
    Error::new(
        ErrorCode::AliasExistsException,
        format!("An account with the {attribute} already exists."),
    )
}

pub(crate) fn missing_parameter(name: &str) -> Error {
    invalid_parameter(format!("Missing required parameter {name}"))
}

/// What this pool does not do yet.
///
/// `UnsupportedOperationException`: every SDK has it as a typed error, and with its HTTP status 400 none tries again, as
/// they would after an internal error's 500.
pub(crate) fn not_implemented(what: &str) -> Error {
    Error::new(
        ErrorCode::UnsupportedOperationException,
        format!("{what} is not implemented by this user pool."),
    )
}

/// A record that cannot be what this program wrote.
pub(crate) fn corrupt_record(key: &str, what: impl std::fmt::Display) -> Error {
    // The key's last part may be a user's alias; its first says enough.
    let family = key.split(crate::keys::SEPARATOR).next().unwrap_or_default();
    internal(format!("A {family} record of the store is damaged: {what}"))
}

pub(crate) fn internal(text: impl Into<String>) -> Error {
    Error::new(ErrorCode::InternalErrorException, text)
}

pub(crate) fn store_failed(error: &StoreError) -> Error {
    internal(format!("The store failed: {error}"))
}
