//! The operations that take one request and no state.

use crate::json::Json;

use super::Request;

/// A new user. The members that may be missing are as the application gave them.
pub(crate) fn sign_up<J: Json>(
    client_id: &str,
    username: J,
    password: J,
    user_attributes: Option<J>,
    validation_data: Option<J>,
    client_metadata: Option<J>,
) -> Request<J> {
    let body = J::object()
        .with_text("ClientId", client_id)
        .with("Username", username)
        .with("Password", password)
        .with("UserAttributes", user_attributes)
        .with("ValidationData", validation_data)
        .with("ClientMetadata", client_metadata);
    Request::with_context("SignUp", body)
}

/// Confirms a new user by the code that was sent to them.
pub(crate) fn confirm_sign_up<J: Json>(
    client_id: &str,
    code: J,
    username: J,
    force_alias_creation: J,
    client_metadata: Option<J>,
) -> Request<J> {
    let body = J::object()
        .with_text("ClientId", client_id)
        .with("ConfirmationCode", code)
        .with("Username", username)
        .with("ForceAliasCreation", force_alias_creation)
        .with("ClientMetadata", client_metadata);
    Request::with_context("ConfirmSignUp", body)
}

/// Another code for a new user.
pub(crate) fn resend_confirmation_code<J: Json>(
    client_id: &str,
    username: J,
    client_metadata: Option<J>,
) -> Request<J> {
    let body = J::object()
        .with_text("ClientId", client_id)
        .with("Username", username)
        .with("ClientMetadata", client_metadata);
    Request::plain("ResendConfirmationCode", body)
}

/// Sends a code to a user who forgot their password.
pub(crate) fn forgot_password<J: Json>(
    client_id: &str,
    username: J,
    client_metadata: Option<J>,
) -> Request<J> {
    let body = J::object()
        .with_text("ClientId", client_id)
        .with("Username", username)
        .with("ClientMetadata", client_metadata);
    Request::with_context("ForgotPassword", body)
}

/// Sets a new password by that code.
pub(crate) fn confirm_forgot_password<J: Json>(
    client_id: &str,
    username: J,
    code: J,
    password: J,
    client_metadata: Option<J>,
) -> Request<J> {
    let body = J::object()
        .with_text("ClientId", client_id)
        .with("Username", username)
        .with("ConfirmationCode", code)
        .with("Password", password)
        .with("ClientMetadata", client_metadata);
    Request::with_context("ConfirmForgotPassword", body)
}

/// Replaces the password of a user who knows it.
pub(crate) fn change_password<J: Json>(
    previous: J,
    proposed: J,
    access_token: J,
    client_metadata: Option<J>,
) -> Request<J> {
    let body = J::object()
        .with("PreviousPassword", previous)
        .with("ProposedPassword", proposed)
        .with("AccessToken", access_token)
        .with("ClientMetadata", client_metadata);
    Request::plain("ChangePassword", body)
}

/// Removes the user.
pub(crate) fn delete_user<J: Json>(access_token: J, client_metadata: Option<J>) -> Request<J> {
    let body = J::object()
        .with("AccessToken", access_token)
        .with("ClientMetadata", client_metadata);
    Request::plain("DeleteUser", body)
}

/// What the service knows of the user.
pub(crate) fn get_user<J: Json>(access_token: J) -> Request<J> {
    Request::plain("GetUser", J::object().with("AccessToken", access_token))
}

/// Ends all the user's sessions.
pub(crate) fn global_sign_out<J: Json>(access_token: J) -> Request<J> {
    Request::plain(
        "GlobalSignOut",
        J::object().with("AccessToken", access_token),
    )
}

/// Ends the session that a refresh token belongs to.
pub(crate) fn revoke_token<J: Json>(refresh_token: &str, client_id: &str) -> Request<J> {
    let body = J::object()
        .with_text("Token", refresh_token)
        .with_text("ClientId", client_id);
    Request::plain("RevokeToken", body)
}
