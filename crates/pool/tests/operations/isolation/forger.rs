//! Somebody who makes tokens without the pool's private keys, and somebody who has got hold of them.

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, RSA_PKCS1_SHA256},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};

use crate::stage::{Stage, merged};

/// The DER encoding of a public RSA key of 2048 bits with the exponent 65537: what stands before its modulus, and what
/// after (RFC 5280, section 4.1; RFC 8017, appendix A.1.1).
const SPKI_START: [u8; 33] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00, 0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01,
    0x00,
];
const SPKI_END: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];

/// A token's three parts.
pub struct Parts<'a> {
    pub header: &'a str,
    pub payload: &'a str,
    pub signature: &'a str,
}

impl<'a> Parts<'a> {
    pub fn of(token: &'a str) -> Self {
        let [header, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else {
            panic!("no token: {token}")
        };
        Self {
            header,
            payload,
            signature,
        }
    }

    pub fn header(&self) -> Value {
        decoded(self.header)
    }

    pub fn claims(&self) -> Value {
        decoded(self.payload)
    }
}

/// A pair of RSA keys that no pool knows.
pub fn strange_key() -> KeyPair {
    KeyPair::generate(KeySize::Rsa2048).unwrap()
}

/// The pair that a pool signs tokens of a kind with, `id` or `access`.
pub fn stolen_key(stage: &Stage, kind: &str) -> KeyPair {
    let document = stage.service.export_pool(&stage.pool).unwrap();
    let records = document["Records"].as_array().unwrap();
    let keys = records.iter().find(|record| record["Key"][0] == "keys");
    let key = keys.unwrap()["Value"][kind].as_str().unwrap();
    KeyPair::from_pkcs8(&STANDARD.decode(key).unwrap()).unwrap()
}

/// A token that this pair of keys signs, whatever its header says.
pub fn signed(key: &KeyPair, header: &Value, claims: &Value) -> String {
    let message = message(header, claims);
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        message.as_bytes(),
        &mut signature,
    )
    .unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// A token with this secret's HS256.
fn mac(secret: &[u8], header: &Value, claims: &Value) -> String {
    let message = message(header, claims);
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let tag = hmac::sign(&key, message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag))
}

/// A token without a signature.
fn unsigned(header: &Value, claims: &Value) -> String {
    format!("{}.", message(header, claims))
}

/// All that can be made of a token without its key, by what it is.
pub fn forgeries(stage: &Stage, token: &str) -> Vec<(String, String)> {
    let mut forged = altered(token);
    forged.extend(without_the_algorithm(stage, token));
    forged.extend(with_another_key(token));
    forged
}

fn altered(token: &str) -> Vec<(String, String)> {
    let parts = Parts::of(token);
    let Parts {
        header,
        payload,
        signature,
    } = parts;
    let mut altered = vec![
        ("no signature".to_owned(), format!("{header}.{payload}.")),
        (
            "a signature of zeros".to_owned(),
            format!("{header}.{payload}.{}", "A".repeat(signature.len())),
        ),
        (
            "half a signature".to_owned(),
            format!("{header}.{payload}.{}", &signature[..signature.len() / 2]),
        ),
        (
            "a padded signature".to_owned(),
            format!("{header}.{payload}.{signature}=="),
        ),
        ("a fourth part".to_owned(), format!("{token}.{signature}")),
    ];
    for place in [0, signature.len() / 2, signature.len() - 1] {
        let other = if signature[place..].starts_with('A') {
            "Q"
        } else {
            "A"
        };
        let signature = format!("{}{other}{}", &signature[..place], &signature[place + 1..]);
        altered.push((
            format!("character {place} of the signature"),
            format!("{header}.{payload}.{signature}"),
        ));
    }
    let more = encoded(&merged(parts.header(), json!({ "typ": "JWT" })));
    altered.push((
        "another header".to_owned(),
        format!("{more}.{payload}.{signature}"),
    ));
    for (name, value) in [
        ("username", json!("bob")),
        ("sub", json!("00000000-0000-4000-8000-000000000000")),
        ("exp", json!(4_102_444_800_i64)),
        ("token_use", json!("access")),
        ("cognito:groups", json!(["admins"])),
    ] {
        if parts.claims()[name] != value {
            let claims = encoded(&merged(parts.claims(), json!({ name: value })));
            altered.push((
                format!("another {name}"),
                format!("{header}.{claims}.{signature}"),
            ));
        }
    }
    altered
}

fn without_the_algorithm(stage: &Stage, token: &str) -> Vec<(String, String)> {
    let parts = Parts::of(token);
    let header = |algorithm: &str| merged(parts.header(), json!({ "alg": algorithm }));
    let mut forged = Vec::new();
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let token = unsigned(&header(none), &parts.claims());
        forged.push((
            format!("alg {none:?} with the signature"),
            format!("{token}{}", parts.signature),
        ));
        forged.push((format!("alg {none:?}"), token));
    }
    let jwks = stage.service.jwks(&stage.pool).unwrap();
    for key in jwks["keys"].as_array().unwrap() {
        let modulus = key["n"].as_str().unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(modulus).unwrap();
        let spki = [&SPKI_START[..], &bytes, &SPKI_END].concat();
        let secrets = [
            ("the modulus", bytes),
            ("the modulus as text", modulus.as_bytes().to_vec()),
            ("the JWK", key.to_string().into_bytes()),
            ("the PEM", pem(&spki).into_bytes()),
            ("the DER", spki),
        ];
        for (name, secret) in secrets {
            forged.push((
                format!("HS256 with {name}"),
                mac(&secret, &header("HS256"), &parts.claims()),
            ));
            forged.push((
                format!("HS256 with {name}, called RS256"),
                mac(&secret, &parts.header(), &parts.claims()),
            ));
        }
    }
    forged.push((
        "HS256 with nothing".to_owned(),
        mac(b"", &header("HS256"), &parts.claims()),
    ));
    forged
}

fn with_another_key(token: &str) -> Vec<(String, String)> {
    let parts = Parts::of(token);
    let key = strange_key();
    let public = key.public_key();
    let modulus = public.modulus().big_endian_without_leading_zero();
    let jwk = json!({ "kty": "RSA", "e": "AQAB", "n": URL_SAFE_NO_PAD.encode(modulus) });
    let cases = [
        ("another's signature", json!({})),
        (
            "another's signature and key id",
            json!({ "kid": "another" }),
        ),
        ("another's signature and key", json!({ "jwk": jwk })),
        (
            "another's signature and key's address",
            json!({ "jku": "https://example.com/jwks.json" }),
        ),
        (
            "another's signature, called PS256",
            json!({ "alg": "PS256" }),
        ),
    ];
    cases
        .into_iter()
        .map(|(what, header)| {
            let header = merged(parts.header(), header);
            (what.to_owned(), signed(&key, &header, &parts.claims()))
        })
        .collect()
}

/// As OpenSSL writes a public key, which is what a verifier that takes any algorithm would have at hand.
fn pem(spki: &[u8]) -> String {
    let text = STANDARD.encode(spki);
    let lines: Vec<_> = (0..text.len())
        .step_by(64)
        .map(|start| &text[start..text.len().min(start + 64)])
        .collect();
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    )
}

fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encoded(header), encoded(claims))
}

fn encoded(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}
