//! An Amazon Cognito user pool for development and tests.
//!
//! It is a library first: no sockets, no clock, no threads, and no files but the store's. A request comes in as an
//! operation, its input and the time, and its answer goes out; so a test embeds a pool in three lines:
//!
//! ```
//! use cognito_idp::Operation;
//! use cognito_pool::{MemoryStore, Service, Settings, UnixMillis};
//! # fn main() -> Result<(), cognito_idp::Error> {
//!
//! let service = Service::new(MemoryStore::new(), Settings::default());
//! let now = UnixMillis(1_700_000_000_000);
//! let pool = service.handle(Operation::CreateUserPool, serde_json::json!({ "PoolName": "tests" }), now)?;
//! # assert_eq!(pool["UserPool"]["Name"], "tests");
//! # Ok(())
//! # }
//! ```
//!
//! # What it takes seriously
//!
//! - It refuses what the service refuses. Passwords are proved by SRP and kept as verifiers; sessions, codes, proofs
//!   and tokens are good for whom, for what and for how long the service says, and once where it says so.
//! - An operation happens as a whole or not at all, and what it answered has been stored.
//! - What it does not do yet it says: such an operation, and a sign-in that a pool's settings would lead through such a
//!   part (triggers), answers `UnsupportedOperationException`. Settings are stored and shown all the same.
//!
//! Messages to users lie in an [outbox](Service::outbox) instead of being sent.

mod aliases;
mod attempts;
mod attributes;
mod client;
mod code;
mod decoy;
mod delivery;
mod device;
mod errors;
mod exchange;
mod first_factor;
mod groups;
#[cfg(feature = "http")]
pub mod http;
mod identifiers;
mod identities;
mod keys;
mod lockout;
mod mfa;
mod migrations;
mod operations;
mod outbox;
mod page;
mod password;
mod password_policy;
mod pool;
mod random;
mod records;
mod schema;
mod secret_hash;
mod service;
mod session;
mod session_tracking;
mod sign_up_session;
pub mod store;
mod tier;
mod time;
mod tokens;
mod totp;
mod transfer;
mod unsupported;
mod user;
mod user_import;
mod user_index;
mod usernames;
mod webauthn;

pub use code::Codes;
pub use outbox::{Message, MessageKind};
pub use random::Random;
pub use service::{Service, Settings};
pub use store::MemoryStore;
#[cfg(feature = "sqlite")]
pub use store::SqliteStore;
pub use time::UnixMillis;
