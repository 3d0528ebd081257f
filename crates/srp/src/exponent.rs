//! Secret exponents: plain integers of a publicly known length.

// Indices here are loop counters bounded by the arrays' own constant lengths.
#![allow(clippy::indexing_slicing)]

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::SrpError;
use crate::error::Value;

/// The shortest private exponent, and the recommended one.
pub(crate) const MIN_BYTES: usize = 36;

/// The longest private exponent: upstream's 1024 bits.
pub(crate) const MAX_BYTES: usize = 128;

/// 32-bit limbs of the longest exponent: an ephemeral one plus a 512-bit product, and the carry.
const LIMBS: usize = MAX_BYTES / 4 + 1;

/// Limbs of a SHA-256 hash.
const HASH_LIMBS: usize = 8;

/// An exponent of `bits` bits, leading zeros included: `bits` follows from public lengths alone, so that
/// the time of an exponentiation says nothing about the number.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Exponent {
    /// Least significant first.
    limbs: [u32; LIMBS],
    #[zeroize(skip)]
    bits: usize,
}

impl Exponent {
    /// A private exponent `a` or `b`, big-endian, of 36 to 128 bytes.
    pub(crate) fn private(bytes: &[u8]) -> Result<Self, SrpError> {
        if !(MIN_BYTES..=MAX_BYTES).contains(&bytes.len()) {
            return Err(SrpError::Length(Value::PrivateExponent));
        }
        Ok(Self::from_be_bytes(bytes))
    }

    /// Any exponent that fits, big-endian.
    pub(crate) fn of_any_length(bytes: &[u8]) -> Option<Self> {
        (bytes.len() <= LIMBS * 4).then(|| Self::from_be_bytes(bytes))
    }

    /// A hash used as an exponent: `x` or `u`.
    pub(crate) fn hash(bytes: &[u8; 32]) -> Self {
        Self::from_be_bytes(bytes)
    }

    /// A public exponent.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn small(number: u16) -> Self {
        Self::from_be_bytes(&number.to_be_bytes())
    }

    /// `self + u * x` as an integer, which saves the reduction modulo the group's order.
    pub(crate) fn plus_product(&self, u: &Self, x: &Self) -> Self {
        let mut limbs = self.limbs;
        for (i, u) in u.limbs[..HASH_LIMBS].iter().enumerate() {
            let mut carry = 0;
            for (j, limb) in limbs[i..].iter_mut().enumerate() {
                let x = if j < HASH_LIMBS { x.limbs[j] } else { 0 };
                let wide = u64::from(*u) * u64::from(x) + u64::from(*limb) + carry;
                *limb = wide as u32;
                carry = wide >> 32;
            }
        }
        let sum = Self {
            limbs,
            bits: self.bits.max(u.bits + x.bits) + 1,
        };
        limbs.zeroize();
        sum
    }

    /// The length in bits that the public parameters allow.
    pub(crate) fn bits(&self) -> usize {
        self.bits
    }

    /// `width` bits from bit `position` up; zeros beyond the end. Position and width are public.
    pub(crate) fn window(&self, position: usize, width: usize) -> u32 {
        let low = self.limbs.get(position / 32).copied().unwrap_or_default();
        let high = self
            .limbs
            .get(position / 32 + 1)
            .copied()
            .unwrap_or_default();
        let wide = u64::from(high) << 32 | u64::from(low);
        (wide >> (position % 32)) as u32 & ((1 << width) - 1)
    }

    fn from_be_bytes(bytes: &[u8]) -> Self {
        let mut limbs = [0; LIMBS];
        for (position, byte) in bytes.iter().rev().enumerate() {
            limbs[position / 4] |= u32::from(*byte) << (position % 4 * 8);
        }
        Self {
            limbs,
            bits: bytes.len() * 8,
        }
    }
}
