//! Amazon Cognito user pools: sign-up, SRP sign-in, sessions.
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use amazon_cognito_identity::{HttpTransport, MemoryStorage, PoolId, SignIn, UserPool};
//!
//! let id = PoolId::parse("eu-west-1_Ab3dEf6")?;
//! let pool = UserPool::new(id, "client id", None, HttpTransport::new()?, MemoryStorage::new());
//!
//! let user = pool.user("alice");
//! if let SignIn::Done(session) = user.sign_in(&"Correct-horse-1".into()).await? {
//!     println!("{}", session.claims()["email"]);
//! }
//! user.sign_out().await?;
//! # Ok(())
//! # }
//! ```
//!
//! - [`UserPool`] and [`User`] drive authentication over a [`Transport`] and a [`Storage`].
//! - A pool may ask for more than a password: [`SignIn`] says what, and which method answers it.
//!   `examples/sign_in.rs` answers everything.
//! - With the feature `reqwest` there is a ready transport, `HttpTransport`.
//! - On wasm32 the feature `js`, on by default, exports the classes of the npm package.

mod client;
mod error;
mod flow;
mod json;
mod platform;
mod pool_id;
mod retry;
mod secret;
mod session;
mod storage;

#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod js;

pub use client::*;
pub use error::{Error, Failure, Misuse, ServiceError};
pub use pool_id::PoolId;
pub use secret::{Password, SecretCode};
pub use session::{Session, Tokens};
pub use storage::{MemoryStorage, Storage};
