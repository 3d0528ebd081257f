//! The kernel for WebAssembly with simd128: 224 limbs of 14 bits.
//!
//! `i32x4.dot_i16x8` multiplies eight pairs of 16-bit lanes and adds neighbours: four columns of a product
//! take in two limbs of one factor at once. On x86-64 it is a single instruction where the widening 32-bit
//! multiplication of the same throughput in bits needs two shuffles besides.
//!
//! The product is scanned in blocks of eight columns, and the multiple of N that clears a column is found
//! and added in the same pass.

// A loop index is bounded by the arrays' own constant lengths; what is not indexed is proved at `load`.
#![allow(clippy::indexing_slicing, unsafe_code)]

use core::arch::wasm32::{
    i16x8_mul, i32x4_add, i32x4_dot_i16x8, i32x4_shl, i32x4_splat, u16x8, u16x8_splat, u32x4_shr,
    u32x4_splat, v128, v128_and, v128_load, v128_load32_splat, v128_store,
};

use zeroize::Zeroize;

use crate::group::{N, power_of_two};
use crate::uint::{self, Uint};

const LIMB_BITS: usize = 14;
const LIMB_MASK: u32 = (1 << LIMB_BITS) - 1;
const LIMBS: usize = 224;

/// R = 2^3136, 64 bits more than N has, which keeps every result below 2^3073 without a subtraction:
/// a b / R + N < N + 2^3010 for a, b < 2^3073.
const R_BITS: usize = LIMBS * LIMB_BITS;

/// Columns that are computed at once, and the blocks of them in an operand.
const BLOCK: usize = 8;
const BLOCKS: usize = LIMBS / BLOCK;

/// An integer modulo N in Montgomery form (x R mod N), below 2^3073.
#[derive(Clone, Zeroize)]
#[repr(align(16))]
pub(crate) struct Element([u16; LIMBS]);

impl Element {
    pub(crate) const ONE: Self = Self::from_limbs(&power_of_two(R_BITS));
    const R_SQUARED: Self = Self::from_limbs(&power_of_two(2 * R_BITS));

    /// Into Montgomery form; any integer below 2^3072.
    pub(crate) fn new(integer: &Uint) -> Self {
        Self::from_limbs(integer).multiply(&Self::R_SQUARED)
    }

    /// Out of Montgomery form, below N.
    pub(crate) fn to_uint(&self) -> Uint {
        // (a + q N) / R <= N for a < R, so that one subtraction is enough.
        let reduced = self.multiply(&Self::from_limbs(&Uint::small([1, 0, 0, 0])));
        let mut integer = Uint::ZERO;
        for (index, limb) in reduced.0.iter().enumerate() {
            let (word, shift) = (index * LIMB_BITS / 64, index * LIMB_BITS % 64);
            let wide = u128::from(*limb) << shift;
            if word < uint::LIMBS {
                integer.0[word] |= wide as u64;
            }
            if word + 1 < uint::LIMBS {
                integer.0[word + 1] |= (wide >> 64) as u64;
            }
        }
        integer.reduce_once()
    }

    #[inline(never)]
    pub(crate) fn multiply(&self, other: &Self) -> Self {
        let shifted = Shifted::new(other);
        montgomery(|block| {
            // Limbs i of `self` with i + j = k for columns k of this block and limbs j of `other`.
            let first = (block * BLOCK).saturating_sub(LIMBS);
            let end = LIMBS.min((block + 1) * BLOCK);
            let mut columns = Columns::ZERO;
            columns.accumulate(&self.0, first, end, &shifted, block);
            columns
        })
    }

    #[inline(never)]
    pub(crate) fn square(&self) -> Self {
        let shifted = Shifted::new(self);
        montgomery(|block| {
            // With i + j = k: the products of i < 4 block twice, since there i < j in all eight columns;
            let first = (block * BLOCK).saturating_sub(LIMBS);
            let middle = block * BLOCK / 2;
            let mut columns = Columns::ZERO;
            columns.accumulate(&self.0, first, middle, &shifted, block);
            columns.double();
            // then i from 4 block to 4 block + 3, weighted 2 where i < j, 1 where i = j, 0 where i > j.
            let falling = u16x8(1, 0, 2, 0, 2, 1, 2, 2);
            let pair = |index: usize| u32x4_splat(shifted.0[PADDING + index + 1].rotate_left(16));
            let term = |first: usize, offset: usize, weights: v128| {
                let other = i16x8_mul(shifted.load(middle + offset), weights);
                i32x4_dot_i16x8(pair(middle + first), other)
            };
            columns.low[0] = i32x4_add(columns.low[0], term(0, 0, falling));
            columns.low[1] = i32x4_add(columns.low[1], term(0, 4, u16x8_splat(2)));
            columns.low[1] = i32x4_add(columns.low[1], term(2, 2, falling));
            columns.fold();
            columns
        })
    }

    pub(super) fn limbs(&self) -> &[u16] {
        &self.0
    }

    pub(super) fn limbs_mut(&mut self) -> &mut [u16] {
        &mut self.0
    }

    const fn from_limbs(integer: &Uint) -> Self {
        let mut limbs = [0; LIMBS];
        let mut index = 0;
        while index < LIMBS {
            let (word, shift) = (index * LIMB_BITS / 64, index * LIMB_BITS % 64);
            let low = if word < uint::LIMBS {
                integer.0[word]
            } else {
                0
            };
            let high = if word + 1 < uint::LIMBS {
                integer.0[word + 1]
            } else {
                0
            };
            let wide = (high as u128) << 64 | low as u128;
            limbs[index] = (wide >> shift) as u16 & LIMB_MASK as u16;
            index += 1;
        }
        Self(limbs)
    }
}

/// product / R mod N, the product given block by block of its columns.
///
/// -1/N is 1 modulo 2^64, so that four columns together (56 bits) are the multiple of N that clears them:
/// q N = q (N + 1) - q. The columns of q are dropped, those of q (N + 1) are added further up.
#[inline(always)]
fn montgomery(product: impl Fn(usize) -> Columns) -> Element {
    // First the multiple of N, then the result.
    let mut limbs = [0; 2 * LIMBS];
    let mut carry = 0;
    for block in 0..2 * BLOCKS {
        let start = block * BLOCK;
        let mut columns = product(block);
        columns.accumulate(
            &limbs,
            start.saturating_sub(LIMBS),
            start.min(LIMBS),
            &N_PLUS_1,
            block,
        );
        let low = propagate(columns.low[0], columns.high[0], &mut carry);
        if block < BLOCKS {
            // The first four columns of the block, just cleared, reach into its other four.
            let pair = |low: u16, high: u16| u32x4_splat(u32::from(low) | u32::from(high) << 16);
            let first = i32x4_dot_i16x8(pair(low[0], low[1]), N_PLUS_1.load(4));
            let second = i32x4_dot_i16x8(pair(low[2], low[3]), N_PLUS_1.load(2));
            columns.low[1] = i32x4_add(columns.low[1], i32x4_add(first, second));
        }
        let high = propagate(columns.low[1], columns.high[1], &mut carry);
        limbs[start..][..4].copy_from_slice(&low);
        limbs[start + 4..][..4].copy_from_slice(&high);
    }
    let mut result = Element([0; LIMBS]);
    result.0.copy_from_slice(&limbs[LIMBS..]);
    result
}

/// The sums of eight columns: `low + 2^14 high`, a lane for each.
struct Columns {
    low: [v128; 2],
    high: [v128; 2],
}

impl Columns {
    const ZERO: Self = {
        let zero = u16x8(0, 0, 0, 0, 0, 0, 0, 0);
        Self {
            low: [zero; 2],
            high: [zero; 2],
        }
    };

    /// Adds limbs `first .. end` of one factor (multiples of 4, at most LIMBS and the block's own last
    /// column) times the limbs of the other that belong to the block's columns.
    ///
    /// A dot product is below 2^29, so that eight of them and what a fold leaves fit a 32-bit lane.
    #[inline(always)]
    fn accumulate(
        &mut self,
        factor: &[u16],
        first: usize,
        end: usize,
        shifted: &Shifted,
        block: usize,
    ) {
        let column = block * BLOCK;
        assert!(end <= factor.len() && end <= column + BLOCK && column <= first + LIMBS);
        let mut index = first;
        while index + 16 <= end {
            // SAFETY: 16 limbs from `index` are in `factor`; the words are those from
            // column - index - 14 >= -6 to column - index + 7 <= LIMBS + 7, inside the padding of 8.
            unsafe {
                let limbs = factor.as_ptr().add(index);
                let words = shifted.0.as_ptr().add(PADDING + column - index - 14);
                self.four_limbs(limbs, words.add(12));
                self.four_limbs(limbs.add(4), words.add(8));
                self.four_limbs(limbs.add(8), words.add(4));
                self.four_limbs(limbs.add(12), words);
            }
            self.fold();
            index += 16;
        }
        while index < end {
            // SAFETY: as above, from column - index - 2 >= -6 on.
            unsafe {
                self.four_limbs(
                    factor.as_ptr().add(index),
                    shifted.0.as_ptr().add(PADDING + column - index - 2),
                );
            }
            index += 4;
        }
        self.fold();
    }

    /// Four limbs of one factor times eleven of the other, `words` beginning two below the first column.
    ///
    /// # Safety
    /// 4 limbs and 10 words must be readable.
    #[inline(always)]
    unsafe fn four_limbs(&mut self, limbs: *const u16, words: *const u32) {
        // SAFETY: promised by the caller; loads need no alignment.
        let (pairs, words) = unsafe {
            (
                [
                    v128_load32_splat(limbs.cast()),
                    v128_load32_splat(limbs.add(2).cast()),
                ],
                [0, 2, 4, 6].map(|offset| v128_load(words.add(offset).cast())),
            )
        };
        for (half, low) in self.low.iter_mut().enumerate() {
            let first = i32x4_dot_i16x8(pairs[0], words[2 * half + 1]);
            let second = i32x4_dot_i16x8(pairs[1], words[2 * half]);
            *low = i32x4_add(*low, i32x4_add(first, second));
        }
    }

    /// Moves what is above 14 bits from `low` to `high`.
    #[inline(always)]
    fn fold(&mut self) {
        for (low, high) in self.low.iter_mut().zip(&mut self.high) {
            *high = i32x4_add(*high, u32x4_shr(*low, LIMB_BITS as u32));
            *low = v128_and(*low, i32x4_splat(LIMB_MASK as i32));
        }
    }

    #[inline(always)]
    fn double(&mut self) {
        for lanes in self.low.iter_mut().chain(&mut self.high) {
            *lanes = i32x4_shl(*lanes, 1);
        }
    }
}

/// A factor with each limb beside the one below it, zeros around: word `8 + m` holds limbs m and m - 1.
#[repr(align(16))]
struct Shifted([u32; PADDING + LIMBS + PADDING]);
const PADDING: usize = 8;

/// N + 1, whose lowest 64 bits are zeros.
static N_PLUS_1: Shifted = {
    let mut words = [0; PADDING + LIMBS + PADDING];
    let mut n_plus_1 = N;
    n_plus_1.0[0] = 0;
    n_plus_1.0[1] += 1;
    let limbs = Element::from_limbs(&n_plus_1).0;
    let mut index = 0;
    while index < LIMBS {
        words[PADDING + index] |= limbs[index] as u32;
        words[PADDING + index + 1] |= (limbs[index] as u32) << 16;
        index += 1;
    }
    Shifted(words)
};

impl Shifted {
    #[inline(always)]
    fn new(factor: &Element) -> Self {
        let mut words = [0u32; PADDING + LIMBS + PADDING];
        let mut below = 0;
        for (word, limb) in words[PADDING..].iter_mut().zip(&factor.0) {
            *word = u32::from(*limb) | below << 16;
            below = u32::from(*limb);
        }
        words[PADDING + LIMBS] = below << 16;
        Self(words)
    }

    /// The words of limbs `index ..+ 4`.
    #[inline(always)]
    fn load(&self, index: usize) -> v128 {
        let words = &self.0[PADDING + index..][..4];
        // SAFETY: four words are 16 bytes; loads need no alignment.
        unsafe { v128_load(words.as_ptr().cast()) }
    }
}

/// Four columns as limbs of 14 bits, the carry in and out.
#[inline(always)]
fn propagate(low: v128, high: v128, carry: &mut u32) -> [u16; 4] {
    let (mut lows, mut highs) = ([0u32; 4], [0u32; 4]);
    // SAFETY: both arrays are 16 bytes long.
    unsafe {
        v128_store((&raw mut lows).cast(), low);
        v128_store((&raw mut highs).cast(), high);
    }
    core::array::from_fn(|lane| {
        let sum = lows[lane] + *carry;
        *carry = (sum >> LIMB_BITS) + highs[lane];
        (sum & LIMB_MASK) as u16
    })
}
