//! The kernel for 64-bit machines: 48 limbs of 64 bits, 128-bit products.

// Indices here are loop counters bounded by the arrays' own constant lengths.
#![allow(clippy::indexing_slicing)]

use std::sync::OnceLock;

use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroize;

use super::{Arithmetic, comb::Comb};
use crate::exponent::Exponent;
use crate::group::{N, power_of_two};
use crate::uint::{LIMBS, Uint};

/// R = 2^3072.
const R_BITS: usize = LIMBS * 64;

/// An integer modulo N in Montgomery form (x R mod N), below 2^3072 and not always below N.
#[derive(Clone, Zeroize)]
pub(crate) struct Element([u64; LIMBS]);

impl Element {
    const ONE: Self = Self(power_of_two(R_BITS).0);
    const R_SQUARED: Self = Self(power_of_two(2 * R_BITS).0);
}

/// What all sums with elements go through; this one needs nothing prepared.
pub(crate) struct Kernel;

impl Kernel {
    pub(crate) fn new() -> Self {
        Self
    }
}

impl Arithmetic for Kernel {
    type Element = Element;

    const ZERO: Element = Element([0; LIMBS]);

    fn one(&self) -> Element {
        Element::ONE
    }

    fn element(&self, integer: &Uint) -> Element {
        self.multiply(&Element(integer.0), &Element::R_SQUARED)
    }

    fn times(&self, element: &Element, integer: &Uint) -> Uint {
        Uint(self.multiply(element, &Element(integer.0)).0).reduce_once(0)
    }

    fn multiply(&self, element: &Element, other: &Element) -> Element {
        let mut product = [0; 2 * LIMBS];
        for (i, a) in element.0.iter().enumerate() {
            let mut carry = 0;
            for (j, b) in other.0.iter().enumerate() {
                (product[i + j], carry) = multiply_add(*a, *b, product[i + j], carry);
            }
            product[i + LIMBS] = carry;
        }
        reduce(product)
    }

    fn square(&self, element: &Element) -> Element {
        // The products of different limbs, each once; then everything doubled, plus the squares.
        let mut product = [0; 2 * LIMBS];
        for i in 0..LIMBS {
            let mut carry = 0;
            for j in i + 1..LIMBS {
                (product[i + j], carry) =
                    multiply_add(element.0[i], element.0[j], product[i + j], carry);
            }
            product[i + LIMBS] = carry;
        }
        let (mut shifted_out, mut carry) = (0, 0);
        for (limb, pair) in element.0.iter().zip(product.chunks_exact_mut(2)) {
            let square = u128::from(*limb) * u128::from(*limb);
            for (half, digit) in pair.iter_mut().zip([square as u64, (square >> 64) as u64]) {
                let doubled = *half << 1 | shifted_out;
                shifted_out = *half >> 63;
                let sum = u128::from(doubled) + u128::from(digit) + u128::from(carry);
                *half = sum as u64;
                carry = (sum >> 64) as u64;
            }
        }
        reduce(product)
    }

    fn look_up(&self, table: &[Element], index: u32) -> Element {
        let mut found = Self::ZERO;
        for (entry, position) in table.iter().zip(0u32..) {
            let chosen = position.ct_eq(&index);
            for (found, limb) in found.0.iter_mut().zip(&entry.0) {
                found.conditional_assign(limb, chosen);
            }
        }
        found
    }

    fn generator_pow(&self, exponent: &Exponent) -> Element {
        static COMB: OnceLock<Comb<Element>> = OnceLock::new();
        COMB.get_or_init(|| Comb::new(self)).pow(self, exponent)
    }
}

/// product / R mod N, below 2^3072 for a product below 2^6144.
///
/// -1/N mod 2^64 is 1, so the multiple of N that clears a limb is that limb itself, and since N's lowest
/// limb is 2^64 - 1, clearing the limb carries exactly the limb.
fn reduce(mut product: [u64; 2 * LIMBS]) -> Element {
    let mut carried = 0;
    for i in 0..LIMBS {
        let quotient = product[i];
        let mut carry = quotient;
        for j in 1..LIMBS {
            (product[i + j], carry) = multiply_add(quotient, N.0[j], product[i + j], carry);
        }
        let sum = u128::from(product[i + LIMBS]) + u128::from(carry) + u128::from(carried);
        product[i + LIMBS] = sum as u64;
        carried = (sum >> 64) as u64;
    }
    let mut upper = Uint::ZERO;
    upper.0.copy_from_slice(&product[LIMBS..]);
    let reduced = upper.subtract(&N).0;
    let overflow = Choice::from(carried as u8);
    Element(core::array::from_fn(|index| {
        u64::conditional_select(&upper.0[index], &reduced.0[index], overflow)
    }))
}

/// `a * b + c + d`, which fits two limbs: (low, high).
fn multiply_add(a: u64, b: u64, c: u64, d: u64) -> (u64, u64) {
    let wide = u128::from(a) * u128::from(b) + u128::from(c) + u128::from(d);
    (wide as u64, (wide >> 64) as u64)
}
