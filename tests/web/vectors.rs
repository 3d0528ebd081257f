//! What `amazon-cognito-identity-js` 6.3.21 computed.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::stage::{draw, stop_clock};

/// A recorded sign-in.
pub struct SignIn(&'static Value);

impl SignIn {
    /// All of them.
    pub fn all() -> Vec<Self> {
        section("srp").iter().map(Self).collect()
    }

    /// Any of them.
    pub fn one() -> Self {
        Self::all().swap_remove(0)
    }

    pub fn text(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap()
    }

    /// Puts clock and randomness where they were.
    pub fn set_world(&self) {
        let seconds = cognito_srp::parse_timestamp(self.text("timestamp")).unwrap();
        stop_clock(seconds as f64 * 1000.0);
        draw(&[unhex(&format!("{:0>256}", self.text("a")))]);
    }

    /// The service's answer to A.
    pub fn challenge(&self) -> Value {
        json!({
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeParameters": {
                "USER_ID_FOR_SRP": self.text("user"),
                "SRP_B": self.text("B"),
                "SALT": self.text("saltHex"),
                "SECRET_BLOCK": self.text("secretBlockB64"),
            },
            "Session": "session",
        })
    }
}

/// The verifiers that were made of new devices.
pub fn devices() -> &'static [Value] {
    section("device")
}

/// N in hexadecimal.
pub fn modulus() -> String {
    vectors()["constants"]["N"].as_str().unwrap().to_owned()
}

fn section(name: &str) -> &'static [Value] {
    vectors()[name].as_array().unwrap()
}

fn vectors() -> &'static Value {
    static VECTORS: LazyLock<Value> = LazyLock::new(|| {
        let file = include_str!("../../crates/srp/tests/vectors/srp-vectors.json");
        serde_json::from_str(file).unwrap()
    });
    &VECTORS
}

pub fn unhex(digits: &str) -> Vec<u8> {
    let bytes = digits.as_bytes().chunks(2);
    bytes
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}
