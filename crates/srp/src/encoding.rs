//! Text and bytes as the service and upstream write them. Each rule of the wire is one function here.

use alloc::{string::String, vec, vec::Vec};

use base64ct::{Base64, Encoding};

/// Standard base64 with padding, encoded without secret-dependent look-ups.
///
/// Own code: the library's weighs four times as much in WebAssembly.
pub fn base64_encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index| u32::from(group.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            text.push(if digit > group.len() {
                '='
            } else {
                base64_digit((bits >> (18 - 6 * digit)) as i32 & 63)
            });
        }
    }
    text
}

/// The ranges of the alphabet are told apart by the sign of a difference, without a branch.
fn base64_digit(sextet: i32) -> char {
    let from = |first: i32, shift: i32| (first - 1 - sextet) >> 8 & shift;
    let digit = sextet + i32::from(b'A') + from(26, 6) - from(52, 75) - from(62, 15) + from(63, 3);
    char::from(digit as u8)
}

/// Standard base64 with padding, strictly; `None` for anything else and for an empty text.
pub fn base64_decode(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text)
        .ok()
        .filter(|bytes| !bytes.is_empty())
}

/// Base64 as Node's `Buffer.from(text, 'base64')` reads it, which is how upstream reads `SECRET_BLOCK`:
/// both alphabets, padding optional, foreign characters skipped, the first `=` ends the text, and a
/// last lone character or left-over bits are dropped. It has no failure.
///
/// Own code since the base64 libraries rightly refuse most of that.
pub fn base64_decode_lenient(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut pending, mut bits) = (0u32, 0);
    for character in text.bytes().take_while(|&character| character != b'=') {
        let sextet = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        pending = pending << 6 | u32::from(sextet);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((pending >> bits) as u8);
        }
    }
    bytes
}

/// Lower-case hexadecimal, two digits for each byte.
pub fn hex_encode(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        digits.push(hex_digit(byte >> 4));
        digits.push(hex_digit(byte & 15));
    }
    digits
}

/// A non-negative number as upstream's `BigInteger.toString(16)` writes it and as `SRP_A` goes over the
/// wire: lower-case, without leading zeros, `0` for zero.
pub fn hex_encode_number(magnitude: &[u8]) -> String {
    let digits = hex_encode(magnitude);
    match digits.trim_start_matches('0') {
        "" => String::from("0"),
        significant => String::from(significant),
    }
}

fn hex_digit(nibble: u8) -> char {
    // Without a table and without a branch: 'a' is 39 further than the digit after '9' would be.
    char::from(b'0' + nibble + ((9u8.wrapping_sub(nibble) >> 7) * 39))
}

/// The bytes of a number in hexadecimal, big-endian: any case, any number of leading zeros, odd lengths.
/// `None` for an empty text and for anything that is not a digit (a sign and `0x` included).
pub fn hex_decode_number(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() {
        return None;
    }
    let mut bytes = vec![0; text.len().div_ceil(2)];
    for (byte, digits) in bytes.iter_mut().rev().zip(text.as_bytes().rchunks(2)) {
        for digit in digits {
            *byte = *byte << 4 | char::from(*digit).to_digit(16)? as u8;
        }
    }
    Some(bytes)
}

/// The shortest two's complement form of a number, big-endian (Java's `BigInteger.toByteArray`; upstream
/// calls it `padHex`): a leading 0 byte where the top bit of a positive number is set, one 0 byte for
/// zero. Every integer is hashed in this form.
pub fn pad_hex(negative: bool, magnitude: &[u8]) -> Vec<u8> {
    let first = magnitude.iter().position(|&byte| byte != 0);
    let significant = first.and_then(|at| magnitude.get(at..)).unwrap_or_default();
    let mut padded = Vec::with_capacity(significant.len() + 1);
    padded.push(0);
    padded.extend_from_slice(significant);
    if negative {
        let mut carry = true;
        for byte in padded.iter_mut().rev() {
            let (negated, overflowed) = (!*byte).overflowing_add(u8::from(carry));
            *byte = negated;
            carry = overflowed;
        }
    }
    // The byte added in front is needed only where the sign bit behind it differs.
    if let [sign, next, ..] = *padded
        && (sign ^ next) & 0x80 == 0
    {
        padded.remove(0);
    }
    padded
}
