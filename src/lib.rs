//! Amazon Cognito user pools: sign-up, SRP sign-in, sessions.

mod account;
mod error;
mod flow;
mod json;
mod pool_id;
mod retry;
mod secret;
mod session;
mod storage;

#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod js;

pub use error::{Error, Failure, Misuse, ServiceError};
pub use pool_id::PoolId;
pub use secret::Password;
pub use session::{Session, Tokens};
pub use storage::{MemoryStorage, Storage};
