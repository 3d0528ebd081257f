//! Authentication flows without input and output.
//!
//! A flow is a value: [`Flow::start`] gives the first request, [`Flow::on_response`] takes the answer and
//! says what comes next. Drivers are loops around that (`src/client` over futures, `src/js` over
//! callbacks); tests are transcripts. Time and randomness are arguments.

mod challenge;
mod new_password;
pub(crate) mod operation;
mod refresh;
mod sign_in_password;
mod sign_in_srp;
#[cfg(test)]
mod tests;

use crate::account::Account;
use crate::session::Tokens;
use crate::storage::Storage;

pub(crate) use new_password::NewPassword;
pub(crate) use refresh::Refresh;
pub(crate) use sign_in_password::SignInPassword;
pub(crate) use sign_in_srp::SignInSrp;

/// One API call.
#[derive(Clone)]
pub(crate) struct Request<J> {
    /// Such as `InitiateAuth`.
    pub(crate) operation: &'static str,
    pub(crate) body: J,
    #[cfg_attr(
        not(all(target_arch = "wasm32", feature = "js")),
        expect(
            dead_code,
            reason = "the script that makes the data runs on web pages only"
        )
    )]
    /// Whether the driver appends `UserContextData` to the body, if it has any.
    pub(crate) takes_context: bool,
}

/// What follows an answer.
pub(crate) enum Step<J> {
    /// Another request.
    Send(Request<J>),
    /// A question that the application answers; with another flow.
    Challenge(Challenge<J>),
    /// The user is signed in. Nothing is stored yet.
    Done(Tokens),
}

/// A question to the application.
pub(crate) enum Challenge<J> {
    /// The first sign-in with a temporary password.
    NewPassword {
        /// What is known of the user (`null` if the service did not say).
        user_attributes: J,
        /// Names of the attributes that the answer must have, without the prefix `userAttributes.`.
        required_attributes: Vec<String>,
    },
}

/// A conversation with the service about one account.
pub(crate) trait Flow<J, S: Storage> {
    /// The first request.
    fn start(&mut self, account: &Account<S>) -> Result<Request<J>, S::Error>;

    /// Takes the answer to the last request, at a Unix time in milliseconds.
    fn on_response(
        &mut self,
        account: &Account<S>,
        response: Result<J, S::Error>,
        now_millis: i64,
    ) -> Result<Step<J>, S::Error>;
}

impl<J> Request<J> {
    fn with_context(operation: &'static str, body: J) -> Self {
        Self {
            operation,
            body,
            takes_context: true,
        }
    }

    fn plain(operation: &'static str, body: J) -> Self {
        Self {
            operation,
            body,
            takes_context: false,
        }
    }
}
