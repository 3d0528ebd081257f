//! The JavaScript face: upstream's classes.
//!
//! The classes are plain JavaScript beside this file, since their contract is one that only plain
//! objects keep: own properties, prototypes that can be patched, constructors that ES5 code can call.
//! They hold what the application may see, and send what flows ask to have sent. What a challenge
//! means, and every secret number, is decided here: [`FlowHandle`] is what the classes call.

mod core;
mod error;
mod face;
mod host;
mod json;
mod platform;
mod steps;

pub use self::core::FlowHandle;
pub use face::*;
