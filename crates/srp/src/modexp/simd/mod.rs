//! The kernel for WebAssembly with simd128: 224 limbs of 14 bits.
//!
//! `i32x4.dot_i16x8` multiplies eight pairs of 16-bit lanes and adds neighbours, so that four columns of a
//! product take in two limbs of one factor at once. On x86-64 that is a single instruction, where the
//! widening multiplication of 32-bit lanes, equal in bits, needs two shuffles besides.
//!
//! The product is scanned in blocks of eight columns, and the multiple of N that clears a column is found
//! and added in the same pass. Everything hot is written out in vectors, so that the crate can be compiled
//! for size.
//!
//! N is the only number in the module: the rest is made of it when it is needed. A power of g = 2 takes
//! squarings and shifts alone, where the native kernel's comb saves a fifth of a sign-in for 1.2 kB.
//!
//! # Bounds
//!
//! A limb may also be 2^14 (see [`Carry`]), but never two neighbours: a dot product is at most
//! 2^28 + (2^14 - 1)^2 < 2^29 - 2^14, and eight of them with what a fold left, doubled, fit an unsigned lane.

// Indices are loop counters bounded by constant lengths.
#![allow(clippy::indexing_slicing)]

mod columns;

use core::arch::wasm32::{
    i32x4_shuffle, u16x8, u16x8_narrow_i32x4, u32x4_eq, u32x4_splat, v128_and, v128_or,
};

use zeroize::Zeroize;

use self::columns::{BLOCK, Carry, Columns, Shifted, ZERO, load, multiply_add, splat_pair, store};
use super::Arithmetic;
use crate::exponent::Exponent;
use crate::group::N;
use crate::uint::{self, Uint};

const LIMB_BITS: usize = 14;
const LIMB_MASK: u16 = (1 << LIMB_BITS) - 1;
const LIMBS: usize = 224;

/// R = 2^3136, 64 bits more than N has, which keeps every result below 2^3073 without a subtraction:
/// for a, b < 2^3073 and twice a square too, it is below a b / R + N (1 + 2^-13).
const R_BITS: usize = LIMBS * LIMB_BITS;

/// An integer modulo N in Montgomery form (x R mod N), below 2^3073.
#[derive(Clone, Zeroize)]
#[repr(align(16))]
pub(crate) struct Element([u16; LIMBS]);

impl Element {
    const fn from_limbs(integer: &Uint) -> Self {
        let mut limbs = [0; LIMBS];
        let mut index = 0;
        while index < LIMBS {
            let (word, shift) = (index * LIMB_BITS / 64, index * LIMB_BITS % 64);
            if word < uint::LIMBS {
                let mut limb = integer.0[word] >> shift;
                if shift > 64 - LIMB_BITS && word + 1 < uint::LIMBS {
                    limb |= integer.0[word + 1] << (64 - shift);
                }
                limbs[index] = limb as u16 & LIMB_MASK;
            }
            index += 1;
        }
        Self(limbs)
    }
}

/// What all sums with elements go through.
pub(crate) struct Kernel {
    /// N + 1, whose lowest 64 bits are zeros. Made at run time: bytes in the module are downloaded.
    n_plus_1: Shifted,
}

impl Kernel {
    pub(crate) fn new() -> Self {
        let n_plus_1 = N.add(&Uint::ONE).0;
        Self {
            n_plus_1: Shifted::new(&Element::from_limbs(&n_plus_1).0),
        }
    }

    /// 2^shift element^2, for a shift of 0 or 1.
    #[inline(never)]
    fn square_and_shift(&self, element: &Element, shift: u32) -> Element {
        let other = Shifted::new(&element.0);
        self.montgomery(|start| {
            // With i + j = k as above and `middle` half of the block's first k: twice the products of
            // i < middle, where i < j in all eight columns,
            let middle = start / 2;
            let mut columns = Columns::default();
            columns.accumulate(
                &element.0,
                start.saturating_sub(LIMBS),
                middle,
                &other,
                start,
            );
            // and of i from middle to middle + 3 where i < j,
            let first = splat_pair(&element.0, middle);
            let second = splat_pair(&element.0, middle + 2);
            let (below, above) = (other.load(middle), other.load(middle + 4));
            let between = other.load(middle + 2);
            let less = u16x8(0, 0, !0, 0, !0, 0, !0, !0);
            columns.low[0] = multiply_add(columns.low[0], first, v128_and(below, less));
            columns.low[1] = multiply_add(columns.low[1], first, above);
            columns.low[1] = multiply_add(columns.low[1], second, v128_and(between, less));
            columns.shift(1);
            // and once those of i = j.
            let equal = u16x8(!0, 0, 0, 0, 0, !0, 0, 0);
            columns.low[0] = multiply_add(columns.low[0], first, v128_and(below, equal));
            columns.low[1] = multiply_add(columns.low[1], second, v128_and(between, equal));
            columns.fold();
            columns.shift(shift);
            columns
        })
    }

    /// product / R modulo N, the product given by blocks of eight columns.
    ///
    /// -1/N is 1 modulo 2^64, so that four columns (56 bits) are themselves the multiple q of N that clears
    /// them: q N = q (N + 1) - q, where - q drops them and q (N + 1) is added further up.
    #[inline(always)]
    fn montgomery(&self, product: impl Fn(usize) -> Columns) -> Element {
        // The multiple of N, then the result.
        let mut limbs = [0; 2 * LIMBS];
        let mut carry = Carry::default();
        for start in (0..2 * LIMBS).step_by(BLOCK) {
            let mut columns = product(start);
            let (first, end) = (start.saturating_sub(LIMBS), start.min(LIMBS));
            columns.accumulate(&limbs, first, end, &self.n_plus_1, start);
            let low = carry.propagate(columns.low[0], columns.high[0]);
            if start < LIMBS {
                // The four columns just cleared reach into the block's other four.
                let pairs = u16x8_narrow_i32x4(low, low);
                let (first, second) = (
                    i32x4_shuffle::<0, 0, 0, 0>(pairs, pairs),
                    i32x4_shuffle::<1, 1, 1, 1>(pairs, pairs),
                );
                columns.low[1] = multiply_add(columns.low[1], first, self.n_plus_1.load(4));
                columns.low[1] = multiply_add(columns.low[1], second, self.n_plus_1.load(2));
                columns.fold();
            }
            let high = carry.propagate(columns.low[1], columns.high[1]);
            store(&mut limbs, start, u16x8_narrow_i32x4(low, high));
        }
        let mut result = Element([0; LIMBS]);
        result.0.copy_from_slice(&limbs[LIMBS..]);
        result
    }
}

impl Arithmetic for Kernel {
    type Element = Element;

    const ZERO: Element = Element([0; LIMBS]);

    /// R mod N, which is 2^64 (2^3072 - N): that is below N, whose highest 64 bits are ones.
    fn one(&self) -> Element {
        let mut integer = Uint::ZERO.subtract(&N).0;
        integer.0.rotate_right(1);
        Element::from_limbs(&integer)
    }

    fn element(&self, integer: &Uint) -> Element {
        // R^2 mod N: the Montgomery form of R, which is a power of g.
        let r_squared = self.generator_pow(&Exponent::small(R_BITS as u16));
        self.multiply(&Element::from_limbs(integer), &r_squared)
    }

    fn times(&self, element: &Element, integer: &Uint) -> Uint {
        // Below N (1 + 2^-12), so that one subtraction is enough.
        let reduced = self.multiply(element, &Element::from_limbs(integer));
        let mut integer = Uint::ZERO;
        let (mut pending, mut bits, mut word) = (0u128, 0, 0);
        for limb in reduced.0 {
            pending += u128::from(limb) << bits;
            bits += LIMB_BITS;
            if bits >= 64 && word < uint::LIMBS {
                integer.0[word] = pending as u64;
                pending >>= 64;
                bits -= 64;
                word += 1;
            }
        }
        integer.reduce_once(pending as u64)
    }

    /// Since g is 2, a bit of the exponent is a shift.
    fn generator_pow(&self, exponent: &Exponent) -> Element {
        (0..exponent.bits())
            .rev()
            .fold(self.one(), |power, position| {
                self.square_and_shift(&power, exponent.window(position, 1))
            })
    }

    #[inline(never)]
    fn multiply(&self, element: &Element, other: &Element) -> Element {
        let other = Shifted::new(&other.0);
        self.montgomery(|start| {
            // Limbs i of one and j of the other with i + j = k, for the columns k of the block.
            let mut columns = Columns::default();
            let (first, end) = (start.saturating_sub(LIMBS), LIMBS.min(start + BLOCK));
            columns.accumulate(&element.0, first, end, &other, start);
            columns
        })
    }

    fn square(&self, element: &Element) -> Element {
        self.square_and_shift(element, 0)
    }

    fn look_up(&self, table: &[Element], index: u32) -> Element {
        const STEP: usize = 4 * BLOCK;
        let mut found = Self::ZERO;
        for (part, found) in found.0.chunks_exact_mut(STEP).enumerate() {
            let (mut first, mut second, mut third, mut fourth) = (ZERO, ZERO, ZERO, ZERO);
            for (entry, position) in table.iter().zip(0..) {
                let chosen = u32x4_eq(u32x4_splat(position), u32x4_splat(index));
                let limbs = &entry.0[part * STEP..][..STEP];
                first = v128_or(first, v128_and(chosen, load(limbs, 0)));
                second = v128_or(second, v128_and(chosen, load(limbs, BLOCK)));
                third = v128_or(third, v128_and(chosen, load(limbs, 2 * BLOCK)));
                fourth = v128_or(fourth, v128_and(chosen, load(limbs, 3 * BLOCK)));
            }
            store(found, 0, first);
            store(found, BLOCK, second);
            store(found, 2 * BLOCK, third);
            store(found, 3 * BLOCK, fourth);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn big(limbs: &[u16]) -> BigUint {
        let limbs = limbs.iter().rev();
        limbs.fold(BigUint::ZERO, |sum, limb| (sum << LIMB_BITS) + *limb)
    }

    /// The largest sums that the module's bounds allow: every second limb 2^14, the others 2^14 - 1.
    #[test]
    fn largest_limbs() {
        let n = BigUint::from_bytes_be(&N.to_be_bytes());
        let kernel = Kernel::new();
        let r = BigUint::from(2u8).modpow(&R_BITS.into(), &n);
        for (even, odd) in [(1 << LIMB_BITS, LIMB_MASK), (LIMB_MASK, 1 << LIMB_BITS)] {
            let mut element = Element([0; LIMBS]);
            for (index, limb) in element.0.iter_mut().take(219).enumerate() {
                *limb = if index % 2 == 0 { even } else { odd };
            }
            let value = big(&element.0);
            for product in [kernel.square(&element), kernel.multiply(&element, &element)] {
                assert_eq!(big(&product.0) * &r % &n, &value * &value % &n);
                assert!(big(&product.0).bits() <= 3073);
                let neighbours = product.0.windows(2);
                assert!(
                    neighbours
                        .clone()
                        .all(|pair| pair.iter().all(|limb| *limb <= 1 << LIMB_BITS))
                );
                assert!(!neighbours.clone().any(|pair| pair == [1 << LIMB_BITS; 2]));
            }
        }
    }
}
