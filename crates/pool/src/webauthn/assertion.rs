//! The ceremony that signs a user in with a passkey (section 7.2).

use std::time::Duration;

use base64::Engine as _;
use cognito_idp::types::UserVerificationType;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    BASE64URL, authenticator_data::AuthenticatorData, client_data::ClientData,
    credential::Credential, decode, relying_party::RelyingParty,
};
use crate::user::User;

/// What a browser is asked for: `PublicKeyCredentialRequestOptions` as JSON.
pub(crate) fn request_options(
    party: &RelyingParty,
    challenge: &str,
    timeout: Duration,
    credentials: &[Credential],
) -> Value {
    let allowed: Vec<_> = credentials.iter().map(Credential::descriptor).collect();
    json!({
        "challenge": challenge,
        "timeout": timeout.as_secs() * 1000,
        "rpId": party.id,
        "allowCredentials": allowed,
        "userVerification": party.user_verification,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    raw_id: String,
    #[serde(rename = "type")]
    kind: String,
    response: Response,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    authenticator_data: String,
    signature: String,
    #[serde(default)]
    user_handle: Option<String>,
}

/// The passkey among the user's that a browser's answer (`AuthenticationResponseJSON`) proves, as it is to be stored
/// from now on; none if it proves nothing.
pub(crate) fn authenticate(
    party: &RelyingParty,
    user: &User,
    challenge: &str,
    credentials: Vec<Credential>,
    answer: &str,
) -> Option<Credential> {
    let document: Document = serde_json::from_str(answer).ok()?;
    let response = document.response;
    let client_data = ClientData::parse(&response.client_data)?;
    let signed = decode(&response.authenticator_data)?;
    let data = AuthenticatorData::parse(&signed)?;

    let id = BASE64URL.encode(decode(&document.raw_id)?);
    let mut credential = credentials
        .into_iter()
        .find(|credential| credential.id == id && credential.relying_party_id == party.id)?;
    let is_users = match &response.user_handle {
        Some(handle) => decode(handle)? == user.sub.as_bytes(),
        None => true,
    };
    let must_verify = party.user_verification == UserVerificationType::Required;
    let is_right = document.kind == "public-key"
        && is_users
        && client_data.is_of("webauthn.get")
        && client_data.challenge == challenge
        && client_data.check_origin(party).is_ok()
        && data.is_for(party)
        && data.user_is_present()
        && (data.user_is_verified() || !must_verify)
        // An authenticator that counts has been copied if it has counted no further.
        && (data.sign_count > credential.sign_count || data.sign_count == 0 && credential.sign_count == 0)
        && credential.public_key.verifies(
            &[signed.as_slice(), &client_data.hash].concat(),
            &decode(&response.signature)?,
        );
    credential.sign_count = data.sign_count;
    is_right.then_some(credential)
}
