//! Modular exponentiation modulo [`N`](crate::group::N) with secret exponents.
//!
//! An [`Arithmetic`] computes with integers in Montgomery form, which take the same time for all values. There
//! is one for WebAssembly, which is small, one for everything else, and a third one for the x86-64
//! processors that have the instructions for it, which is found out at run time.

#[cfg(not(target_arch = "wasm32"))]
mod comb;
#[cfg(target_arch = "x86_64")]
mod ifma;
#[cfg(not(target_arch = "wasm32"))]
mod scalar;
#[cfg(target_arch = "wasm32")]
mod simd;

use zeroize::Zeroize;

use crate::exponent::Exponent;
use crate::uint::Uint;

#[cfg(all(test, target_arch = "x86_64"))]
pub(crate) use ifma::Kernel as IfmaKernel;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use scalar::Kernel;
#[cfg(target_arch = "wasm32")]
pub(crate) use simd::Kernel;

/// Bits of an exponent that one multiplication takes in.
const WINDOW: usize = 4;

/// first second mod N; both any integers below 2^3072.
pub(crate) fn product(first: &Uint, second: &Uint) -> Uint {
    let kernel = Kernel::new();
    kernel.times(&kernel.element(first), second)
}

/// factor g^exponent mod N; `factor` is any integer below 2^3072.
pub(crate) fn generator_pow(factor: &Uint, exponent: &Exponent) -> Uint {
    #[cfg(target_arch = "x86_64")]
    if let Some(kernel) = ifma::Kernel::detect() {
        return kernel.times(&kernel.generator_pow(exponent), factor);
    }
    let kernel = Kernel::new();
    kernel.times(&kernel.generator_pow(exponent), factor)
}

/// base^exponent mod N; `base` is any integer below 2^3072.
pub(crate) fn pow(base: &Uint, exponent: &Exponent) -> Uint {
    #[cfg(target_arch = "x86_64")]
    if let Some(kernel) = ifma::Kernel::detect() {
        return kernel.times(&kernel.pow(&kernel.element(base), exponent), &Uint::ONE);
    }
    let kernel = Kernel::new();
    kernel.times(&kernel.pow(&kernel.element(base), exponent), &Uint::ONE)
}

/// What powers are made of. Everything takes the same time for all values.
pub(crate) trait Arithmetic {
    /// An integer modulo N in Montgomery form.
    type Element: Clone + Zeroize;

    const ZERO: Self::Element;

    fn one(&self) -> Self::Element;

    /// Into Montgomery form; any integer below 2^3072.
    fn element(&self, integer: &Uint) -> Self::Element;

    /// element integer, out of Montgomery form, below N; any integer below 2^3072.
    fn times(&self, element: &Self::Element, integer: &Uint) -> Uint;

    fn multiply(&self, element: &Self::Element, other: &Self::Element) -> Self::Element;

    fn square(&self, element: &Self::Element) -> Self::Element;

    /// The entry with the given secret index, by reading all.
    fn look_up(&self, table: &[Self::Element], index: u32) -> Self::Element;

    /// g^exponent, in constant time like [`pow`](Self::pow).
    fn generator_pow(&self, exponent: &Exponent) -> Self::Element;

    /// base^exponent by fixed windows: the sequence of operations depends on the exponent's public length
    /// alone, and a table entry is found by reading the whole table under masks.
    fn pow(&self, base: &Self::Element, exponent: &Exponent) -> Self::Element {
        let mut power = self.one();
        let mut table = [const { Self::ZERO }; 1 << WINDOW];
        for entry in &mut table {
            *entry = power.clone();
            power = self.multiply(&power, base);
        }
        let mut result = self.one();
        for window in (0..exponent.bits().div_ceil(WINDOW)).rev() {
            for _ in 0..WINDOW {
                result = self.square(&result);
            }
            let digit = self.look_up(&table, exponent.window(window * WINDOW, WINDOW));
            result = self.multiply(&result, &digit);
        }
        table.zeroize();
        result
    }
}
