//! The JavaScript face: upstream's classes over the core.
//!
//! It converts, calls the core, converts back. Exported methods take `&self`, no borrow lives while
//! application code runs, and objects that an application hands in are read by their shape
//! ([`shapes`]) and never taken from it.

mod conversation;
mod data;
mod error;
mod fields;
mod json;
mod platform;
mod pool;
mod refresh;
mod session;
mod shapes;
mod storage;
mod user;
mod user_fields;
mod user_state;

pub use data::{
    AuthenticationDetails, CognitoAccessToken, CognitoIdToken, CognitoRefreshToken,
    CognitoUserAttribute,
};
pub use pool::{CognitoUserPool, get_current_user, sign_up};
pub use session::CognitoUserSession;
pub use shapes::{Callbacks, Details, RefreshToken};
pub use user::CognitoUser;
