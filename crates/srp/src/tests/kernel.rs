//! The kernels of this target against `num-bigint`.

use alloc::vec::Vec;

use num_bigint::BigUint;
use sha2::{Digest, Sha256};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::exponent::Exponent;
use crate::group::{K, N};
#[cfg(target_arch = "x86_64")]
use crate::modexp::IfmaKernel;
use crate::modexp::{Arithmetic, Kernel, generator_pow, pow};
use crate::uint::{BYTES, Uint};

fn big(integer: &Uint) -> BigUint {
    BigUint::from_bytes_be(&integer.to_be_bytes())
}

fn uint(integer: &BigUint) -> Uint {
    Uint::from_be_bytes(&integer.to_bytes_be()).unwrap()
}

/// Integers that carry far, cancel or fill limbs of 14 and of 64 bits, and some without a pattern.
fn operands() -> Vec<BigUint> {
    let (one, n) = (BigUint::from(1u8), big(&N));
    let all_ones = (&one << 3072) - &one;
    let mut operands = Vec::from([
        BigUint::ZERO,
        one.clone(),
        BigUint::from(2u8),
        &n - &one,
        &n - 2u8,
        &n >> 1,
        n.clone(),
        &n + &one,
        all_ones,
        &one << 3071,
        (&one << 1536) - &one,
        (&one << 3072) - (&one << 1536),
        BigUint::from_bytes_be(&[0xaa; BYTES]),
        BigUint::from_bytes_be(&[0x01; BYTES]),
    ]);
    operands.extend((0..8).map(|seed| BigUint::from_bytes_be(&pseudorandom(seed, BYTES))));
    operands
}

fn pseudorandom(seed: u8, length: usize) -> Vec<u8> {
    let blocks = (0u8..).flat_map(|block| Sha256::digest([seed, block]));
    blocks.take(length).collect()
}

/// Out of Montgomery form.
fn value<A: Arithmetic>(kernel: &A, element: &A::Element) -> BigUint {
    big(&kernel.times(element, &Uint::ONE))
}

#[test]
fn products_and_squares() {
    check_products_and_squares(&Kernel::new());
    #[cfg(target_arch = "x86_64")]
    if let Some(kernel) = IfmaKernel::detect() {
        check_products_and_squares(&kernel);
    }
}

fn check_products_and_squares(kernel: &impl Arithmetic) {
    let n = big(&N);
    for a in operands() {
        let element = kernel.element(&uint(&a));
        assert_eq!(value(kernel, &element), &a % &n, "{a:x}");
        let square = kernel.square(&element);
        assert_eq!(value(kernel, &square), &a * &a % &n, "{a:x} squared");
        for b in operands() {
            let expected = &a * &b % &n;
            let product = kernel.multiply(&element, &kernel.element(&uint(&b)));
            assert_eq!(value(kernel, &product), expected, "{a:x} * {b:x}");
            let product = kernel.times(&element, &uint(&b));
            assert_eq!(big(&product), expected, "{a:x} * {b:x}");
        }
    }
}

/// Results feed the next operation as they are, unnormalized: a long chain meets what single ones do not.
#[test]
fn chains() {
    check_chains(&Kernel::new());
    #[cfg(target_arch = "x86_64")]
    if let Some(kernel) = IfmaKernel::detect() {
        check_chains(&kernel);
    }
}

fn check_chains(kernel: &impl Arithmetic) {
    let n = big(&N);
    for a in operands() {
        let (mut element, mut expected) = (kernel.element(&uint(&a)), a.clone());
        for _ in 0..20 {
            element = kernel.multiply(&element, &kernel.square(&element));
            expected = expected.modpow(&BigUint::from(3u8), &n);
        }
        assert_eq!(value(kernel, &element), expected, "{a:x}");
    }
}

#[test]
fn sums_and_differences() {
    let n = big(&N);
    for a in operands().into_iter().filter(|a| a < &n) {
        for b in operands().into_iter().filter(|b| b < &n) {
            let sum = uint(&a).add_mod(&uint(&b));
            assert_eq!(big(&sum), (&a + &b) % &n, "{a:x} + {b:x}");
            let difference = uint(&a).subtract_mod(&uint(&b));
            assert_eq!(big(&difference), (&n + &a - &b) % &n, "{a:x} - {b:x}");
        }
    }
}

#[test]
fn powers() {
    check_powers(generator_pow, pow);
    let kernel = Kernel::new();
    // Which is what those two are made of where there is nothing better.
    check_powers(
        |factor, exponent| kernel.times(&kernel.generator_pow(exponent), factor),
        |base, exponent| kernel.times(&kernel.pow(&kernel.element(base), exponent), &Uint::ONE),
    );
}

fn check_powers(
    generator_pow: impl Fn(&Uint, &Exponent) -> Uint,
    pow: impl Fn(&Uint, &Exponent) -> Uint,
) {
    let n = big(&N);
    let lengths = [36, 37, 64, 128].map(|length| pseudorandom(length as u8, length));
    let extremes = [
        Vec::from([0; 36]),
        Vec::from([0xff; 36]),
        Vec::from([0xff; 128]),
    ];
    for exponent in lengths.into_iter().chain(extremes) {
        let secret = Exponent::private(&exponent).unwrap();
        let exponent = BigUint::from_bytes_be(&exponent);
        let expected = BigUint::from(2u8).modpow(&exponent, &n);
        for factor in operands().into_iter().chain([big(&K)]) {
            let power = generator_pow(&uint(&factor), &secret);
            assert_eq!(
                big(&power),
                &factor * &expected % &n,
                "{factor:x} 2^{exponent:x}"
            );
        }
        for base in operands().into_iter().take(5) {
            assert_eq!(
                big(&pow(&uint(&base), &secret)),
                base.modpow(&exponent, &n),
                "{base:x}^{exponent:x}"
            );
        }
    }
}

#[test]
fn exponent_arithmetic() {
    let hash = |bytes: &[u8]| Exponent::hash(bytes.try_into().unwrap());
    for length in [36, 64, 65, 128] {
        for (a, u, x) in [
            (
                pseudorandom(1, length),
                pseudorandom(2, 32),
                pseudorandom(3, 32),
            ),
            (
                Vec::from_iter([0xff; 128][..length].iter().copied()),
                Vec::from([0xff; 32]),
                Vec::from([0xff; 32]),
            ),
        ] {
            let sum = Exponent::private(&a)
                .unwrap()
                .plus_product(&hash(&u), &hash(&x));
            let [a, u, x] = [a, u, x].map(|bytes| BigUint::from_bytes_be(&bytes));
            let expected = a + u * x;
            assert_eq!(sum.bits(), (8 * length).max(512) + 1);
            let windows = (0..sum.bits().div_ceil(5)).rev();
            let read = windows.fold(BigUint::ZERO, |read, at| {
                (read << 5u8) + sum.window(5 * at, 5)
            });
            assert_eq!(read, expected);
        }
    }
}

#[test]
fn constants() {
    let n = big(&N);
    // N = 2^3072 - 2^3008 - 1 + 2^64 c with an odd (N - 1) / 2, and 2 a square modulo N.
    let one = BigUint::from(1u8);
    assert_eq!(&n >> 3008u32, (&one << 64u32) - &one);
    assert_eq!(BigUint::from(2u8).modpow(&(&n >> 1), &n), one);
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn constants_of_the_native_kernel() {
    let n = big(&N);
    assert_eq!(
        big(&crate::group::power_of_two(6144)),
        BigUint::from(2u8).modpow(&6144u32.into(), &n)
    );
}
