//! First factors: what users may begin a sign-in with where they have the choice.

use cognito_idp::{
    Error,
    types::{AuthFactorType, ChallengeNameType, UserStatusType, VerifiedAttributeType},
};

use crate::{
    delivery::is_verified,
    pool::Pool,
    records::Records,
    user::User,
    webauthn::{Credential, RelyingParty},
};

/// What this user, or somebody who does not exist, may begin with.
pub(crate) fn available(
    records: &Records<'_>,
    pool: &Pool,
    user: Option<&User>,
) -> Result<Vec<ChallengeNameType>, Error> {
    use ChallengeNameType::{EmailOtp, Password, PasswordSrp, SmsOtp, WebAuthn};
    let mut available = vec![PasswordSrp, Password];
    let Some(user) = user else {
        return Ok(available);
    };
    if user.status == UserStatusType::ForceChangePassword {
        return Ok(available);
    }
    if user.password.is_none() {
        available.clear();
    }
    // Who has to show a second factor begins with a password, or with a passkey that is two factors in one.
    let is_enough = user.due_second_factor(pool).is_none();
    if is_enough
        && offers(pool, AuthFactorType::EmailOtp)
        && is_verified(user, VerifiedAttributeType::Email)
    {
        available.push(EmailOtp);
    }
    if is_enough
        && offers(pool, AuthFactorType::SmsOtp)
        && is_verified(user, VerifiedAttributeType::PhoneNumber)
    {
        available.push(SmsOtp);
    }
    let takes_passkeys =
        RelyingParty::of(pool).is_ok_and(|party| is_enough || party.passkeys_are_two_factors);
    if takes_passkeys && !Credential::all(records, pool, user)?.is_empty() {
        available.push(WebAuthn);
    }
    Ok(available)
}

/// Whether a pool lets its users sign in with this instead of a password, which all do.
pub(crate) fn offers(pool: &Pool, factor: AuthFactorType) -> bool {
    let policies = pool.settings.policies.as_ref();
    policies
        .and_then(|policies| policies.sign_in_policy.as_ref())
        .and_then(|policy| policy.allowed_first_auth_factors.as_ref())
        .is_some_and(|factors| factors.contains(&factor))
}
