//! The Rust API: over real HTTP against a user pool in this process, and against scripts.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod challenges;
mod devices;
mod journeys;
mod mfa;
mod requests;
mod script;
mod session;
mod stage;

use amazon_cognito_identity::{Error, Session, SignIn};

fn code_of(error: Error) -> String {
    match error {
        Error::Service(error) => error.code,
        other => panic!("{other:?}"),
    }
}

/// The session of a sign-in that asks nothing more.
fn done(step: SignIn) -> Session {
    match step {
        SignIn::Done(session) => session,
        other => panic!("{other:?}"),
    }
}

/// A wrong code of the same form.
fn another_than(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &code[..code.len() - 1])
}
