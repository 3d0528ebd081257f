//! Errors as JavaScript sees them: real `Error`s with upstream's `name`, `code` and `message`.

use wasm_bindgen::prelude::*;

use crate::error::{Error, Failure};
use crate::json::Json;

use super::face::failure;

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        // Not by `Display`: the formatting machinery weighs too much here.
        match error {
            Error::UnexpectedResponse(what) => failure(
                "UnexpectedResponse",
                &["Unexpected response of the service: ", what].concat(),
            ),
            Error::Srp(_) => failure("InvalidServerValue", "SRP refuses a value of the service"),
            // The others are the Rust API's: here the classes have errors of their own.
            _ => failure(
                "Error",
                "Native crypto module could not be used to get secure random number.",
            ),
        }
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
