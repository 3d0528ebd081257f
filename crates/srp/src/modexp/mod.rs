//! Modular exponentiation modulo [`N`](crate::group::N) with secret exponents.
//!
//! A `Kernel` computes with `Element`s, integers in Montgomery form: `element` brings integers into it and
//! `times` out of it again, between them are `one`, `multiply`, `square`, `generator_pow` and
//! [`Element::look_up`] in a table by a secret index. All of them take the same time for all values. There
//! is one kernel for WebAssembly, which is small, and one for everything else.

#[cfg(not(target_arch = "wasm32"))]
mod comb;
#[cfg(not(target_arch = "wasm32"))]
mod scalar;
#[cfg(target_arch = "wasm32")]
mod simd;

use zeroize::Zeroize;

use crate::exponent::Exponent;
use crate::uint::Uint;

#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) use comb::POWERS;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use scalar::{Element, Kernel};
#[cfg(target_arch = "wasm32")]
pub(crate) use simd::{Element, Kernel};

/// Bits of an exponent that one multiplication takes in.
const WINDOW: usize = 4;

/// factor g^exponent mod N; `factor` is any integer below 2^3072.
pub(crate) fn generator_pow(factor: &Uint, exponent: &Exponent) -> Uint {
    let kernel = Kernel::new();
    kernel.times(&kernel.generator_pow(exponent), factor)
}

/// base^exponent mod N; `base` is any integer below 2^3072.
pub(crate) fn pow(base: &Uint, exponent: &Exponent) -> Uint {
    let kernel = Kernel::new();
    kernel.times(&kernel.pow(&kernel.element(base), exponent), &Uint::ONE)
}

impl Kernel {
    /// base^exponent by fixed windows: the sequence of operations depends on the exponent's public length
    /// alone, and a table entry is found by reading the whole table under masks.
    pub(super) fn pow(&self, base: &Element, exponent: &Exponent) -> Element {
        let mut power = self.one();
        let mut table = [const { Element::ZERO }; 1 << WINDOW];
        for entry in &mut table {
            *entry = power.clone();
            power = self.multiply(&power, base);
        }
        let mut result = self.one();
        for window in (0..exponent.bits().div_ceil(WINDOW)).rev() {
            for _ in 0..WINDOW {
                result = self.square(&result);
            }
            let digit = Element::look_up(&table, exponent.window(window * WINDOW, WINDOW));
            result = self.multiply(&result, &digit);
        }
        table.zeroize();
        result
    }
}
