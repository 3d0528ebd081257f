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
//! N and one power of g are the only numbers in the module: the rest is made of them when it is needed. A
//! power of g = 2 takes squarings and shifts alone; with that number, half as many. Tables as the native
//! kernels' would cost more to make than the two powers of a sign-in take.
//!
//! # Bounds
//!
//! A limb may also be 2^14 (see [`Carry`]), but never two neighbours: a dot product is at most
//! 2^28 + (2^14 - 1)^2 < 2^29 - 2^14, and eight of them with what a fold left, doubled, fit an unsigned lane.

// Indices are loop counters bounded by constant lengths.
#![allow(clippy::indexing_slicing)]

mod columns;

use core::arch::wasm32::{
    i32x4_shuffle, u16x8_narrow_i32x4, u32x4_eq, u32x4_splat, v128_and, v128_or,
};

use zeroize::Zeroize;

use self::columns::{BLOCK, Carry, Columns, Shifted, ZERO, load, multiply_add, store};
use super::{Arithmetic, WINDOW};
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

/// Bits of an exponent of g that shifts take in, where [`SPLIT_POWER`] takes in the others.
const SPLIT: usize = 144;

/// g^(2^144) in Montgomery form.
#[rustfmt::skip]
const SPLIT_POWER: Uint = Uint([
    0x2ac7_5df3_1be1_1490, 0x14a5_cba6_9cd3_099a, 0xa86f_4b0f_275a_ba19, 0xd9b4_ffd0_48f0_5068,
    0x30ef_9512_497c_933f, 0xed45_cb19_0fc0_d6f2, 0xbc6a_bbbf_5ccd_974d, 0xbb49_7dc7_a721_1598,
    0xae33_1af3_a8b1_0b2e, 0x9dfc_07b8_3577_ba3f, 0x5e23_80b0_4b5e_a42f, 0x9207_dafd_4b84_90d4,
    0x741e_b5a0_fbaf_fb9f, 0xfabd_fed1_0532_3f3f, 0x731f_3101_693f_a93a, 0x42c5_e0b4_849b_c988,
    0xf5d2_d6a8_8ed3_7ceb, 0x748b_08c7_2ebe_3f55, 0xa261_4cd8_a253_6ad0, 0x5016_02db_630e_4fba,
    0xeaf9_f11a_c103_c82e, 0x6735_3ccf_b263_de99, 0x83ac_3415_6f99_2882, 0xd0f8_61ea_d1aa_b01f,
    0xe65c_eb04_faac_e613, 0x009c_ddd6_1809_d7d7, 0x10f9_cf0b_e160_45dd, 0xd97e_450a_5a42_9dd6,
    0x3133_4d49_06c8_7fe8, 0x7e6b_0820_d642_ad6e, 0x61bc_ca66_2dde_6b2b, 0x4e49_1cf6_41e8_8185,
    0xa063_4cb6_cfa1_8486, 0xf2da_74ac_b10e_1463, 0x582e_b5c6_8e08_54d1, 0xf53c_fa39_5e4f_8703,
    0x3cf0_050b_a321_72de, 0x1e10_e76a_72d8_241e, 0x65b3_c94e_4154_02c6, 0x646d_142d_df90_e0d8,
    0xc39d_cc70_e0f7_81f5, 0x21df_3848_f22e_23fa, 0xfe9c_3809_bfed_24ef, 0x1dc7_3d0b_0a9b_c7c9,
    0x5108_5cf1_833b_b836, 0xafd4_35fc_493e_91c4, 0x9600_9f15_c791_a14a, 0x9248_22e3_7be1_c4d2,
]);

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

    /// base^(exponent / 2^split) g^(exponent mod 2^split), by fixed windows as [`Arithmetic::pow`]: the lower
    /// bits are shifts, for which the higher ones' squarings are enough.
    fn pow_and_shift(&self, base: &Element, exponent: &Exponent, split: usize) -> Element {
        let mut power = self.one();
        let mut table = [const { Self::ZERO }; 1 << WINDOW];
        for entry in &mut table {
            *entry = power.clone();
            power = self.multiply(&power, base);
        }
        let windows = exponent
            .bits()
            .saturating_sub(split)
            .max(split)
            .div_ceil(WINDOW);
        let mut result = self.one();
        for position in (0..windows).rev().map(|window| window * WINDOW) {
            for bit in (position..position + WINDOW).rev() {
                let shift = exponent.window(bit, split.min(1));
                result = self.square_and_shift(&result, shift);
            }
            let digit = self.look_up(&table, exponent.window(split + position, WINDOW));
            result = self.multiply(&result, &digit);
        }
        table.zeroize();
        result
    }

    /// 2^shift element^2, for a shift of 0 or 1.
    fn square_and_shift(&self, element: &Element, shift: u32) -> Element {
        self.montgomery(element, element, Some(shift))
    }

    /// element other / R modulo N; of a square, for which `other` is `element` too, 2^shift times as much.
    ///
    /// -1/N is 1 modulo 2^64, so that four columns (56 bits) are themselves the multiple q of N that clears
    /// them: q N = q (N + 1) - q, where - q drops them and q (N + 1) is added further up.
    ///
    /// One function for both kinds of product: an engine optimises what has run for a while, and by the time of a
    /// first sign-in's multiplications that is this.
    #[inline(never)]
    fn montgomery(&self, element: &Element, other: &Element, square: Option<u32>) -> Element {
        let other = Shifted::new(&other.0);
        // The multiple of N, then the result.
        let mut limbs = [0; 2 * LIMBS];
        let mut carry = Carry::default();
        for start in (0..2 * LIMBS).step_by(BLOCK) {
            let mut columns = Columns::default();
            // Limbs i of one and j of the other with i + j = k, for the columns k of the block.
            let first = start.saturating_sub(LIMBS);
            // Of a square, with `middle` half of the block's first k: those of i < middle, where i < j in all eight
            // columns; then twice as much, and the rest.
            let middle = start / 2;
            let end = square.map_or(LIMBS.min(start + BLOCK), |_| middle);
            // One loop for the product and for the multiple of N: less code is optimised sooner.
            let sums = [
                (&element.0[..], end, &other),
                (&limbs[..], start.min(LIMBS), &self.n_plus_1),
            ];
            for (pass, (factor, end, other)) in sums.into_iter().enumerate() {
                columns.accumulate(factor, first, end, other, start);
                if let (0, Some(shift)) = (pass, square) {
                    columns.square_middle(factor, other, middle);
                    columns.shift(shift);
                }
            }
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
        if (SPLIT + 1..=2 * SPLIT).contains(&exponent.bits()) {
            return self.pow_and_shift(&Element::from_limbs(&SPLIT_POWER), exponent, SPLIT);
        }
        (0..exponent.bits())
            .rev()
            .fold(self.one(), |power, position| {
                self.square_and_shift(&power, exponent.window(position, 1))
            })
    }

    fn pow(&self, base: &Element, exponent: &Exponent) -> Element {
        self.pow_and_shift(base, exponent, 0)
    }

    fn multiply(&self, element: &Element, other: &Element) -> Element {
        self.montgomery(element, other, None)
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

    #[test]
    fn split_power() {
        let n = BigUint::from_bytes_be(&N.to_be_bytes());
        let (one, two) = (BigUint::from(1u8), BigUint::from(2u8));
        let power = two.modpow(&((one << SPLIT) + R_BITS), &n);
        assert_eq!(BigUint::from_bytes_be(&SPLIT_POWER.to_be_bytes()), power);
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
