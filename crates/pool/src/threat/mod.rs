//! Threat protection, which the API calls advanced security: the history of what users did, a judgement of each sign-in,
//! and what is done about it.
//!
//! A pool has it if its `UserPoolAddOns` say `AUDIT` or `ENFORCED`; with `AUDIT` all is recorded and nothing done. A pool
//! without it pays nothing: whoever records or judges asks [`Pool::threat_protection`] first.
//!
//! # What stands in for the service's secrets
//!
//! How the service judges is not known, so a rule stands in its place that a test can foresee. It compares a sign-in
//! with the user's own [history]:
//!
//! | the sign-in comes from | risk |
//! |---|---|
//! | an address or a device of an event that was judged invalid last | `High` |
//! | an address and a device that are both new | `Medium` |
//! | a new address, or a new device | `Low` |
//! | what is known; or the user has never signed in before | none |
//!
//! Known is what a sign-in came from that has passed, or was judged valid. An address or a device that a request does
//! not tell is not new. Where on earth an address is, nobody knows here: `City` and `Country` are never told.
//!
//! [Compromised passwords](compromised) are those of a short list, which is no secret either.

mod compromised;
pub(crate) mod configuration;
pub(crate) mod history;
mod notification;
mod origin;
mod risk;
mod watch;

use cognito_idp::{Error, ErrorCode, types::AdvancedSecurityModeType};

use crate::pool::Pool;

pub(crate) use notification::Done;
pub(crate) use origin::Origin;
pub(crate) use watch::{Assessment, Watch, blocked, too_dangerous};

/// What a pool with threat protection does about a risk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Nothing; it is recorded.
    Audit,
    /// What the risk configuration says.
    Enforced,
}

impl Pool {
    pub fn threat_protection(&self) -> Option<Mode> {
        match self
            .settings
            .user_pool_add_ons
            .as_ref()?
            .advanced_security_mode
        {
            AdvancedSecurityModeType::Off => None,
            AdvancedSecurityModeType::Audit => Some(Mode::Audit),
            AdvancedSecurityModeType::Enforced => Some(Mode::Enforced),
        }
    }

    /// # Errors
    ///
    /// `UserPoolAddOnNotEnabledException` if the pool has no threat protection. The text has no source.
    pub fn check_threat_protection(&self) -> Result<(), Error> {
        if self.threat_protection().is_some() {
            return Ok(());
        }
        Err(Error::new(
            ErrorCode::UserPoolAddOnNotEnabledException,
            "Advanced security is not enabled for this user pool.",
        ))
    }
}
