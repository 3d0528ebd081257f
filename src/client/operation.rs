//! The operations that take one request and no state.

use serde_json::{Value, json};

use crate::flow::Request;

/// A new user.
pub(super) fn sign_up(
    client_id: &str,
    username: &str,
    password: &str,
    user_attributes: &[Value],
) -> Request<Value> {
    Request::new(
        "SignUp",
        json!({
            "ClientId": client_id, "Username": username, "Password": password,
            "UserAttributes": user_attributes,
        }),
    )
}

/// Confirms a new user by the code that was sent to them.
pub(super) fn confirm_sign_up(client_id: &str, code: &str, username: &str) -> Request<Value> {
    Request::new(
        "ConfirmSignUp",
        json!({
            "ClientId": client_id, "ConfirmationCode": code, "Username": username,
            "ForceAliasCreation": true,
        }),
    )
}

/// Another code for a new user.
pub(super) fn resend_confirmation_code(client_id: &str, username: &str) -> Request<Value> {
    Request::new(
        "ResendConfirmationCode",
        json!({ "ClientId": client_id, "Username": username }),
    )
}

/// Sends a code to a user who forgot their password.
pub(super) fn forgot_password(client_id: &str, username: &str) -> Request<Value> {
    Request::new(
        "ForgotPassword",
        json!({ "ClientId": client_id, "Username": username }),
    )
}

/// Sets a new password by that code.
pub(super) fn confirm_forgot_password(
    client_id: &str,
    username: &str,
    code: &str,
    password: &str,
) -> Request<Value> {
    Request::new(
        "ConfirmForgotPassword",
        json!({
            "ClientId": client_id, "Username": username, "ConfirmationCode": code,
            "Password": password,
        }),
    )
}

/// Replaces the password of a user who knows it.
pub(super) fn change_password(
    previous: &str,
    proposed: &str,
    access_token: &str,
) -> Request<Value> {
    Request::new(
        "ChangePassword",
        json!({
            "PreviousPassword": previous, "ProposedPassword": proposed,
            "AccessToken": access_token,
        }),
    )
}

/// An operation that needs the access token alone, such as `GetUser`.
pub(super) fn by_token(operation: &'static str, access_token: &str) -> Request<Value> {
    Request::new(operation, json!({ "AccessToken": access_token }))
}

/// Ends the session that a refresh token belongs to.
pub(super) fn revoke_token(refresh_token: &str, client_id: &str) -> Request<Value> {
    Request::new(
        "RevokeToken",
        json!({ "Token": refresh_token, "ClientId": client_id }),
    )
}
