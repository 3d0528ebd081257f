//! Every intermediate value against what `amazon-cognito-identity-js` 6.3.21 computed.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Deserialize;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::claim::Scrambler;
use crate::credentials::{Salt, public_from_hex};
use crate::encoding::{self, base64_decode_lenient, base64_encode, hex_decode_number, hex_encode};
use crate::error::Value;
use crate::{
    Claim, ClientEphemeral, Credentials, Verifier, device_verifier, group, parse_timestamp,
    timestamp,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vectors {
    constants: Constants,
    srp: Vec<SignIn>,
    device: Vec<Device>,
    pad_hex: Vec<(String, String)>,
    dates: Vec<(i64, String)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Constants {
    k: String,
    #[serde(rename = "N")]
    n: String,
    g: String,
    info_bits: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignIn {
    pool: String,
    user: String,
    password: String,
    a: String,
    #[serde(rename = "A")]
    client_public: String,
    #[serde(rename = "B")]
    server_public: String,
    salt_hex: String,
    #[serde(rename = "UHexHash")]
    u_hash: String,
    #[serde(rename = "U")]
    u: String,
    hkdf: String,
    #[serde(rename = "secretBlockB64")]
    secret_block: String,
    timestamp: String,
    signature: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Device {
    device_group_key: String,
    device_key: String,
    random_password: String,
    salt_hex: String,
    verifier_hex: String,
    #[serde(rename = "SaltB64")]
    salt: String,
    #[serde(rename = "PasswordVerifierB64")]
    verifier: String,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../tests/vectors/srp-vectors.json")).unwrap()
}

#[test]
fn constants() {
    let Constants { k, n, g, info_bits } = vectors().constants;
    assert_eq!(hex_encode(&group::N.to_be_bytes()), n, "N");
    assert_eq!(encoding::hex_encode_number(&group::G.to_be_bytes()), g, "g");
    assert_eq!(encoding::hex_encode_number(&group::K.to_be_bytes()), k, "k");
    assert_eq!(hex_encode(b"Caldera Derived Key"), info_bits, "HKDF info");
}

#[test]
fn sign_in() {
    for vector in vectors().srp {
        let SignIn { pool, user, a, .. } = &vector;
        let mut private = [0; 128];
        let a_bytes = hex_decode_number(a).unwrap();
        private[128 - a_bytes.len()..].copy_from_slice(&a_bytes);
        let client = ClientEphemeral::new(&private).unwrap();
        assert_eq!(client.public_hex(), vector.client_public, "A of a = {a}");

        let public = |text: &str| public_from_hex(text, Value::ServerPublic).unwrap();
        let (client_public, server_public) =
            (public(&vector.client_public), public(&vector.server_public));
        let u = Scrambler::new(&client_public, &server_public).unwrap();
        assert_eq!(hex_encode(u.as_bytes()), vector.u_hash, "u of a = {a}");
        assert_eq!(
            encoding::hex_encode_number(u.as_bytes()),
            vector.u.trim_start_matches('0'),
            "u of a = {a}"
        );

        let credentials = Credentials {
            group: pool,
            identity: user,
            password: &vector.password,
        };
        let key = client
            .authentication_key(credentials, &vector.server_public, &vector.salt_hex)
            .unwrap();
        assert_eq!(hex_encode(key.as_bytes()), vector.hkdf, "key of a = {a}");

        let claim = Claim {
            group: pool,
            identity: user,
            secret_block: &base64_decode_lenient(&vector.secret_block),
            timestamp: &vector.timestamp,
        };
        let signature = key.sign_claim(&claim);
        assert_eq!(
            base64_encode(&signature),
            vector.signature,
            "signature of a = {a}"
        );
        assert!(key.verify_claim(&claim, &signature));
    }
}

#[test]
fn device() {
    for vector in vectors().device {
        let random = encoding::base64_decode(&vector.random_password).unwrap();
        let mut salt = [0; 16];
        for (to, from) in salt
            .iter_mut()
            .rev()
            .zip(hex_decode_number(&vector.salt_hex).unwrap().iter().rev())
        {
            *to = *from;
        }
        let made = device_verifier(
            &vector.device_group_key,
            &vector.device_key,
            random.as_slice().try_into().unwrap(),
            &salt,
        )
        .unwrap();
        assert_eq!(*made.password, vector.random_password);
        assert_eq!(made.salt, vector.salt);
        assert_eq!(made.verifier, vector.verifier);

        let padded = hex_encode(&Salt::from_bytes(&salt).unwrap().padded());
        assert_eq!(padded, vector.salt_hex);
        let kept = Verifier::from_device(&made.salt, &made.verifier).unwrap();
        let hashed = encoding::pad_hex(false, &kept.to_bytes());
        assert_eq!(hex_encode(&hashed), vector.verifier_hex);
    }
}

#[test]
fn pad_hex() {
    for (number, padded) in vectors().pad_hex {
        let magnitude = number.trim_start_matches('-');
        let negative = magnitude.len() < number.len();
        let bytes = encoding::pad_hex(negative, &hex_decode_number(magnitude).unwrap());
        assert_eq!(hex_encode(&bytes), padded, "padHex({number})");
    }
}

#[test]
fn timestamps() {
    for (millis, text) in vectors().dates {
        assert_eq!(timestamp(millis), text);
        assert_eq!(parse_timestamp(&text), Some(millis.div_euclid(1000)));
    }
}
