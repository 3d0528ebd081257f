//! Errors as JavaScript sees them: real `Error`s with upstream's `name`, `code` and `message`.

use js_sys::Error as JsError;
use wasm_bindgen::prelude::*;

use crate::error::{Error, Failure, Misuse};
use crate::json::Json;

use super::json::set;

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        // Not by `Display`: the formatting machinery weighs too much here.
        match error {
            Error::UnexpectedResponse(what) => {
                let message = ["Unexpected response of the service: ", what].concat();
                coded("UnexpectedResponse", &message)
            }
            Error::UnsupportedChallenge(name) => {
                let message = ["Unsupported challenge: ", &name].concat();
                coded("UnsupportedChallenge", &message)
            }
            Error::Srp(_) => coded("InvalidServerValue", "SRP refuses a value of the service"),
            Error::Caller(misuse) => misuse.into(),
            // The others are the Rust API's; here `pool.client` and storage have errors of their own.
            Error::NoRandomness | Error::Service(_) | Error::Network(_) | Error::Storage(_) => {
                JsError::new("Native crypto module could not be used to get secure random number.")
                    .into()
            }
        }
    }
}

impl From<Misuse> for JsValue {
    fn from(misuse: Misuse) -> Self {
        JsError::new(misuse.message()).into()
    }
}

impl Failure for JsValue {
    fn code(&self) -> Option<String> {
        self.text("code")
    }

    fn message(&self) -> Option<String> {
        self.text("message")
    }

    fn status(&self) -> Option<u16> {
        self.get("statusCode")?.as_f64().map(|status| status as u16)
    }
}

fn coded(code: &str, message: &str) -> JsValue {
    let error = JsValue::from(JsError::new(message));
    set(&error, "name", &code.into());
    set(&error, "code", &code.into());
    error
}
