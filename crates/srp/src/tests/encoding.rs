//! Encodings beyond upstream's vectors.

use alloc::string::String;
use alloc::vec::Vec;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::encoding::{
    base64_decode, base64_decode_lenient, base64_encode, hex_decode_number, hex_encode,
    hex_encode_number,
};
use crate::{parse_timestamp, timestamp};

/// Expected values: `Buffer.from(text, 'base64').toString('hex')` in Node 20.
#[test]
fn lenient_base64_reads_as_node_does() {
    for (text, bytes) in [
        ("", ""),
        ("QQ==", "41"),
        ("QQ", "41"),
        ("QUI", "4142"),
        ("QUJD", "414243"),
        ("-_-_", "fbffbf"),
        ("+/+/", "fbffbf"),
        ("Q U\nJD", "414243"),
        ("QUJDR", "414243"),
        ("QQ==QUJD", "41"),
        ("Q", ""),
        ("====", ""),
        ("QR", "41"),
        ("!!QUJD!!", "414243"),
        ("/-+_", "ffefbf"),
    ] {
        assert_eq!(hex_encode(&base64_decode_lenient(text)), bytes, "{text:?}");
    }
}

#[test]
fn strict_base64_refuses_what_is_not() {
    assert_eq!(base64_decode(&base64_encode(b"salt")).unwrap(), b"salt");
    for text in ["", "QQ", "QQ=", "Q Q==", "-_-_", "QUJD\n", "\u{e9}"] {
        assert_eq!(base64_decode(text), None, "{text:?}");
    }
}

#[test]
fn hexadecimal_numbers() {
    for (text, bytes) in [("0", "00"), ("f", "0f"), ("00Ab", "00ab"), ("aBc", "0abc")] {
        assert_eq!(
            hex_encode(&hex_decode_number(text).unwrap()),
            bytes,
            "{text:?}"
        );
    }
    for text in ["", "-1", "+1", "0x1", " 1", "1 ", "g", "1\u{e9}", "\0"] {
        assert_eq!(hex_decode_number(text), None, "{text:?}");
    }
    assert_eq!(hex_encode_number(&[0, 0x0a, 0xbc]), "abc");
    assert_eq!(hex_encode_number(&[0, 0]), "0");
    assert_eq!(hex_encode_number(&[]), "0");
    let all: Vec<u8> = (0..=255).collect();
    assert_eq!(hex_decode_number(&hex_encode(&all)).unwrap(), all);
}

/// Expected value: `new Date(ms).toUTCString()` in Node 20, its parts put in this order.
#[test]
fn times_before_1970_and_extreme_ones() {
    assert_eq!(timestamp(-1), "Wed Dec 31 23:59:59 UTC 1969");
    for millis in [i64::MIN, i64::MAX] {
        assert!(timestamp(millis).contains(" UTC "));
    }
}

#[test]
fn other_forms_of_a_time_are_refused() {
    assert_eq!(
        parse_timestamp("Tue Jan 1 06:06:09 UTC 2019"),
        Some(1_546_322_769)
    );
    for text in [
        "",
        "Tue Jan 01 06:06:09 UTC 2019",
        "Wed Jan 1 06:06:09 UTC 2019",
        "tue Jan 1 06:06:09 UTC 2019",
        "Tue Jan 1 6:06:09 UTC 2019",
        "Tue Jan 1 06:06:60 UTC 2019",
        "Tue Jan 1 24:00:00 UTC 2019",
        "Tue Jan 1 06:06:09 GMT 2019",
        "Tue Jan 1 06:06:09 UTC 02019",
        "Tue Jan 1 06:06:09 UTC +2019",
        "Tue Jan 1 06:06:09 UTC 2019 ",
        "Tue Jan  1 06:06:09 UTC 2019",
        "Tue Jan 1 06:06:09:00 UTC 2019",
        "Fri Feb 29 06:06:09 UTC 2019",
        "2019-01-01T06:06:09Z",
    ] {
        assert_eq!(parse_timestamp(text), None, "{text:?}");
    }
    let long: String = core::iter::repeat_n("Tue Jan ", 1000).collect();
    assert_eq!(parse_timestamp(&long), None);
}
