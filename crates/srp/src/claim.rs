//! What both sides end with: a key, and the signature that proves it.

use core::fmt;

use sha2::{Digest, Sha256};
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::error::SrpError;
use crate::exponent::Exponent;
use crate::{encoding, uint::Uint};

/// HKDF's info with the counter of its first block.
const INFO: &[u8] = b"Caldera Derived Key\x01";

/// What the key signs (`PASSWORD_CLAIM_SIGNATURE`): group | identity | secret block | timestamp.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The pool's name, or the device group key.
    pub group: &'a str,
    /// `USER_ID_FOR_SRP`, or the device key.
    pub identity: &'a str,
    /// The bytes of `SECRET_BLOCK` (see [`encoding::base64_decode_lenient`]).
    pub secret_block: &'a [u8],
    /// `TIMESTAMP` exactly as it is sent (see [`timestamp`](crate::timestamp())).
    pub timestamp: &'a str,
}

/// The password authentication key, 16 bytes.
#[derive(Clone, ZeroizeOnDrop)]
pub struct AuthenticationKey([u8; 16]);

impl AuthenticationKey {
    /// HKDF-SHA-256 of the shared secret with the scrambler as salt, cut to 16 bytes.
    pub(crate) fn derive(shared_secret: &Uint, scrambler: &Scrambler) -> Self {
        let secret = Zeroizing::new(shared_secret.padded());
        let salt = encoding::pad_hex(false, &scrambler.0);
        let pseudorandom = Zeroizing::new(hmac_sha256(&salt, &[&secret]));
        let output = Zeroizing::new(hmac_sha256(&*pseudorandom, &[INFO]));
        let mut key = [0; 16];
        for (key, byte) in key.iter_mut().zip(output.iter()) {
            *key = *byte;
        }
        Self(key)
    }

    /// The claim's signature, HMAC-SHA-256; base64 of it is `PASSWORD_CLAIM_SIGNATURE`.
    pub fn sign_claim(&self, claim: &Claim<'_>) -> [u8; 32] {
        hmac_sha256(
            &self.0,
            &[
                claim.group.as_bytes(),
                claim.identity.as_bytes(),
                claim.secret_block,
                claim.timestamp.as_bytes(),
            ],
        )
    }

    /// Whether the signature is this claim's, in constant time.
    pub fn verify_claim(&self, claim: &Claim<'_>, signature: &[u8]) -> bool {
        subtle::ConstantTimeEq::ct_eq(self.sign_claim(claim).as_slice(), signature).into()
    }

    /// The key itself.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for AuthenticationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthenticationKey([redacted])")
    }
}

/// u = H(pad(A) | pad(B)), not zero.
pub(crate) struct Scrambler([u8; 32]);

impl Scrambler {
    pub(crate) fn new(client_public: &Uint, server_public: &Uint) -> Result<Self, SrpError> {
        Self::from_hash(sha256(&[&client_public.padded(), &server_public.padded()]))
    }

    pub(crate) fn from_hash(hash: [u8; 32]) -> Result<Self, SrpError> {
        if hash == [0; 32] {
            return Err(SrpError::ZeroScrambler);
        }
        Ok(Self(hash))
    }

    #[cfg(test)]
    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn exponent(&self) -> Exponent {
        Exponent::hash(&self.0)
    }
}

/// SHA-256 of all parts.
pub fn sha256(message: &[&[u8]]) -> [u8; 32] {
    sha256_after(&[], message)
}

/// HMAC-SHA-256 of all parts, by RFC 2104.
///
/// Own code: it is three hashes, and the crates for it bring copies of the hash that weigh 1 kB after gzip.
pub fn hmac_sha256(key: &[u8], message: &[&[u8]]) -> [u8; 32] {
    const BLOCK: usize = 64;
    let hashed = (key.len() > BLOCK).then(|| Zeroizing::new(sha256(&[key])));
    let key = hashed.as_ref().map_or(key, |hash| hash.as_slice());
    let padded = |pad: u8| {
        let mut block = Zeroizing::new([pad; BLOCK]);
        for (byte, key) in block.iter_mut().zip(key) {
            *byte ^= key;
        }
        block
    };
    let inner = Zeroizing::new(sha256_after(padded(0x36).as_slice(), message));
    sha256_after(padded(0x5c).as_slice(), &[inner.as_slice()])
}

/// In one place, since the hash is inlined into it.
#[inline(never)]
fn sha256_after(first: &[u8], rest: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(first);
    for part in rest {
        hash.update(part);
    }
    hash.finalize().into()
}
