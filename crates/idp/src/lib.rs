//! The Amazon Cognito Identity Provider API as data: operations, shapes with their constraints, errors.
//!
//! Everything under `generated` is written by `cargo xtask codegen` from the API model in `model/`; what is written by
//! hand here are the few types that the generated code stands on, and [`validate`] and [`misfit`], which interpret the
//! model's constraints.

#[macro_use]
mod string_enum;

mod error;
mod generated {
    pub(crate) mod error_code;
    pub(crate) mod operation;
    pub(crate) mod shapes;
    pub mod types;
}
mod sensitive;
mod shape;
mod validate;

pub use error::Error;
pub use generated::{error_code::ErrorCode, operation::Operation, types};
pub use sensitive::{Blob, Sensitive};
pub use validate::{Misfit, misfit, validate};

/// What a request must carry to be let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Nothing, or something in its body that the operation itself checks.
    None,
    /// A user's access token, in the body's `AccessToken`.
    AccessToken,
    /// A Signature Version 4 signature: administration.
    SigV4,
}
