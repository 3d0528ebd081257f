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
//! # Bounds
//!
//! A limb may also be 2^14 (see [`Carry`]), but never two neighbours: a dot product is at most
//! 2^28 + (2^14 - 1)^2 < 2^29 - 2^14, and eight of them with what a fold left fit an unsigned lane.

// Indices are loop counters bounded by constant lengths. Unsafe code is the loads and stores of vectors.
#![allow(clippy::indexing_slicing, unsafe_code)]

use core::arch::wasm32::{
    i32x4_add, i32x4_dot_i16x8, i32x4_shl, i32x4_shuffle, u16x8, u16x8_narrow_i32x4, u32x4_eq,
    u32x4_shr, u32x4_splat, v128, v128_and, v128_load, v128_load32_splat, v128_or, v128_store,
};

use zeroize::Zeroize;

use crate::group::{N, power_of_two};
use crate::uint::{self, Uint};

const LIMB_BITS: usize = 14;
const LIMB_MASK: u16 = (1 << LIMB_BITS) - 1;
const LIMBS: usize = 224;

/// R = 2^3136, 64 bits more than N has, which keeps every result below 2^3073 without a subtraction:
/// for a, b < 2^3073 it is below a b / R + N (1 + 2^-13).
const R_BITS: usize = LIMBS * LIMB_BITS;

/// Columns that are computed at once: the lanes of two vectors.
const BLOCK: usize = 8;

const ZERO: v128 = u16x8(0, 0, 0, 0, 0, 0, 0, 0);

/// An integer modulo N in Montgomery form (x R mod N), below 2^3073.
#[derive(Clone, Zeroize)]
#[repr(align(16))]
pub(crate) struct Element([u16; LIMBS]);

impl Element {
    pub(crate) const ONE: Self = Self::from_limbs(&power_of_two(R_BITS));

    /// Into Montgomery form; any integer below 2^3072.
    pub(crate) fn new(integer: &Uint) -> Self {
        static R_SQUARED: Element = Element::from_limbs(&power_of_two(2 * R_BITS));
        Self::from_limbs(integer).multiply(&R_SQUARED)
    }

    /// Out of Montgomery form, below N.
    pub(crate) fn to_uint(&self) -> Uint {
        // x R / R; below N (1 + 2^-13), so that one subtraction is enough.
        let reduced = self.multiply(&Self::from_limbs(&Uint::small([1, 0, 0, 0])));
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

    #[inline(never)]
    pub(crate) fn multiply(&self, other: &Self) -> Self {
        let other = Shifted::new(other);
        montgomery(|start| {
            // Limbs i of one and j of the other with i + j = k, for the columns k of the block.
            let mut columns = Columns::default();
            let (first, end) = (start.saturating_sub(LIMBS), LIMBS.min(start + BLOCK));
            columns.accumulate(&self.0, first, end, &other, start);
            columns
        })
    }

    #[inline(never)]
    pub(crate) fn square(&self) -> Self {
        let other = Shifted::new(self);
        montgomery(|start| {
            // With i + j = k as above and `middle` half of the block's first k: twice the products of
            // i < middle, where i < j in all eight columns,
            let middle = start / 2;
            let mut columns = Columns::default();
            columns.accumulate(&self.0, start.saturating_sub(LIMBS), middle, &other, start);
            // and of i from middle to middle + 3 where i < j,
            let first = splat_pair(&self.0, middle);
            let second = splat_pair(&self.0, middle + 2);
            let (below, above) = (other.load(middle), other.load(middle + 4));
            let between = other.load(middle + 2);
            let less = u16x8(0, 0, !0, 0, !0, 0, !0, !0);
            columns.low[0] = multiply_add(columns.low[0], first, v128_and(below, less));
            columns.low[1] = multiply_add(columns.low[1], first, above);
            columns.low[1] = multiply_add(columns.low[1], second, v128_and(between, less));
            columns.double();
            // and once those of i = j.
            let equal = u16x8(!0, 0, 0, 0, 0, !0, 0, 0);
            columns.low[0] = multiply_add(columns.low[0], first, v128_and(below, equal));
            columns.low[1] = multiply_add(columns.low[1], second, v128_and(between, equal));
            columns.fold();
            columns
        })
    }

    /// The entry with the given secret index, by reading all.
    pub(super) fn look_up(table: &[Self], index: u32) -> Self {
        const STEP: usize = 4 * BLOCK;
        let mut found = Self([0; LIMBS]);
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

/// product / R modulo N, the product given by blocks of eight columns.
///
/// -1/N is 1 modulo 2^64, so that four columns (56 bits) are themselves the multiple q of N that clears
/// them: q N = q (N + 1) - q, where - q drops them and q (N + 1) is added further up.
#[inline(always)]
fn montgomery(product: impl Fn(usize) -> Columns) -> Element {
    // The multiple of N, then the result.
    let mut limbs = [0; 2 * LIMBS];
    let mut carry = Carry::default();
    for start in (0..2 * LIMBS).step_by(BLOCK) {
        let mut columns = product(start);
        let (first, end) = (start.saturating_sub(LIMBS), start.min(LIMBS));
        columns.accumulate(&limbs, first, end, &N_PLUS_1, start);
        let low = carry.propagate(columns.low[0], columns.high[0]);
        if start < LIMBS {
            // The four columns just cleared reach into the block's other four.
            let pairs = u16x8_narrow_i32x4(low, low);
            let (first, second) = (
                i32x4_shuffle::<0, 0, 0, 0>(pairs, pairs),
                i32x4_shuffle::<1, 1, 1, 1>(pairs, pairs),
            );
            columns.low[1] = multiply_add(columns.low[1], first, N_PLUS_1.load(4));
            columns.low[1] = multiply_add(columns.low[1], second, N_PLUS_1.load(2));
            columns.fold();
        }
        let high = carry.propagate(columns.low[1], columns.high[1]);
        store(&mut limbs, start, u16x8_narrow_i32x4(low, high));
    }
    let mut result = Element([0; LIMBS]);
    result.0.copy_from_slice(&limbs[LIMBS..]);
    result
}

/// Eight columns, a lane for each: low + 2^14 high.
struct Columns {
    low: [v128; 2],
    high: [v128; 2],
}

impl Default for Columns {
    #[inline(always)]
    fn default() -> Self {
        Self {
            low: [ZERO; 2],
            high: [ZERO; 2],
        }
    }
}

impl Columns {
    /// Adds limbs `first .. end` (multiples of 4) of one factor times those of the other that belong to the
    /// eight columns from `start` on.
    #[inline(always)]
    fn accumulate(
        &mut self,
        factor: &[u16],
        first: usize,
        end: usize,
        other: &Shifted,
        start: usize,
    ) {
        assert!(end <= factor.len() && end <= start + BLOCK && start <= first + LIMBS);
        let mut index = first;
        while index + 16 <= end {
            // SAFETY: `factor` has 16 limbs from `index` on. The words read are those from
            // start - index - 14 >= -6 to start - index + 7 <= LIMBS + 7, which the padding of 8 contains.
            unsafe {
                let limbs = factor.as_ptr().add(index);
                let words = other.0.as_ptr().add(PADDING + start - index - 14);
                self.four_limbs(limbs, words.add(12));
                self.four_limbs(limbs.add(4), words.add(8));
                self.four_limbs(limbs.add(8), words.add(4));
                self.four_limbs(limbs.add(12), words);
            }
            self.fold();
            index += 16;
        }
        while index < end {
            // SAFETY: as above, with words from start - index - 2 >= -6 on.
            unsafe {
                let words = other.0.as_ptr().add(PADDING + start - index - 2);
                self.four_limbs(factor.as_ptr().add(index), words);
            }
            index += 4;
        }
        self.fold();
    }

    /// Adds four limbs times the words from two below the first column's on.
    ///
    /// # Safety
    /// 4 limbs and 10 words must be readable.
    #[inline(always)]
    unsafe fn four_limbs(&mut self, limbs: *const u16, words: *const u32) {
        // SAFETY: promised by the caller. Loads need no alignment.
        let (first, second, words) = unsafe {
            (
                v128_load32_splat(limbs.cast()),
                v128_load32_splat(limbs.add(2).cast()),
                (
                    v128_load(words.cast()),
                    v128_load(words.add(2).cast()),
                    v128_load(words.add(4).cast()),
                    v128_load(words.add(6).cast()),
                ),
            )
        };
        self.low[0] = multiply_add(multiply_add(self.low[0], first, words.1), second, words.0);
        self.low[1] = multiply_add(multiply_add(self.low[1], first, words.3), second, words.2);
    }

    /// Moves what is above 14 bits from `low` to `high`.
    #[inline(always)]
    fn fold(&mut self) {
        self.high[0] = i32x4_add(self.high[0], u32x4_shr(self.low[0], LIMB_BITS as u32));
        self.high[1] = i32x4_add(self.high[1], u32x4_shr(self.low[1], LIMB_BITS as u32));
        self.low[0] = mask(self.low[0]);
        self.low[1] = mask(self.low[1]);
    }

    #[inline(always)]
    fn double(&mut self) {
        self.low[0] = i32x4_shl(self.low[0], 1);
        self.low[1] = i32x4_shl(self.low[1], 1);
        self.high[0] = i32x4_shl(self.high[0], 1);
        self.high[1] = i32x4_shl(self.high[1], 1);
    }
}

/// What four columns pass on to the next four: the last lanes of what each round carried.
///
/// Three rounds are enough for limbs up to 2^14. `high` is below 2^24, so that a column is below 2^25 after
/// the first round, below 2^14 + 2^11 after the second, and the third adds 1 at most. A limb of 2^14 has
/// had 2^14 - 1 before that, which carries nothing, so that the next limb is smaller.
struct Carry([v128; 3]);

impl Default for Carry {
    #[inline(always)]
    fn default() -> Self {
        Self([ZERO; 3])
    }
}

impl Carry {
    /// The limbs of four columns.
    #[inline(always)]
    fn propagate(&mut self, low: v128, high: v128) -> v128 {
        let [first, second, third] = &mut self.0;
        let sum = i32x4_add(low, moved_up(first, high));
        let sum = i32x4_add(
            mask(sum),
            moved_up(second, u32x4_shr(sum, LIMB_BITS as u32)),
        );
        i32x4_add(mask(sum), moved_up(third, u32x4_shr(sum, LIMB_BITS as u32)))
    }
}

/// The lanes one column further up, the last one of the columns before in front.
#[inline(always)]
fn moved_up(before: &mut v128, lanes: v128) -> v128 {
    let moved = i32x4_shuffle::<3, 4, 5, 6>(*before, lanes);
    *before = lanes;
    moved
}

#[inline(always)]
fn mask(lanes: v128) -> v128 {
    v128_and(lanes, u32x4_splat(LIMB_MASK.into()))
}

#[inline(always)]
fn multiply_add(sum: v128, first: v128, second: v128) -> v128 {
    i32x4_add(sum, i32x4_dot_i16x8(first, second))
}

/// A factor with each limb beside the one below it, zeros around: word PADDING + m has limbs m and m - 1.
#[repr(align(16))]
struct Shifted([u32; PADDING + LIMBS + PADDING]);
const PADDING: usize = 8;

/// N + 1, whose lowest 64 bits are zeros.
static N_PLUS_1: Shifted = Shifted::new(&Element::from_limbs(&N.add(&Uint::small([1, 0, 0, 0])).0));

impl Shifted {
    const fn new(factor: &Element) -> Self {
        let mut words = [0; PADDING + LIMBS + PADDING];
        let (mut index, mut below) = (0, 0);
        while index < LIMBS {
            let limb = factor.0[index] as u32;
            words[PADDING + index] = limb | below << 16;
            below = limb;
            index += 1;
        }
        words[PADDING + LIMBS] = below << 16;
        Self(words)
    }

    /// The four words from limb `index` on.
    #[inline(always)]
    fn load(&self, index: usize) -> v128 {
        let words = &self.0[PADDING + index..][..4];
        // SAFETY: four words are 16 bytes. Loads need no alignment.
        unsafe { v128_load(words.as_ptr().cast()) }
    }
}

/// Limbs `index` and `index + 1` in all four lanes.
#[inline(always)]
fn splat_pair(limbs: &[u16], index: usize) -> v128 {
    let pair = &limbs[index..][..2];
    // SAFETY: two limbs are 4 bytes. Loads need no alignment.
    unsafe { v128_load32_splat(pair.as_ptr().cast()) }
}

/// Limbs `index .. index + 8`.
#[inline(always)]
fn load(limbs: &[u16], index: usize) -> v128 {
    let limbs = &limbs[index..][..BLOCK];
    // SAFETY: eight limbs are 16 bytes. Loads need no alignment.
    unsafe { v128_load(limbs.as_ptr().cast()) }
}

#[inline(always)]
fn store(limbs: &mut [u16], index: usize, vector: v128) {
    let limbs = &mut limbs[index..][..BLOCK];
    // SAFETY: eight limbs are 16 bytes. Stores need no alignment.
    unsafe { v128_store(limbs.as_mut_ptr().cast(), vector) }
}
