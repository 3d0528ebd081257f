//! How often one user's codes and passwords may be tried within an hour.

use std::time::Duration;

use cognito_idp::{Error, ErrorCode};
use serde::{Deserialize, Serialize};

use crate::{keys, pool::Pool, records::Records};

const WINDOW: Duration = Duration::from_secs(60 * 60);

/// An operation with a limit for each user.
#[derive(Clone, Copy)]
pub(crate) enum Limited {
    ConfirmSignUp,
    ResendConfirmationCode,
    ForgotPassword,
    ConfirmForgotPassword,
    ChangePassword,
    GetUserAttributeVerificationCode,
    VerifyUserAttribute,
}

impl Limited {
    /// The service's figures. For a forgotten password it says "5 to 20", by the risk that it sees in the caller.
    fn per_hour(self) -> u32 {
        match self {
            Self::ConfirmSignUp | Self::VerifyUserAttribute => 15,
            Self::ResendConfirmationCode
            | Self::ChangePassword
            | Self::GetUserAttributeVerificationCode => 5,
            Self::ForgotPassword | Self::ConfirmForgotPassword => 10,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::ConfirmSignUp => "ConfirmSignUp",
            Self::ResendConfirmationCode => "ResendConfirmationCode",
            Self::ForgotPassword => "ForgotPassword",
            Self::ConfirmForgotPassword => "ConfirmForgotPassword",
            Self::ChangePassword => "ChangePassword",
            Self::GetUserAttributeVerificationCode => "GetUserAttributeVerificationCode",
            Self::VerifyUserAttribute => "VerifyUserAttribute",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Attempts {
    count: u32,
}

/// Counts one call. To be committed whatever becomes of the call: what is rolled back would not count.
///
/// # Errors
///
/// `LimitExceededException` if there were too many within the hour.
pub(crate) fn count(
    records: &mut Records<'_>,
    pool: &Pool,
    subject: &str,
    operation: Limited,
) -> Result<(), Error> {
    let key = keys::attempts(&pool.id, subject, operation.name());
    let current = records
        .expiring::<Attempts>(&key)?
        .filter(|attempts| !attempts.has_expired(records.now));
    let (count, until) = current.map_or((0, records.now + WINDOW), |attempts| {
        (attempts.value.count, attempts.until)
    });
    if count >= operation.per_hour() {
        return Err(Error::new(
            ErrorCode::LimitExceededException,
            "Attempt limit exceeded, please try after some time.",
        ));
    }
    records.put_until(&key, until, Attempts { count: count + 1 })
}
