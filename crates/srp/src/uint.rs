//! Non-negative integers of the group's size.

// Indices here are loop counters bounded by the arrays' own constant lengths.
#![allow(clippy::indexing_slicing)]

use subtle::{Choice, ConditionallySelectable};
use zeroize::Zeroize;

use crate::{encoding, group::N};

/// 64-bit limbs of a 3072-bit integer.
pub(crate) const LIMBS: usize = 48;

/// Bytes of a 3072-bit integer.
pub(crate) const BYTES: usize = LIMBS * 8;

/// An integer below 2^3072, least significant limb first.
#[derive(Clone, Zeroize)]
pub(crate) struct Uint(pub(crate) [u64; LIMBS]);

impl Uint {
    pub(crate) const ZERO: Self = Self([0; LIMBS]);
    pub(crate) const ONE: Self = Self::small([1, 0, 0, 0]);

    /// An integer of 256 bits, least significant limb first.
    pub(crate) const fn small(low: [u64; 4]) -> Self {
        let mut limbs = [0; LIMBS];
        let mut index = 0;
        while index < low.len() {
            limbs[index] = low[index];
            index += 1;
        }
        Self(limbs)
    }

    /// A big-endian integer with any number of leading zeros; `None` from 2^3072 on.
    pub(crate) fn from_be_bytes(bytes: &[u8]) -> Option<Self> {
        let mut limbs = [0; LIMBS];
        for (position, byte) in bytes.iter().rev().enumerate() {
            match limbs.get_mut(position / 8) {
                Some(limb) => *limb |= u64::from(*byte) << (position % 8 * 8),
                None if *byte == 0 => {}
                None => return None,
            }
        }
        Some(Self(limbs))
    }

    pub(crate) fn to_be_bytes(&self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        for (chunk, limb) in bytes.rchunks_exact_mut(8).zip(&self.0) {
            chunk.copy_from_slice(&limb.to_be_bytes());
        }
        bytes
    }

    /// The form in which an integer is hashed.
    pub(crate) fn padded(&self) -> alloc::vec::Vec<u8> {
        encoding::pad_hex(false, &self.to_be_bytes())
    }

    /// Whether this is in 1 .. N, as every public value of the protocol has to be. For public values only.
    pub(crate) fn is_group_element(&self) -> bool {
        self.0.iter().any(|limb| *limb != 0) && self.subtract(&N).1 == 1
    }

    /// `(self - other) mod 2^3072` and the borrow.
    pub(crate) const fn subtract(&self, other: &Self) -> (Self, u64) {
        let mut difference = [0; LIMBS];
        let (mut index, mut borrow) = (0, 0);
        while index < LIMBS {
            let wide = (self.0[index] as u128)
                .wrapping_sub(other.0[index] as u128)
                .wrapping_sub(borrow as u128);
            difference[index] = wide as u64;
            borrow = (wide >> 64) as u64 & 1;
            index += 1;
        }
        (Self(difference), borrow)
    }

    /// `(self + other) mod 2^3072` and the carry.
    pub(crate) const fn add(&self, other: &Self) -> (Self, u64) {
        let mut sum = [0; LIMBS];
        let (mut index, mut carry) = (0, 0);
        while index < LIMBS {
            let wide = self.0[index] as u128 + other.0[index] as u128 + carry as u128;
            sum[index] = wide as u64;
            carry = (wide >> 64) as u64;
            index += 1;
        }
        (Self(sum), carry)
    }

    /// `self + overflow 2^3072`, an integer below 2 N, modulo N.
    pub(crate) fn reduce_once(&self, overflow: u64) -> Self {
        let (reduced, borrow) = self.subtract(&N);
        Self::select(&reduced, self, borrow & !overflow)
    }

    /// `self - other` modulo N; both below N.
    pub(crate) fn subtract_mod(&self, other: &Self) -> Self {
        let (difference, borrow) = self.subtract(other);
        Self::select(&difference, &difference.add(&N).0, borrow)
    }

    /// `self + other` modulo N; both below N.
    pub(crate) fn add_mod(&self, other: &Self) -> Self {
        // a + b = a - (N - b), which stays below 2^3072.
        self.subtract_mod(&N.subtract(other).0)
    }

    /// `zero` where `bit` is 0, `one` where it is 1, in constant time.
    fn select(zero: &Self, one: &Self, bit: u64) -> Self {
        let choice = Choice::from(bit as u8);
        Self(core::array::from_fn(|index| {
            u64::conditional_select(&zero.0[index], &one.0[index], choice)
        }))
    }
}
