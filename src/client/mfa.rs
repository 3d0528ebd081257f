//! Second factors.

use serde_json::{Value, json};

/// A second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mfa {
    /// A code by text message.
    Sms,
    /// A code that an authenticator application computes.
    SoftwareToken,
}

/// Whether a user is asked for a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MfaPreference {
    /// No.
    Disabled,
    /// Yes, if no other one is preferred.
    Enabled,
    /// Yes, before any other.
    Preferred,
}

impl Mfa {
    /// The name of the challenge that asks for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sms => "SMS_MFA",
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA",
        }
    }

    /// The factor by that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Sms, Self::SoftwareToken]
            .into_iter()
            .find(|mfa| mfa.name() == name)
    }

    /// The member of `SetUserMFAPreference` that is about it.
    pub(super) const fn settings(self) -> &'static str {
        match self {
            Self::Sms => "SMSMfaSettings",
            Self::SoftwareToken => "SoftwareTokenMfaSettings",
        }
    }
}

impl MfaPreference {
    pub(super) fn to_json(self) -> Value {
        json!({ "Enabled": self != Self::Disabled, "PreferredMfa": self == Self::Preferred })
    }
}
