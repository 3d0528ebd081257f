//! The kernel for x86-64 processors with AVX-512 IFMA: 60 limbs of 52 bits, eight to a register.
//!
//! `vpmadd52` multiplies eight pairs of 52-bit limbs and adds the low or the high halves of the products to 64-bit
//! lanes, which have room for thousands of them: nothing is carried until the end. Which processor has it is found out
//! at run time; the others take the [scalar](super::scalar) kernel.

// Loops and no closures: code that is not for these processors, as an adapter's, could not take them in.
//
// Indices here are loop counters bounded by the arrays' own constant lengths. Unsafe code is the loads and stores of
// vectors, and the calls into functions for processors that have the instructions.
#![allow(clippy::indexing_slicing, unsafe_code)]

use core::arch::x86_64::{
    __m512i, _mm512_add_epi64, _mm512_alignr_epi64, _mm512_and_si512, _mm512_broadcastq_epi64,
    _mm512_castsi512_si128, _mm512_cmpeq_epu64_mask, _mm512_cmpgt_epu64_mask, _mm512_load_si512,
    _mm512_madd52hi_epu64, _mm512_madd52lo_epu64, _mm512_mask_add_epi64, _mm512_mask_mov_epi64,
    _mm512_maskz_srli_epi64, _mm512_set1_epi64, _mm512_setzero_si512, _mm512_srli_epi64,
    _mm512_store_si512,
};

use std::sync::OnceLock;

use zeroize::Zeroize;

use super::{Arithmetic, comb::Comb};
use crate::exponent::Exponent;
use crate::group::{N, power_of_two};
use crate::uint::{self, Uint};

cpufeatures::new!(instructions, "avx512f", "avx512ifma");

const LIMB_BITS: usize = 52;
const LIMB_MASK: u64 = (1 << LIMB_BITS) - 1;

/// Limbs of the numbers; four more of zeros fill the last register.
const USED: usize = 60;
const VECTORS: usize = 8;
const LANES: usize = 8;

/// R = 2^3120, 48 bits more than N has, which keeps every result below N (1 + 2^-40) without a subtraction: for a and b
/// below 2^3073 it is below a b / R + N.
const R_BITS: usize = USED * LIMB_BITS;

/// An integer modulo N in Montgomery form (x R mod N), below 2^3073.
#[derive(Clone, Zeroize)]
#[repr(align(64))]
pub(crate) struct Limbs([u64; VECTORS * LANES]);

/// What all sums go through. There is one only where the processor has the instructions.
pub(crate) struct Kernel(());

impl Kernel {
    /// `None` where the processor does not have the instructions.
    pub(crate) fn detect() -> Option<Self> {
        instructions::get().then_some(Self(()))
    }
}

impl Arithmetic for Kernel {
    type Element = Limbs;

    const ZERO: Limbs = Limbs([0; VECTORS * LANES]);

    fn one(&self) -> Limbs {
        static ONE: Limbs = Limbs::new(&power_of_two(R_BITS));
        ONE.clone()
    }

    fn element(&self, integer: &Uint) -> Limbs {
        static R_SQUARED: Limbs = Limbs::new(&power_of_two(2 * R_BITS));
        self.multiply(&Limbs::new(integer), &R_SQUARED)
    }

    fn times(&self, element: &Limbs, integer: &Uint) -> Uint {
        self.multiply(element, &Limbs::new(integer)).to_uint()
    }

    fn multiply(&self, element: &Limbs, other: &Limbs) -> Limbs {
        // SAFETY: that there is a kernel shows that the processor has the instructions.
        unsafe { multiply(element, other) }
    }

    fn square(&self, element: &Limbs) -> Limbs {
        self.multiply(element, element)
    }

    fn look_up(&self, table: &[Limbs], index: u32) -> Limbs {
        // SAFETY: as in `multiply`.
        unsafe { look_up(table, index) }
    }

    fn generator_pow(&self, exponent: &Exponent) -> Limbs {
        static COMB: OnceLock<Comb<Limbs>> = OnceLock::new();
        COMB.get_or_init(|| Comb::new(self)).pow(self, exponent)
    }
}

impl Limbs {
    const fn new(integer: &Uint) -> Self {
        let mut limbs = [0; VECTORS * LANES];
        let mut index = 0;
        while index < USED {
            let (word, shift) = (index * LIMB_BITS / 64, index * LIMB_BITS % 64);
            if word < uint::LIMBS {
                let mut limb = integer.0[word] >> shift;
                if shift > 64 - LIMB_BITS && word + 1 < uint::LIMBS {
                    limb |= integer.0[word + 1] << (64 - shift);
                }
                limbs[index] = limb & LIMB_MASK;
            }
            index += 1;
        }
        Self(limbs)
    }

    /// The integer modulo N, of one below 2 N.
    fn to_uint(&self) -> Uint {
        let mut integer = Uint::ZERO;
        let (mut pending, mut bits, mut word) = (0u128, 0, 0);
        for limb in &self.0[..USED] {
            pending += u128::from(*limb) << bits;
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

    #[target_feature(enable = "avx512f")]
    fn load(&self) -> [__m512i; VECTORS] {
        let start = self.0.as_ptr().cast::<__m512i>();
        let mut vectors = [_mm512_setzero_si512(); VECTORS];
        for (index, vector) in vectors.iter_mut().enumerate() {
            // SAFETY: there are VECTORS vectors, aligned as they need.
            *vector = unsafe { _mm512_load_si512(start.add(index)) };
        }
        vectors
    }

    #[target_feature(enable = "avx512f")]
    fn store(vectors: [__m512i; VECTORS]) -> Self {
        let mut limbs = Self([0; VECTORS * LANES]);
        let start = limbs.0.as_mut_ptr().cast::<__m512i>();
        for (index, vector) in vectors.into_iter().enumerate() {
            // SAFETY: as in `load`.
            unsafe { _mm512_store_si512(start.add(index), vector) };
        }
        limbs
    }
}

/// a b / R mod N.
///
/// -1/N is 1 modulo 2^64, so that the lowest limb is itself the multiple q of N that clears it: q N = q (N + 1) - q,
/// where - q drops it and q (N + 1), whose lowest limb is 0, is added further up.
#[target_feature(enable = "avx512f,avx512ifma")]
fn multiply(a: &Limbs, b: &Limbs) -> Limbs {
    static N_PLUS_1: Limbs = Limbs::new(&N.add(&Uint::ONE).0);

    let (a, n) = (a.load(), N_PLUS_1.load());
    let zero = _mm512_setzero_si512();
    let mut sums = [zero; VECTORS];
    let mut b_limb = _mm512_set1_epi64(b.0[0] as i64);
    sums[0] = _mm512_madd52lo_epu64(zero, a[0], b_limb);
    // The limb after the last is zero.
    for next in 1..=USED {
        let b_next = _mm512_set1_epi64(b.0[next] as i64);
        // The instructions look at the lower 52 bits only.
        let q = _mm512_broadcastq_epi64(_mm512_castsi512_si128(sums[0]));
        let carry = _mm512_maskz_srli_epi64::<{ LIMB_BITS as u32 }>(1, sums[0]);
        // The next q is made of the first vector: what goes there is summed up apart, as far as it does not depend on
        // this q, so that the way from one q to the next is short.
        let mut first = _mm512_madd52hi_epu64(carry, a[0], b_limb);
        first = _mm512_madd52lo_epu64(first, a[0], b_next);
        first = _mm512_madd52hi_epu64(first, n[0], q);
        sums[0] = _mm512_madd52lo_epu64(sums[0], n[0], q);
        for index in 1..VECTORS {
            sums[index] = _mm512_madd52lo_epu64(sums[index], a[index], b_limb);
            sums[index] = _mm512_madd52lo_epu64(sums[index], n[index], q);
        }
        // The lowest limb is done with: everything moves down by one, to where the high halves belong.
        for index in 0..VECTORS {
            let next = sums.get(index + 1).copied().unwrap_or(zero);
            sums[index] = _mm512_alignr_epi64::<1>(next, sums[index]);
        }
        sums[0] = _mm512_add_epi64(sums[0], first);
        for index in 1..VECTORS {
            sums[index] = _mm512_madd52hi_epu64(sums[index], a[index], b_limb);
            sums[index] = _mm512_madd52hi_epu64(sums[index], n[index], q);
        }
        b_limb = b_next;
    }
    Limbs::store(carried(sums))
}

/// Limbs below 2^52 again, from lanes below 2^63.
#[target_feature(enable = "avx512f")]
fn carried(sums: [__m512i; VECTORS]) -> [__m512i; VECTORS] {
    let largest = _mm512_set1_epi64(LIMB_MASK as i64);
    let mut limbs = sums;
    let mut below = _mm512_setzero_si512();
    for limb in &mut limbs {
        let carries = _mm512_srli_epi64::<52>(*limb);
        let moved = _mm512_alignr_epi64::<7>(carries, below);
        *limb = _mm512_add_epi64(_mm512_and_si512(*limb, largest), moved);
        below = carries;
    }
    // What is left to carry is 1 at most: out of the limbs above the largest, and on through those that are it. An
    // addition of 64 bits, one for each limb, finds out how far.
    let (mut above, mut equal) = ([0; VECTORS], [0; VECTORS]);
    for (index, limb) in limbs.iter().enumerate() {
        above[index] = _mm512_cmpgt_epu64_mask(*limb, largest);
        equal[index] = _mm512_cmpeq_epu64_mask(*limb, largest);
    }
    let (above, equal) = (u64::from_le_bytes(above), u64::from_le_bytes(equal));
    let carries = (above << 1).wrapping_add(equal) ^ equal;
    let one = _mm512_set1_epi64(1);
    for (limb, carries) in limbs.iter_mut().zip(carries.to_le_bytes()) {
        let sum = _mm512_mask_add_epi64(*limb, carries, *limb, one);
        *limb = _mm512_and_si512(sum, largest);
    }
    limbs
}

/// The entry with the given secret index, by reading all.
#[target_feature(enable = "avx512f")]
fn look_up(table: &[Limbs], index: u32) -> Limbs {
    let wanted = _mm512_set1_epi64(i64::from(index));
    let mut found = [_mm512_setzero_si512(); VECTORS];
    for (entry, position) in table.iter().zip(0..) {
        let chosen = _mm512_cmpeq_epu64_mask(wanted, _mm512_set1_epi64(position));
        for (found, limbs) in found.iter_mut().zip(entry.load()) {
            *found = _mm512_mask_mov_epi64(*found, chosen, limbs);
        }
    }
    Limbs::store(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Carries that run through many limbs, which products hardly ever make.
    #[test]
    fn carries_run_as_far_as_they_must() {
        if !instructions::get() {
            return;
        }
        const FULL: u64 = LIMB_MASK;
        let mut last = 0x9e37_79b9_7f4a_7c15u64;
        let mut random = || {
            last = last.wrapping_mul(6364136223846793005).wrapping_add(1);
            last >> 33
        };
        for _ in 0..2000 {
            let mut lanes = [0; VECTORS * LANES];
            for lane in &mut lanes[..USED - 1] {
                *lane = match random() % 4 {
                    0 => FULL,
                    1 => FULL + 1,
                    2 => FULL - random() % 2,
                    _ => random() << 28,
                };
            }
            let (mut expected, mut carry) = ([0; VECTORS * LANES], 0);
            for (limb, lane) in expected.iter_mut().zip(lanes) {
                let sum = lane + carry;
                (*limb, carry) = (sum & FULL, sum >> LIMB_BITS);
            }
            // SAFETY: the processor has the instructions.
            let found = unsafe { Limbs::store(carried(Limbs(lanes).load())) };
            assert_eq!(found.0, expected);
        }
    }
}
