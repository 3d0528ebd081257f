//! The password's way into the protocol: x.

use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use crate::claim::sha256;
use crate::error::{SrpError, Value};
use crate::exponent::Exponent;
use crate::{encoding, uint::Uint};

/// The longest salt; the service's have 16 bytes, and 17 with their sign byte.
const MAX_SALT_BYTES: usize = 64;

/// Whose proof it is.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The pool's name (what follows `_` in its id), or the device group key.
    pub group: &'a str,
    /// `USER_ID_FOR_SRP`, or the device key.
    pub identity: &'a str,
    /// The password, or the device's secret.
    pub password: &'a str,
}

impl Credentials<'_> {
    /// x = H(pad(s) | H(group | identity | ":" | password))
    pub(crate) fn private_key(&self, salt: &Salt) -> Exponent {
        let inner = [self.group, self.identity, ":", self.password].map(str::as_bytes);
        let inner = Zeroizing::new(sha256(&inner));
        let outer = Zeroizing::new(sha256(&[&salt.padded(), inner.as_slice()]));
        Exponent::hash(&outer)
    }
}

impl fmt::Debug for Credentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("group", &self.group)
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}

/// s, a number of 1 to 64 bytes.
#[derive(Clone)]
pub(crate) struct Salt(Vec<u8>);

impl Salt {
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, SrpError> {
        if (1..=MAX_SALT_BYTES).contains(&bytes.len()) {
            Ok(Self(bytes.to_vec()))
        } else {
            Err(SrpError::Length(Value::Salt))
        }
    }

    pub(crate) fn from_hex(text: &str) -> Result<Self, SrpError> {
        if text.is_empty() {
            return Err(SrpError::Length(Value::Salt));
        }
        Self::from_bytes(&encoding::hex_decode_number(text).ok_or(SrpError::NotHex(Value::Salt))?)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The salt is hashed as the number that it is on the wire.
    pub(crate) fn padded(&self) -> Vec<u8> {
        encoding::pad_hex(false, &self.0)
    }
}

/// A peer's public value in hexadecimal: 0 < value < N.
pub(crate) fn public_from_hex(text: &str, value: Value) -> Result<Uint, SrpError> {
    let bytes = encoding::hex_decode_number(text).ok_or(SrpError::NotHex(value))?;
    public_from_bytes(&bytes, value)
}

/// A group element, big-endian: 0 < value < N.
pub(crate) fn public_from_bytes(bytes: &[u8], value: Value) -> Result<Uint, SrpError> {
    Uint::from_be_bytes(bytes)
        .filter(Uint::is_group_element)
        .ok_or(SrpError::OutOfRange(value))
}
