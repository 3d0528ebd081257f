//! Users who do not exist, for clients that must not tell.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::Error;
use cognito_srp::Verifier;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use uuid::Builder;

use crate::{errors, pool::Pool};

/// What a verifier has in bytes.
const VERIFIER_BYTES: usize = 384;

/// Somebody who does not exist: always the same for the same name, so that asking twice tells nothing.
pub(crate) struct Decoy {
    /// Stands for the username in the challenge.
    pub user_id: String,
    /// Of no password that anybody knows. Made without an exponentiation, so that it takes no longer than a user's.
    pub verifier: Verifier,
}

impl Decoy {
    pub fn new(pool: &Pool, name: &str) -> Result<Self, Error> {
        let derive = |purpose: &str| derive(pool, &pool.fold(name), purpose);
        let mut verifier: Vec<u8> = (0..VERIFIER_BYTES / 32)
            .flat_map(|block| derive(&format!("verifier {block}")))
            .collect();
        // With its top bit cleared it is less than N, whose top bit is set.
        if let Some(first) = verifier.first_mut() {
            *first &= 0x7f;
        }
        let half = |bytes: [u8; 32]| bytes.first_chunk::<16>().copied().unwrap_or_default();
        Ok(Self {
            user_id: Builder::from_random_bytes(half(derive("id")))
                .into_uuid()
                .to_string(),
            verifier: Verifier::from_parts(&half(derive("salt")), &verifier)
                .map_err(|error| errors::internal(error.to_string()))?,
        })
    }
}

/// A phone number of nobody's, of which only the last digits are ever shown.
pub(crate) fn phone_number(pool: &Pool, name: &str) -> String {
    let [high, low, ..] = derive(pool, &pool.fold(name), "phone number");
    format!("+{:010}", u16::from_be_bytes([high, low]))
}

/// The part of a key that stands for somebody who does not exist.
pub(crate) fn subject(pool: &Pool, name: &str) -> String {
    format!("?{}", pool.fold(name))
}

fn derive(pool: &Pool, name: &str, purpose: &str) -> [u8; 32] {
    let key = STANDARD.decode(&pool.decoy_key).unwrap_or_default();
    // HMAC takes keys of any length: this cannot fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else {
        return [0; 32];
    };
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(name.as_bytes());
    mac.finalize().into_bytes().into()
}
