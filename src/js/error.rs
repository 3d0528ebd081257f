//! Errors as JavaScript sees them: real `Error`s with upstream's `name`, `code` and `message`, and
//! `statusCode` and `cause` where there are any.

use js_sys::{Error as JsError, ErrorOptions};
use wasm_bindgen::prelude::*;

use crate::error::{Error, Failure, Misuse, ServiceError};
use crate::json::Json;

use super::json::set;

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        // Not by `Display`: the formatting machinery weighs too much here.
        match error {
            Error::Service(error) => service(&error),
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
            // The last two are the Rust API's; here a failing fetch or storage has its own error.
            Error::NoRandomness | Error::Network(_) | Error::Storage(_) => {
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

/// No answer came.
pub(super) fn network(cause: &JsValue) -> JsValue {
    let error = with_cause("Network error", cause);
    // Unlike a service's error, it keeps the name "Error".
    set(&error, "code", &"NetworkError".into());
    error
}

/// An error that another one led to.
pub(super) fn with_cause(message: &str, cause: &JsValue) -> JsValue {
    let options = ErrorOptions::new(cause);
    JsError::new_with_options(message, &options).into()
}

fn service(error: &ServiceError) -> JsValue {
    // Upstream's text for a service that says nothing.
    let value = coded(&error.code, error.message.as_deref().unwrap_or("null"));
    set(&value, "statusCode", &error.status.into());
    value
}

fn coded(code: &str, message: &str) -> JsValue {
    let error = JsValue::from(JsError::new(message));
    set(&error, "name", &code.into());
    set(&error, "code", &code.into());
    error
}
