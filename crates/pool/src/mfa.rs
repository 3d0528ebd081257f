//! Second factors: which of them a pool offers, which a user has, and which one a sign-in asks for.

use cognito_idp::types::{
    ChallengeNameType, DeliveryMediumType, MFAOptionType, UserPoolMfaType, VerifiedAttributeType,
};
use serde::{Deserialize, Serialize};

use crate::{delivery, pool::Pool, totp::SoftwareToken, user::User};

/// A second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Factor {
    Sms,
    SoftwareToken,
    Email,
}

/// What a user has said and set up.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Mfa {
    enabled: Vec<Factor>,
    preferred: Option<Factor>,
    /// Whether a passkey shall be two factors in one, if the user has said; otherwise it is what the pool says.
    pub passkey: Option<bool>,
    /// The token that the user has shown to have.
    pub token: Option<SoftwareToken>,
    /// One that is to take its place when the user shows to have it.
    pub proposed: Option<SoftwareToken>,
}

/// What a sign-in asks for after the password.
pub(crate) enum Due {
    Factor(Factor),
    /// The user is to say which.
    Choice(Vec<Factor>),
    /// The user has none of these, and must not sign in without.
    SetUp(Vec<Factor>),
}

impl Factor {
    pub const ALL: [Self; 3] = [Self::Sms, Self::SoftwareToken, Self::Email];

    /// The challenge that asks for it.
    pub fn challenge(self) -> ChallengeNameType {
        match self {
            Self::Sms => ChallengeNameType::SmsMfa,
            Self::SoftwareToken => ChallengeNameType::SoftwareTokenMfa,
            Self::Email => ChallengeNameType::EmailOtp,
        }
    }

    /// What answers call it.
    pub fn as_str(self) -> &'static str {
        self.challenge().as_str()
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|factor| factor.as_str() == name)
    }
}

impl Mfa {
    /// Whether the user has said and set up nothing, as most have: their records need no word of it.
    pub fn is_empty(&self) -> bool {
        let Self {
            enabled,
            preferred,
            passkey,
            token,
            proposed,
        } = self;
        enabled.is_empty()
            && preferred.is_none()
            && passkey.is_none()
            && token.is_none()
            && proposed.is_none()
    }

    /// Turns a factor on; the user's choice among several it becomes by [`prefer`](Self::prefer).
    pub fn enable(&mut self, factor: Factor) {
        if !self.enabled.contains(&factor) {
            self.enabled.push(factor);
        }
    }

    pub fn disable(&mut self, factor: Factor) {
        self.enabled.retain(|enabled| *enabled != factor);
        self.do_not_prefer(factor);
    }

    pub fn prefer(&mut self, factor: Factor) {
        self.preferred = Some(factor);
    }

    pub fn do_not_prefer(&mut self, factor: Factor) {
        self.preferred = self.preferred.filter(|preferred| *preferred != factor);
    }

    pub fn is_on(&self) -> bool {
        !self.enabled.is_empty()
    }

    /// `UserMFASettingList`.
    pub fn setting_list(&self) -> Option<Vec<String>> {
        let enabled = Factor::ALL
            .into_iter()
            .filter(|factor| self.enabled.contains(factor));
        let names: Vec<_> = enabled.map(|factor| factor.as_str().to_owned()).collect();
        (!names.is_empty()).then_some(names)
    }

    /// `PreferredMfaSetting`.
    pub fn preferred_setting(&self) -> Option<String> {
        self.preferred.map(|factor| factor.as_str().to_owned())
    }

    /// `MFAOptions`, which knows SMS alone.
    pub fn options(&self) -> Option<Vec<MFAOptionType>> {
        let sms = MFAOptionType {
            delivery_medium: Some(DeliveryMediumType::Sms),
            attribute_name: Some(VerifiedAttributeType::PhoneNumber.as_str().to_owned()),
        };
        self.enabled.contains(&Factor::Sms).then(|| vec![sms])
    }
}

impl Pool {
    /// Whether users may have this second factor.
    pub fn offers(&self, factor: Factor) -> bool {
        match factor {
            Factor::Sms => self.factors.sms.is_some(),
            Factor::SoftwareToken => {
                let setting = self.factors.software_token.as_ref();
                setting.is_some_and(|setting| setting.enabled == Some(true))
            }
            Factor::Email => self.factors.email.is_some(),
        }
    }
}

impl User {
    /// Whether the user has what it takes for this factor. A phone number need not be verified.
    pub fn has_factor(&self, factor: Factor) -> bool {
        match factor {
            Factor::Sms => self.attributes.contains_key("phone_number"),
            Factor::SoftwareToken => self.mfa.token.is_some(),
            Factor::Email => delivery::is_verified(self, VerifiedAttributeType::Email),
        }
    }

    /// Whether the user has turned on a second factor that comes to this address.
    pub fn proves_itself_by(&self, pool: &Pool, address: VerifiedAttributeType) -> bool {
        let factor = match address {
            VerifiedAttributeType::Email => Factor::Email,
            VerifiedAttributeType::PhoneNumber => Factor::Sms,
        };
        pool.settings.mfa_configuration != Some(UserPoolMfaType::Off)
            && pool.offers(factor)
            && self.mfa.enabled.contains(&factor)
    }

    /// What the pool asks this user for after the password. A pool that demands a second factor takes any that the user
    /// has, if the user has turned none on.
    pub fn due_second_factor(&self, pool: &Pool) -> Option<Due> {
        let is_demanded = match pool.settings.mfa_configuration? {
            UserPoolMfaType::Off => return None,
            UserPoolMfaType::Optional => false,
            UserPoolMfaType::On => true,
        };
        let offered = || {
            Factor::ALL
                .into_iter()
                .filter(|factor| pool.offers(*factor))
        };
        let usable: Vec<_> = offered()
            .filter(|factor| self.has_factor(*factor))
            .collect();
        let enabled = usable
            .iter()
            .copied()
            .filter(|factor| self.mfa.enabled.contains(factor));
        let mut factors: Vec<_> = enabled.collect();
        if factors.is_empty() && is_demanded {
            factors = usable;
        }
        match self.choice_of(factors) {
            None if is_demanded => Some(Due::SetUp(offered().collect())),
            due => due,
        }
    }

    /// What threat protection asks this user for after the password, whether the user has turned it on or not. None if
    /// there is nothing that the user has, or the pool does without second factors.
    pub fn second_factor_at_risk(&self, pool: &Pool) -> Option<Due> {
        if matches!(
            pool.settings.mfa_configuration,
            None | Some(UserPoolMfaType::Off)
        ) {
            return None;
        }
        let usable = Factor::ALL
            .into_iter()
            .filter(|factor| pool.offers(*factor) && self.has_factor(*factor));
        self.choice_of(usable.collect())
    }

    fn choice_of(&self, factors: Vec<Factor>) -> Option<Due> {
        match factors.as_slice() {
            [] => None,
            [only] => Some(Due::Factor(*only)),
            _ => Some(match self.mfa.preferred {
                Some(preferred) if factors.contains(&preferred) => Due::Factor(preferred),
                _ => Due::Choice(factors),
            }),
        }
    }
}
