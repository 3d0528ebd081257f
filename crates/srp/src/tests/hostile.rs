//! What a hostile or broken peer may send: typed errors, no panic.

use alloc::format;
use alloc::string::String;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::claim::Scrambler;
use crate::encoding::{base64_encode, hex_encode};
use crate::group::N;
use crate::{ClientEphemeral, Credentials, ServerEphemeral, SrpError, Value, Verifier};

const CREDENTIALS: Credentials<'_> = Credentials {
    group: "QdbSdK39m",
    identity: "alice",
    password: "Passw0rd!",
};

const SALT: &str = "f8c9726839a04e4f0de042a7176cc98e";

fn n_hex() -> String {
    hex_encode(&N.to_be_bytes())
}

/// Texts that are no group element, and what each is refused as.
fn hostile_publics(value: Value) -> [(String, SrpError); 12] {
    let range = SrpError::OutOfRange(value);
    let hex = SrpError::NotHex(value);
    [
        ("0".into(), range),
        ("0".repeat(768), range),
        (n_hex(), range),
        (n_hex().to_uppercase(), range),
        (format!("0000{}", n_hex()), range),
        ("f".repeat(768), range),
        (format!("1{}", "0".repeat(768)), range),
        ("f".repeat(100_000), range),
        (String::new(), hex),
        ("-1".into(), hex),
        ("not a number".into(), hex),
        ("\u{e9}\u{2713}".into(), hex),
    ]
}

#[test]
fn server_public_value() {
    let client = ClientEphemeral::new(&[7; 36]).unwrap();
    for (text, error) in hostile_publics(Value::ServerPublic) {
        let refused = client.authentication_key(CREDENTIALS, &text, SALT);
        assert_eq!(refused.unwrap_err(), error, "{:.40}", text);
    }
}

#[test]
fn client_public_value() {
    let verifier = Verifier::from_password(CREDENTIALS, &[1; 16]).unwrap();
    let server = ServerEphemeral::new(&verifier, &[7; 36]).unwrap();
    for (text, error) in hostile_publics(Value::ClientPublic) {
        let refused = server.authentication_key(&text);
        assert_eq!(refused.unwrap_err(), error, "{:.40}", text);
    }
}

#[test]
fn odd_but_valid_forms() {
    let client = ClientEphemeral::new(&[7; 36]).unwrap();
    let key = |public: &str, salt: &str| {
        *client
            .authentication_key(CREDENTIALS, public, salt)
            .unwrap()
            .as_bytes()
    };
    let expected = key("abc", "0abc");
    assert_eq!(key("ABC", "aBC"), expected);
    assert_eq!(key(&format!("{}abc", "0".repeat(2000)), "000abc"), expected);
    assert_ne!(key("abd", "0abc"), expected);
    // Within range at both ends.
    key("1", "0");
    key(&format!("{}e", &n_hex()[..767]), "0");
}

#[test]
fn salts() {
    let client = ClientEphemeral::new(&[7; 36]).unwrap();
    for (salt, error) in [
        (String::new(), SrpError::Length(Value::Salt)),
        ("ab".repeat(1000), SrpError::Length(Value::Salt)),
        ("ab".repeat(65), SrpError::Length(Value::Salt)),
        ("zz".into(), SrpError::NotHex(Value::Salt)),
        ("-1".into(), SrpError::NotHex(Value::Salt)),
    ] {
        let refused = client.authentication_key(CREDENTIALS, "2", &salt);
        assert_eq!(refused.unwrap_err(), error, "{salt:.10}");
    }
    for length in [0, 65, 1000] {
        let refused = Verifier::from_password(CREDENTIALS, &[1; 1000][..length]);
        assert_eq!(refused.unwrap_err(), SrpError::Length(Value::Salt));
    }
}

#[test]
fn private_exponents() {
    let verifier = Verifier::from_password(CREDENTIALS, &[1; 16]).unwrap();
    let error = SrpError::Length(Value::PrivateExponent);
    for length in [0, 35, 129, 1000] {
        let random = &[7; 1000][..length];
        assert_eq!(ClientEphemeral::new(random).unwrap_err(), error);
        assert_eq!(ServerEphemeral::new(&verifier, random).unwrap_err(), error);
    }
}

#[test]
fn zero_scrambler() {
    let refused = Scrambler::from_hash([0; 32]).err();
    assert_eq!(refused, Some(SrpError::ZeroScrambler));
}

#[test]
fn stored_values() {
    let verifier = Verifier::from_password(CREDENTIALS, &[1; 16]).unwrap();
    let range = SrpError::OutOfRange(Value::Verifier);
    for bytes in [
        &[][..],
        &[0; 384],
        &[0xff; 384],
        &[1; 386],
        &N.to_be_bytes(),
    ] {
        assert_eq!(Verifier::from_parts(&[1; 16], bytes).unwrap_err(), range);
    }
    let salt = base64_encode(&[1; 16]);
    let device = |salt: &str, verifier: &str| Verifier::from_device(salt, verifier).unwrap_err();
    assert_eq!(device("", "AQ=="), SrpError::NotBase64(Value::Salt));
    assert_eq!(device(&salt, "?"), SrpError::NotBase64(Value::Verifier));
    assert_eq!(device(&salt, "AA=="), range);
    let refused = |bytes: &[u8]| ServerEphemeral::from_bytes(&verifier, bytes).unwrap_err();
    assert_eq!(refused(&[]), SrpError::Length(Value::PrivateExponent));
    assert_eq!(refused(&[1; 384]), SrpError::Length(Value::PrivateExponent));
    assert_eq!(
        refused(&[1; 1000]),
        SrpError::Length(Value::PrivateExponent)
    );
    assert_eq!(
        refused(&[0; 420]),
        SrpError::OutOfRange(Value::ServerPublic)
    );
}

#[test]
fn nothing_secret_is_printed() {
    let client = ClientEphemeral::new(&[7; 36]).unwrap();
    let key = client.authentication_key(CREDENTIALS, "2", SALT).unwrap();
    let verifier = Verifier::from_password(CREDENTIALS, &[1; 16]).unwrap();
    let server = ServerEphemeral::new(&verifier, &[7; 36]).unwrap();
    let printed = format!("{client:?} {key:?} {verifier:?} {server:?} {CREDENTIALS:?}");
    assert_eq!(
        printed,
        "ClientEphemeral { .. } AuthenticationKey([redacted]) Verifier { .. } ServerEphemeral { .. } \
         Credentials { group: \"QdbSdK39m\", identity: \"alice\", .. }"
    );
    let error = client
        .authentication_key(CREDENTIALS, "0", SALT)
        .unwrap_err();
    assert_eq!(format!("{error}"), "SRP_B is not between 1 and N - 1");
}
