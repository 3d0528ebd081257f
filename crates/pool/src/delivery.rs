//! Where a message to a user goes, and how much of that the answer shows.

use cognito_idp::types::{
    CodeDeliveryDetailsType, DeliveryMediumType, RecoveryOptionNameType, VerifiedAttributeType,
};

use crate::{attributes::is_phone_number, decoy, pool::Pool, user::User};

/// An address of a user.
#[derive(Clone)]
pub(crate) struct Destination {
    /// The attribute that holds it.
    pub attribute: VerifiedAttributeType,
    pub address: String,
}

impl Destination {
    /// The user's address in this attribute, if there is one.
    pub fn of(user: &User, attribute: VerifiedAttributeType) -> Option<Self> {
        let address = user.attributes.get(attribute.as_str())?.clone();
        Some(Self { attribute, address })
    }

    /// Where the code that confirms a sign-up goes: to the phone if the pool verifies both.
    pub fn for_sign_up(pool: &Pool, user: &User) -> Option<Self> {
        [
            VerifiedAttributeType::PhoneNumber,
            VerifiedAttributeType::Email,
        ]
        .into_iter()
        .filter(|attribute| pool.auto_verifies(*attribute))
        .find_map(|attribute| Self::of(user, attribute))
    }

    /// Where the code that resets a password goes: to the first verified address in the pool's order. Not to one that
    /// second factors come to: whoever reads it would need nothing else to sign in.
    pub fn for_recovery(pool: &Pool, user: &User) -> Option<Self> {
        let attributes = pool
            .recovery_options()
            .into_iter()
            .filter_map(|option| match option {
                RecoveryOptionNameType::VerifiedEmail => Some(VerifiedAttributeType::Email),
                RecoveryOptionNameType::VerifiedPhoneNumber => {
                    Some(VerifiedAttributeType::PhoneNumber)
                }
                RecoveryOptionNameType::AdminOnly => None,
            });
        attributes
            .filter(|attribute| {
                is_verified(user, *attribute) && !user.proves_itself_by(pool, *attribute)
            })
            .find_map(|attribute| Self::of(user, attribute))
    }

    /// A place where a code might have gone if `name` were a user's: by the form of the name, or else by what the pool
    /// verifies.
    pub fn decoy(pool: &Pool, name: &str) -> Self {
        use VerifiedAttributeType::{Email, PhoneNumber};
        let verifies_phones_only = pool.auto_verifies(PhoneNumber) && !pool.auto_verifies(Email);
        let is_phone = is_phone_number(name) || verifies_phones_only && !name.contains('@');
        Self::decoy_of(pool, name, if is_phone { PhoneNumber } else { Email })
    }

    /// The same, where it is known what a code would have gone to.
    pub fn decoy_of(pool: &Pool, name: &str, attribute: VerifiedAttributeType) -> Self {
        let address = match attribute {
            VerifiedAttributeType::Email if name.contains('@') => name.to_owned(),
            VerifiedAttributeType::Email => format!("{name}@{name}"),
            VerifiedAttributeType::PhoneNumber if is_phone_number(name) => name.to_owned(),
            VerifiedAttributeType::PhoneNumber => decoy::phone_number(pool, name),
        };
        Self { attribute, address }
    }

    pub fn medium(&self) -> DeliveryMediumType {
        match self.attribute {
            VerifiedAttributeType::Email => DeliveryMediumType::Email,
            VerifiedAttributeType::PhoneNumber => DeliveryMediumType::Sms,
        }
    }

    /// What a message to this address calls the user: by the name to sign in with, which is the address where
    /// addresses are usernames.
    pub fn name_of<'a>(&'a self, pool: &Pool, user: &'a User) -> &'a str {
        let is_username = pool
            .username_attributes()
            .iter()
            .any(|name| name.as_str() == self.attribute.as_str());
        if is_username {
            &self.address
        } else {
            &user.username
        }
    }

    /// What an answer tells about a code on its way.
    pub fn details(&self) -> CodeDeliveryDetailsType {
        CodeDeliveryDetailsType {
            destination: Some(self.masked()),
            delivery_medium: Some(self.medium()),
            attribute_name: Some(self.attribute.as_str().to_owned()),
        }
    }

    /// `j***@e***`, or `+*******1234`.
    pub fn masked(&self) -> String {
        match self.attribute {
            VerifiedAttributeType::Email => {
                let (local, domain) = self.address.rsplit_once('@').unwrap_or((&self.address, ""));
                let first = |part: &str| part.chars().next().map(String::from).unwrap_or_default();
                format!("{}***@{}***", first(local), first(domain))
            }
            VerifiedAttributeType::PhoneNumber => {
                let digits = self.address.trim_start_matches('+');
                let shown = digits
                    .get(digits.len().saturating_sub(4)..)
                    .unwrap_or_default();
                format!("+*******{shown}")
            }
        }
    }
}

/// Whether the user has shown that the address in this attribute is theirs.
pub(crate) fn is_verified(user: &User, attribute: VerifiedAttributeType) -> bool {
    user.attributes
        .get(&format!("{attribute}_verified"))
        .is_some_and(|verified| verified == "true")
}

/// Records that the user has, or has not, shown so.
pub(crate) fn set_verified(user: &mut User, attribute: VerifiedAttributeType, verified: bool) {
    user.attributes
        .insert(format!("{attribute}_verified"), verified.to_string());
}
