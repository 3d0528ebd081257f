//! An Amazon Cognito user pool for development and tests.
//!
//! It is a library first: no sockets, no clock, no threads, and no files but the store's. A request comes in as an
//! operation, its input and the time, and its answer goes out; so a test embeds a pool, with a clock that it can move, in
//! three lines:
//!
//! ```
//! use std::time::Duration;
//!
//! use cognito_idp::Operation;
//! use cognito_pool::{Clock, MemoryStore, Service, Settings, UnixMillis};
//! use serde_json::json;
//! # fn main() -> Result<(), cognito_idp::Error> {
//! # let seed = json!({ "UserPools": [{
//! #     "Id": "us-east-1_Example01",
//! #     "Clients": [{ "ClientId": "exampleclient", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }],
//! #     "Users": [{ "Username": "alice", "Password": "Correct-horse-1" }],
//! # }] });
//!
//! let clock = Clock::at(UnixMillis(1_700_000_000_000));
//! let service = Service::new(MemoryStore::new(), Settings::default());
//! service.seed(seed, clock.now())?; // pools, clients, groups and users: see there
//!
//! let sign_in = json!({
//!     "ClientId": "exampleclient", "AuthFlow": "USER_PASSWORD_AUTH",
//!     "AuthParameters": { "USERNAME": "alice", "PASSWORD": "Correct-horse-1" },
//! });
//! let answer = service.handle(Operation::InitiateAuth, sign_in, clock.now())?;
//! let bearer = json!({ "AccessToken": answer["AuthenticationResult"]["AccessToken"] });
//! assert_eq!(service.handle(Operation::GetUser, bearer.clone(), clock.now())?["Username"], "alice");
//!
//! clock.advance(Duration::from_secs(60 * 60));
//! let refused = service.handle(Operation::GetUser, bearer, clock.now()).unwrap_err();
//! assert_eq!(refused.message, "Access Token has expired");
//! # Ok(())
//! # }
//! ```
//!
//! Inputs and answers have types of their own in `cognito_idp::types`, to and from which `serde_json` converts them.
//!
//! # What it takes seriously
//!
//! - It refuses what the service refuses. Passwords are proved by SRP and kept as verifiers; sessions, codes, proofs
//!   and tokens are good for whom, for what and for how long the service says, and once where it says so.
//! - An operation happens as a whole or not at all, and what it answered has been stored.
//! - What it does not do yet it says: a sign-in that a pool's settings would lead through such a part (triggers other than
//!   those of a custom authentication) answers `UnsupportedOperationException`. Settings are stored and shown all the
//!   same.
//!
//! The triggers of a custom authentication are run by a [`Lambda`], which is a closure. Messages to users lie in an
//! [outbox](Service::outbox), and [whoever listens](Service::announcing) may send them.

mod aliases;
mod attempts;
mod attributes;
mod client;
mod code;
mod confirmation_link;
mod decoded;
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
mod lambda;
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
mod templates;
mod threat;
mod tier;
mod time;
mod tokens;
mod totp;
mod transfer;
mod triggers;
mod unsupported;
mod user;
mod user_import;
mod user_index;
mod usernames;
mod webauthn;

pub use code::Codes;
pub use lambda::{Lambda, LambdaError};
pub use outbox::{Message, MessageKind};
pub use random::Random;
pub use service::{Service, Settings};
pub use store::MemoryStore;
#[cfg(feature = "sqlite")]
pub use store::SqliteStore;
pub use time::{Clock, UnixMillis};
