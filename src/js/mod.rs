//! The JavaScript face: upstream's classes over the core.
//!
//! It converts, calls the core, converts back. Exported methods take `&self`, no borrow lives while
//! application code runs, and objects that an application hands in are read by their shape
//! ([`shapes`]) and never taken from it.

mod attribute;
mod authentication_details;
mod client;
mod conversation;
mod error;
mod fields;
mod json;
mod memory_storage;
mod platform;
mod pool;
mod refresh;
mod session;
mod shapes;
mod storage;
mod tokens;
mod user;
mod user_agent;
mod user_fields;
mod user_state;

pub use attribute::CognitoUserAttribute;
pub use authentication_details::AuthenticationDetails;
pub use client::Client;
pub use memory_storage::MemoryStorage;
pub use pool::{CognitoUserPool, get_current_user, sign_up};
pub use session::CognitoUserSession;
pub use shapes::{Callbacks, Details, RefreshToken};
pub use tokens::{CognitoAccessToken, CognitoIdToken, CognitoRefreshToken};
pub use user::CognitoUser;
