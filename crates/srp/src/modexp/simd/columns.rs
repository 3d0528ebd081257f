//! The lanes in which a product's columns are summed and carried.

// Indices are loop counters bounded by constant lengths. Unsafe code is the loads and stores of vectors.
#![allow(clippy::indexing_slicing, unsafe_code)]

use core::arch::wasm32::{
    i32x4_add, i32x4_dot_i16x8, i32x4_shl, i32x4_shuffle, u16x8, u32x4_shr, u32x4_splat, v128,
    v128_and, v128_load, v128_load32_splat, v128_store,
};

use super::{LIMB_BITS, LIMB_MASK, LIMBS};

/// Columns that are computed at once: the lanes of two vectors.
pub(super) const BLOCK: usize = 8;

pub(super) const ZERO: v128 = u16x8(0, 0, 0, 0, 0, 0, 0, 0);

/// Eight columns, a lane for each: low + 2^14 high.
pub(super) struct Columns {
    pub(super) low: [v128; 2],
    pub(super) high: [v128; 2],
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
    pub(super) fn accumulate(
        &mut self,
        factor: &[u16],
        first: usize,
        end: usize,
        other: &Shifted,
        start: usize,
    ) {
        assert!(first.is_multiple_of(4) && end.is_multiple_of(4) && end <= factor.len());
        assert!(end <= start + BLOCK && start <= first + LIMBS);
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

    /// Doubles what is there, the products of i < `middle`, and adds those of i from there on that a square has
    /// besides, where the block begins at 2 `middle`: those of i from middle to middle + 3 where i < j, twice, and
    /// those of i = j.
    #[inline(always)]
    pub(super) fn square_middle(&mut self, factor: &[u16], other: &Shifted, middle: usize) {
        let first = splat_pair(factor, middle);
        let second = splat_pair(factor, middle + 2);
        let (below, above) = (other.load(middle), other.load(middle + 4));
        let between = other.load(middle + 2);
        let less = u16x8(0, 0, !0, 0, !0, 0, !0, !0);
        self.low[0] = multiply_add(self.low[0], first, v128_and(below, less));
        self.low[1] = multiply_add(self.low[1], first, above);
        self.low[1] = multiply_add(self.low[1], second, v128_and(between, less));
        self.shift(1);
        let equal = u16x8(!0, 0, 0, 0, 0, !0, 0, 0);
        self.low[0] = multiply_add(self.low[0], first, v128_and(below, equal));
        self.low[1] = multiply_add(self.low[1], second, v128_and(between, equal));
        self.fold();
    }

    /// Moves what is above 14 bits from `low` to `high`.
    #[inline(always)]
    pub(super) fn fold(&mut self) {
        self.high[0] = i32x4_add(self.high[0], u32x4_shr(self.low[0], LIMB_BITS as u32));
        self.high[1] = i32x4_add(self.high[1], u32x4_shr(self.low[1], LIMB_BITS as u32));
        self.low[0] = mask(self.low[0]);
        self.low[1] = mask(self.low[1]);
    }

    /// Times 2^bits.
    #[inline(always)]
    pub(super) fn shift(&mut self, bits: u32) {
        self.low[0] = i32x4_shl(self.low[0], bits);
        self.low[1] = i32x4_shl(self.low[1], bits);
        self.high[0] = i32x4_shl(self.high[0], bits);
        self.high[1] = i32x4_shl(self.high[1], bits);
    }
}

/// What four columns pass on to the next four: the last lanes of what each round carried.
///
/// Three rounds are enough for limbs up to 2^14. `high` is below 2^24, so that a column is below 2^25 after
/// the first round, below 2^14 + 2^11 after the second, and the third adds 1 at most. A limb of 2^14 has
/// had 2^14 - 1 before that, which carries nothing, so that the next limb is smaller.
pub(super) struct Carry([v128; 3]);

impl Default for Carry {
    #[inline(always)]
    fn default() -> Self {
        Self([ZERO; 3])
    }
}

impl Carry {
    /// The limbs of four columns.
    #[inline(always)]
    pub(super) fn propagate(&mut self, low: v128, high: v128) -> v128 {
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
pub(super) fn multiply_add(sum: v128, first: v128, second: v128) -> v128 {
    i32x4_add(sum, i32x4_dot_i16x8(first, second))
}

/// A factor with each limb beside the one below it, zeros around: word PADDING + m has limbs m and m - 1.
#[repr(align(16))]
pub(super) struct Shifted([u32; PADDING + LIMBS + PADDING]);
const PADDING: usize = 8;

impl Shifted {
    pub(super) const fn new(factor: &[u16; LIMBS]) -> Self {
        let mut words = [0; PADDING + LIMBS + PADDING];
        let (mut index, mut below) = (0, 0);
        while index < LIMBS {
            let limb = factor[index] as u32;
            words[PADDING + index] = limb | below << 16;
            below = limb;
            index += 1;
        }
        words[PADDING + LIMBS] = below << 16;
        Self(words)
    }

    /// The four words from limb `index` on.
    #[inline(always)]
    pub(super) fn load(&self, index: usize) -> v128 {
        let words = &self.0[PADDING + index..][..4];
        // SAFETY: four words are 16 bytes. Loads need no alignment.
        unsafe { v128_load(words.as_ptr().cast()) }
    }
}

/// Limbs `index` and `index + 1` in all four lanes.
#[inline(always)]
pub(super) fn splat_pair(limbs: &[u16], index: usize) -> v128 {
    let pair = &limbs[index..][..2];
    // SAFETY: two limbs are 4 bytes. Loads need no alignment.
    unsafe { v128_load32_splat(pair.as_ptr().cast()) }
}

/// Limbs `index .. index + 8`.
#[inline(always)]
pub(super) fn load(limbs: &[u16], index: usize) -> v128 {
    let limbs = &limbs[index..][..BLOCK];
    // SAFETY: eight limbs are 16 bytes. Loads need no alignment.
    unsafe { v128_load(limbs.as_ptr().cast()) }
}

#[inline(always)]
pub(super) fn store(limbs: &mut [u16], index: usize, vector: v128) {
    let limbs = &mut limbs[index..][..BLOCK];
    // SAFETY: eight limbs are 16 bytes. Stores need no alignment.
    unsafe { v128_store(limbs.as_mut_ptr().cast(), vector) }
}
