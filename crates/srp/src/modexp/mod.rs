//! Modular exponentiation modulo [`N`](crate::group::N) with secret exponents.
//!
//! A kernel is a type `Element` for integers in Montgomery form: `ONE`, `new`, `to_uint`, `multiply`,
//! `square`, and `look_up` in a table by a secret index. All of them take the same time for all values.
//! There is one for WebAssembly and one for everything else; what is built on them is common.

mod comb;
#[cfg(not(target_arch = "wasm32"))]
mod scalar;
#[cfg(target_arch = "wasm32")]
mod simd;

use zeroize::Zeroize;

use crate::exponent::Exponent;

#[cfg(test)]
pub(crate) use comb::POWERS;
pub(crate) use comb::generator_pow;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use scalar::Element;
#[cfg(target_arch = "wasm32")]
pub(crate) use simd::Element;

/// Bits of an exponent that one multiplication takes in.
const WINDOW: usize = 4;

impl Element {
    /// `self^exponent` by fixed windows: the sequence of operations depends on the exponent's public
    /// length alone, and a table entry is found by reading the whole table under masks.
    pub(crate) fn pow(&self, exponent: &Exponent) -> Self {
        let mut table = [const { Self::ONE }; 1 << WINDOW];
        let mut power = Self::ONE;
        for entry in table.iter_mut().skip(1) {
            power = power.multiply(self);
            *entry = power.clone();
        }
        let mut windows = (0..exponent.bits().div_ceil(WINDOW)).rev();
        let mut digit = |window| Self::look_up(&table, exponent.window(window * WINDOW, WINDOW));
        let mut result = windows.next().map_or(Self::ONE, &mut digit);
        for window in windows {
            for _ in 0..WINDOW {
                result = result.square();
            }
            result = result.multiply(&digit(window));
        }
        table.zeroize();
        result
    }
}
