//! JSON web tokens, RS256 only.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use cognito_idp::Error;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::keys::SigningKey;

/// Signs claims.
pub(super) fn sign(key: &SigningKey, claims: &Value) -> Result<String, Error> {
    let header = json!({ "kid": key.kid, "alg": "RS256" });
    let signed = format!(
        "{}.{}",
        encode(header.to_string()),
        encode(claims.to_string())
    );
    let signature = key.sign(signed.as_bytes())?;
    Ok(format!("{signed}.{}", encode(signature)))
}

/// A token taken apart, and not verified yet: it may say anything.
pub(super) struct Unverified<'a> {
    signed: &'a str,
    claims: &'a str,
    kid: String,
    signature: Vec<u8>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

impl<'a> Unverified<'a> {
    /// None if this is no RS256 token.
    pub fn parse(token: &'a str) -> Option<Self> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Header = decode(header)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        (header.alg == "RS256").then_some(Self {
            signed,
            claims,
            kid: header.kid,
            signature,
        })
    }

    /// The claims, whoever made them.
    pub fn claims<T: DeserializeOwned>(&self) -> Option<T> {
        decode(self.claims)
    }

    /// Whether this key signed it.
    pub fn is_signed_by(&self, key: &SigningKey) -> bool {
        self.kid == key.kid && key.verifies(self.signed.as_bytes(), &self.signature)
    }
}

/// Whether this has the form of a JSON web token, as our refresh tokens never have.
pub(crate) fn looks_like_one(token: &str) -> bool {
    Unverified::parse(token).is_some()
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}
