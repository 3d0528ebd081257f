//! The ceremony that registers a passkey (section 7.1).

use std::time::Duration;

use base64::Engine as _;
use cognito_idp::{Error, ErrorCode, types::UserVerificationType};
use coset::cbor;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    BASE64URL,
    authenticator_data::{AuthenticatorData, NewCredential},
    client_data::ClientData,
    credential::Credential,
    decode,
    public_key::ALGORITHMS,
    relying_party::RelyingParty,
};
use crate::{UnixMillis, errors, user::User};

/// What a browser is asked for: `PublicKeyCredentialCreationOptions` as JSON.
pub(crate) fn creation_options(
    party: &RelyingParty,
    user: &User,
    challenge: &str,
    timeout: Duration,
    existing: &[Credential],
) -> Value {
    let algorithms = ALGORITHMS.map(|number| json!({ "type": "public-key", "alg": number }));
    let excluded: Vec<_> = existing.iter().map(Credential::descriptor).collect();
    json!({
        "rp": { "id": party.id, "name": party.id },
        "user": {
            "id": BASE64URL.encode(&user.sub),
            "name": user.username,
            "displayName": user.username,
        },
        "challenge": challenge,
        "pubKeyCredParams": algorithms,
        "timeout": timeout.as_secs() * 1000,
        "excludeCredentials": excluded,
        "authenticatorSelection": {
            "requireResidentKey": true,
            "residentKey": "required",
            "userVerification": party.user_verification,
        },
    })
}

/// What a browser answers: `RegistrationResponseJSON`, not checked yet.
pub(crate) struct Registration {
    id: String,
    attachment: Option<String>,
    transports: Vec<String>,
    client_data: ClientData,
    authenticator_data: AuthenticatorData,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    raw_id: String,
    #[serde(rename = "type")]
    kind: String,
    response: Response,
    #[serde(default)]
    authenticator_attachment: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    attestation_object: String,
    #[serde(default)]
    transports: Vec<String>,
}

impl Registration {
    /// # Errors
    ///
    /// `InvalidParameterException` for what is no answer to a registration.
    pub fn parse(document: Value) -> Result<Self, Error> {
        let document: Document = serde_json::from_value(document).map_err(|_| invalid())?;
        if document.kind != "public-key" {
            return Err(invalid());
        }
        let response = document.response;
        Ok(Self {
            id: document.raw_id,
            attachment: document.authenticator_attachment,
            transports: response.transports,
            client_data: ClientData::parse(&response.client_data)
                .filter(|data| data.is_of("webauthn.create"))
                .ok_or_else(invalid)?,
            authenticator_data: authenticator_data(&response.attestation_object)
                .ok_or_else(invalid)?,
        })
    }

    /// The challenge that it says to answer.
    pub fn challenge(&self) -> &str {
        &self.client_data.challenge
    }

    /// Checks all but the challenge and makes a passkey of it.
    ///
    /// # Errors
    ///
    /// The service's error for each fault.
    pub fn check(self, party: &RelyingParty, now: UnixMillis) -> Result<Credential, Error> {
        self.client_data.check_origin(party)?;
        let data = self.authenticator_data;
        if !data.is_for(party) {
            return Err(Error::new(
                ErrorCode::WebAuthnRelyingPartyMismatchException,
                "The credential is for another relying party ID.",
            ));
        }
        let must_verify = party.user_verification == UserVerificationType::Required;
        if !data.user_is_present() || must_verify && !data.user_is_verified() {
            return Err(not_supported("The authenticator did not verify the user."));
        }
        let NewCredential { id, public_key } = data.credential.ok_or_else(invalid)?;
        if decode(&self.id).as_ref() != Some(&id) {
            return Err(invalid());
        }
        let public_key = public_key
            .ok_or_else(|| not_supported("The credential's key is of no supported kind."))?;
        Ok(Credential {
            id: BASE64URL.encode(id),
            relying_party_id: party.id.clone(),
            public_key,
            sign_count: data.sign_count,
            attachment: self.attachment,
            transports: self.transports,
            created: now,
        })
    }
}

/// The part of an attestation object that counts where no attestation was asked for.
fn authenticator_data(object: &str) -> Option<AuthenticatorData> {
    let object: cbor::Value = cbor::de::from_reader(decode(object)?.as_slice()).ok()?;
    let mut members = object.as_map()?.iter();
    let (_, data) = members.find(|(name, _)| name.as_text() == Some("authData"))?;
    AuthenticatorData::parse(data.as_bytes()?)
}

// The service's texts are not known.

fn invalid() -> Error {
    errors::invalid_parameter("Invalid credential.")
}

fn not_supported(text: &str) -> Error {
    Error::new(ErrorCode::WebAuthnCredentialNotSupportedException, text)
}
