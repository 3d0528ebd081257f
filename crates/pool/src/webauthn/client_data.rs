//! What a browser says about the page that asked.

use cognito_idp::{Error, ErrorCode};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{decode, relying_party::RelyingParty};

/// `clientDataJSON`: `CollectedClientData`, and the hash that the authenticator signs of it.
pub(super) struct ClientData {
    kind: String,
    pub challenge: String,
    origin: String,
    cross_origin: bool,
    pub hash: [u8; 32],
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Collected {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

impl ClientData {
    /// None for what is no client data in base64url.
    pub fn parse(text: &str) -> Option<Self> {
        let json = decode(text)?;
        let collected: Collected = serde_json::from_slice(&json).ok()?;
        Some(Self {
            kind: collected.kind,
            challenge: collected.challenge,
            origin: collected.origin,
            cross_origin: collected.cross_origin,
            hash: Sha256::digest(&json).into(),
        })
    }

    pub fn is_of(&self, ceremony: &str) -> bool {
        self.kind == ceremony
    }

    /// Checks that a page of the relying party's own asked.
    ///
    /// # Errors
    ///
    /// `WebAuthnOriginNotAllowedException` otherwise.
    pub fn check_origin(&self, party: &RelyingParty) -> Result<(), Error> {
        if party.allows(&self.origin) && !self.cross_origin {
            Ok(())
        } else {
            // The service's text is not known.
            Err(Error::new(
                ErrorCode::WebAuthnOriginNotAllowedException,
                "The origin is not allowed for the relying party ID.",
            ))
        }
    }
}
