//! The sums that callers do themselves: exponentiation, SHA-256, HMAC.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;
use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::encoding::{base64_decode, base64_decode_lenient, hex_decode_number, hex_encode};
use crate::{hmac_sha256, modulus, power, sha256};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../tests/vectors/srp-vectors.json")).unwrap()
}

/// The bytes of an even number of digits.
fn unhex(text: &str) -> Vec<u8> {
    let bytes = hex_decode_number(text).unwrap();
    let mut padded = vec![0; text.len() / 2 - bytes.len()];
    padded.extend(bytes);
    padded
}

fn n() -> BigUint {
    BigUint::from_bytes_be(&modulus())
}

#[test]
fn the_modulus_is_upstreams() {
    assert_eq!(hex_encode(&modulus()), vectors()["constants"]["N"]);
}

#[test]
fn powers_are_upstreams() {
    for vector in vectors()["srp"].as_array().unwrap() {
        let text = |key: &str| vector[key].as_str().unwrap();
        let client_public = power(&[2], &hex_decode_number(text("a")).unwrap()).unwrap();
        let expected = hex_decode_number(text("A")).unwrap();
        assert_eq!(
            BigUint::from_bytes_be(&client_public),
            BigUint::from_bytes_be(&expected)
        );
    }
}

#[test]
fn powers_are_those_of_another_implementation() {
    let n = n();
    let minus_one = (&n - 1u8).to_bytes_be();
    let bases = [
        vec![1],
        vec![2],
        vec![0, 0, 3],
        vec![0xff; 32],
        vec![0xaa; 383],
        minus_one,
    ];
    let exponents = [
        vec![],
        vec![0],
        vec![1],
        vec![0, 2],
        vec![0x80],
        vec![0xff; 36],
        vec![0x55; 128],
        vec![0xff; 131],
        vec![0xff; 132],
        [vec![1], vec![0; 131]].concat(),
    ];
    for base in &bases {
        for exponent in &exponents {
            let found = BigUint::from_bytes_be(&power(base, exponent).unwrap());
            let [b, e] = [base, exponent].map(|bytes| BigUint::from_bytes_be(bytes));
            assert_eq!(found, b.modpow(&e, &n), "{b:x} ^ {e:x}");
        }
    }
}

#[test]
fn numbers_that_do_not_fit_have_no_power() {
    let (n, one) = (n(), BigUint::from(1u8));
    for base in [
        vec![],
        vec![0],
        vec![0; 384],
        vec![0; 100_000],
        n.to_bytes_be(),
        (&n + &one).to_bytes_be(),
        (&n + &n).to_bytes_be(),
        vec![0xff; 384],
        [vec![1], vec![0; 384]].concat(),
        vec![0xff; 100_000],
    ] {
        assert_eq!(power(&base, &[1]), None, "{} bytes", base.len());
    }
    for exponent in [vec![0xff; 133], vec![0; 133], vec![1; 100_000]] {
        assert_eq!(power(&[2], &exponent), None, "{} bytes", exponent.len());
    }
}

#[test]
fn leading_zeros_do_not_count() {
    let base = [vec![0; 500], vec![2]].concat();
    assert_eq!(power(&base, &[3]), power(&[2], &[3]));
    assert_eq!(power(&[2], &[0, 0, 3]), power(&[2], &[3]));
}

/// FIPS 180-2, appendix B, and the empty message.
#[test]
fn sha256_is_the_standards() {
    let million = vec![b'a'; 1_000_000];
    for (message, digest) in [
        (
            b"".as_slice(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            b"abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
        (
            &million,
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
        ),
    ] {
        assert_eq!(hex_encode(&sha256(&[message])), digest);
        let (head, tail) = message.split_at(message.len() / 3);
        assert_eq!(hex_encode(&sha256(&[head, b"", tail])), digest, "in parts");
    }
    assert_eq!(sha256(&[]), sha256(&[b""]));
}

/// RFC 4231, section 4, but for the truncated case 5.
#[test]
fn hmac_sha256_is_the_rfcs() {
    let counting: Vec<u8> = (1..=25).collect();
    let cases: [(&[u8], &[u8], &str); 6] = [
        (
            &[0x0b; 20],
            b"Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            &[0xaa; 20],
            &[0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        ),
        (
            &counting,
            &[0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        ),
        (
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            &[0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size data. \
              The key needs to be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ];
    for (key, message, code) in cases {
        assert_eq!(hex_encode(&hmac_sha256(key, &[message])), code);
        let (head, tail) = message.split_at(message.len() / 3);
        assert_eq!(hex_encode(&hmac_sha256(key, &[head, b"", tail])), code);
    }
    // A missing key is one of zeros: RFC 2104, section 2.
    assert_eq!(hmac_sha256(&[], &[b"m"]), hmac_sha256(&[0; 64], &[b"m"]));
}

/// What upstream computes by these three: a device's verifier, and the signature of a claim.
#[test]
fn together_they_are_upstreams_protocol() {
    let vectors = vectors();
    for vector in vectors["device"].as_array().unwrap() {
        let text = |key: &str| vector[key].as_str().unwrap();
        let identity = String::from(text("deviceGroupKey")) + text("deviceKey") + ":";
        let inner = sha256(&[identity.as_bytes(), text("randomPassword").as_bytes()]);
        let x = sha256(&[&unhex(text("saltHex")), &inner]);
        let verifier = power(&[2], &x).unwrap();
        let expected = unhex(text("verifierHex"));
        assert_eq!(
            BigUint::from_bytes_be(&verifier),
            BigUint::from_bytes_be(&expected)
        );
    }
    for vector in vectors["srp"].as_array().unwrap() {
        let text = |key: &str| vector[key].as_str().unwrap();
        let message: [&[u8]; 4] = [
            text("pool").as_bytes(),
            text("user").as_bytes(),
            &base64_decode_lenient(text("secretBlockB64")),
            text("timestamp").as_bytes(),
        ];
        let signature = hmac_sha256(&unhex(text("hkdf")), &message);
        assert_eq!(Some(signature.to_vec()), base64_decode(text("signature")));
    }
}
