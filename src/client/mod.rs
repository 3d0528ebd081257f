//! The asynchronous API for Rust: flows driven over a [`Transport`] and a [`Storage`](crate::Storage).

mod account;
mod code_delivery;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
mod http;
mod mfa;
mod pool;
mod sign_in;
mod stored;
mod transport;
mod user;

pub use code_delivery::CodeDelivery;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
pub use http::HttpTransport;
pub use mfa::{Mfa, MfaPreference};
pub use pool::{SignedUp, UserPool};
pub use sign_in::{NewPasswordRequired, SignIn};
pub use transport::{HttpRequest, HttpResponse, Transport};
pub use user::{Device, DevicePage, DeviceStatus, User, UserData};
