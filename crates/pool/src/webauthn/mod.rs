//! Passkeys: what a user pool does as a WebAuthn relying party. The checks are those of W3C's "Web Authentication,
//! Level 2", sections 7.1 and 7.2.
//!
//! `webauthn-rs-core` would do them, and brings 150 crates along: most are for attestation, for which the service does
//! not ask. `coset` reads the keys and `aws-lc-rs` checks the signatures; what is left is this folder.

mod assertion;
mod authenticator_data;
mod client_data;
mod credential;
mod public_key;
mod registration;
mod relying_party;

pub(crate) use assertion::{authenticate, request_options};
pub(crate) use credential::Credential;
pub(crate) use registration::{Registration, creation_options};
pub(crate) use relying_party::RelyingParty;

use base64::{
    Engine as _,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// Base64url as browsers write it, without padding; and as libraries of old do, with it.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64URL.decode(text).ok()
}
