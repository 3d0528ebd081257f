//! Tokens: what a sign-in gives, and how it is checked when it comes back.

pub(crate) mod access;
mod claims;
pub(crate) mod discovery;
pub(crate) mod grants;
mod jwt;
mod keys;
pub(crate) mod presented;
mod signer;
pub(crate) mod single;
mod verified;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

pub(crate) use jwt::looks_like_one as looks_like_jwt;
pub(crate) use keys::{KeyRing, PoolKeys};
pub(crate) use signer::Signer;
pub(crate) use verified::Verified;

/// What the store knows a secret text by: it can be recognised, and not be read from the store and used.
pub(crate) fn hash(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}
