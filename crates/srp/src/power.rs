//! The exponentiation itself, for callers that do the protocol's other sums themselves.

use crate::exponent::Exponent;
use crate::group::N;
use crate::modexp;
use crate::uint::{BYTES, Uint};

/// base^exponent mod N, in constant time for exponents of the same length, big-endian.
///
/// `None` for a base not in `1 .. N` and for an exponent of more than 132 bytes.
pub fn power(base: &[u8], exponent: &[u8]) -> Option<[u8; BYTES]> {
    let base = Uint::from_be_bytes(base).filter(Uint::is_group_element)?;
    let exponent = Exponent::of_any_length(exponent)?;
    Some(modexp::pow(&base, &exponent).to_be_bytes())
}

/// N, big-endian.
pub fn modulus() -> [u8; BYTES] {
    N.to_be_bytes()
}
