//! Flows as transcripts. Expected bodies are what `amazon-cognito-identity-js` 6.3.21 sends, to the byte;
//! proofs and verifiers are recorded from it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod challenges;
mod devices;
mod host;
mod hostile;
mod refresh;
mod srp;

use serde_json::{Value, json};

use super::{Challenge, Request, Step};
use crate::error::{Error, ServiceError};

fn sent(step: Step<Value>) -> Request<Value> {
    match step {
        Step::Send(request) => request,
        Step::Challenge(_) => panic!("a challenge"),
        Step::Done { .. } => panic!("tokens"),
    }
}

fn asked(step: Step<Value>) -> Challenge<Value> {
    match step {
        Step::Challenge(challenge) => challenge,
        Step::Send(request) => panic!("{}", request.operation),
        Step::Done { .. } => panic!("tokens"),
    }
}

/// The end of a flow: whether the user has to confirm the device.
fn done(step: Step<Value>) -> bool {
    match step {
        Step::Done {
            confirmation_necessary,
        } => confirmation_necessary,
        Step::Send(request) => panic!("{}", request.operation),
        Step::Challenge(_) => panic!("a challenge"),
    }
}

fn assert_sent(request: &Request<Value>, operation: &str, body: &str) {
    assert_eq!(
        (request.operation, request.body.to_string().as_str()),
        (operation, body)
    );
}

fn tokens() -> Value {
    json!({ "AuthenticationResult": result() })
}

fn result() -> Value {
    json!({ "IdToken": "i", "AccessToken": "a", "RefreshToken": "r" })
}

fn refused(code: &str, message: &str) -> Error {
    let message = Some(message.to_owned());
    ServiceError {
        code: code.to_owned(),
        message,
        status: 400,
    }
    .into()
}

/// What was recorded from upstream.
fn vectors(kind: &str) -> Vec<Value> {
    let file = include_str!("../../../crates/srp/tests/vectors/srp-vectors.json");
    let vectors: Value = serde_json::from_str(file).unwrap();
    vectors[kind].as_array().unwrap().clone()
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap()
}

/// A number of at most `length` bytes.
fn unhex(text: &str, length: usize) -> Vec<u8> {
    let digits = format!("{text:0>width$}", width = 2 * length);
    (0..digits.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&digits[i..i + 2], 16).unwrap())
        .collect()
}
