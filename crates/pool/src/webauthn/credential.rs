//! A user's passkey, as the pool knows it.

use cognito_idp::{Error, types::WebAuthnCredentialDescription};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::public_key::PublicKey;
use crate::{UnixMillis, keys, pool::Pool, records::Records, user::User};

/// A registered public key credential.
#[derive(Serialize, Deserialize)]
pub(crate) struct Credential {
    /// In base64url.
    pub id: String,
    pub(super) relying_party_id: String,
    pub(super) public_key: PublicKey,
    pub(super) sign_count: u32,
    pub(super) attachment: Option<String>,
    pub(super) transports: Vec<String>,
    pub(super) created: UnixMillis,
}

impl Credential {
    /// One of a user's passkeys.
    pub fn find(
        records: &Records<'_>,
        pool: &Pool,
        user: &User,
        id: &str,
    ) -> Result<Option<Self>, Error> {
        records.get(&keys::credential(&pool.id, &user.sub, id))
    }

    /// All of a user's passkeys.
    pub fn all(records: &Records<'_>, pool: &Pool, user: &User) -> Result<Vec<Self>, Error> {
        records.scan(&keys::credential(&pool.id, &user.sub, ""))
    }

    pub fn save(&self, records: &mut Records<'_>, pool: &Pool, user: &User) -> Result<(), Error> {
        records.put(&keys::credential(&pool.id, &user.sub, &self.id), self)
    }

    pub fn describe(&self) -> WebAuthnCredentialDescription {
        WebAuthnCredentialDescription {
            credential_id: self.id.clone(),
            // The service names the maker, which authenticators tell only where attestation is asked for.
            friendly_credential_name: "Passkey".to_owned(),
            relying_party_id: self.relying_party_id.clone(),
            authenticator_attachment: self.attachment.clone(),
            authenticator_transports: self.transports.clone(),
            created_at: self.created.api_timestamp(),
        }
    }

    /// How requests to browsers name it.
    pub(super) fn descriptor(&self) -> Value {
        json!({ "type": "public-key", "id": self.id, "transports": self.transports })
    }
}
