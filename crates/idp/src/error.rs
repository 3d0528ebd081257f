//! The service's errors.

use std::fmt;

use serde_json::{Value, json};

use crate::ErrorCode;

/// An error as the service answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Its type.
    pub code: ErrorCode,
    /// Its text, for people.
    pub message: String,
    /// More about an `InvalidParameterException`; no other error has it.
    pub reason_code: Option<String>,
}

impl Error {
    /// An error of this type with this text.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            reason_code: None,
        }
    }

    /// The body of the answer: `{"__type", "message"}`, and `reasonCode` if there is one.
    pub fn to_json(&self) -> Value {
        let mut body = json!({ "__type": self.code, "message": self.message });
        if let (Some(reason), Value::Object(members)) = (&self.reason_code, &mut body) {
            members.insert("reasonCode".to_owned(), reason.clone().into());
        }
        body
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Error {}
