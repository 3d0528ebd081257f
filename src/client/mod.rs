//! The asynchronous API for Rust: flows driven over a [`Transport`] and a [`Storage`].

mod account;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
mod http;
mod operation;
mod pool;
mod transport;
mod user;

#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
pub use http::HttpTransport;
pub use pool::{CodeDelivery, SignedUp, UserPool};
pub use transport::{HttpRequest, HttpResponse, Transport};
pub use user::{NewPasswordRequired, SignIn, User};
