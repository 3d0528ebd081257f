//! First factors: what users may begin a sign-in with where they have the choice.

use cognito_idp::{
    Error,
    types::{
        AuthFactorType, AuthFlowType, ChallengeNameType, UserPoolMfaType, UserPoolType,
        UserStatusType, VerifiedAttributeType,
    },
};

use crate::{
    client::Client,
    delivery::is_verified,
    errors,
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
        // What most users of such a pool may.
        let codes = [
            (AuthFactorType::EmailOtp, EmailOtp),
            (AuthFactorType::SmsOtp, SmsOtp),
        ];
        let offered = codes
            .into_iter()
            .filter(|(factor, _)| offers(pool, *factor));
        available.extend(offered.map(|(_, challenge)| challenge));
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
    let takes_passkeys = RelyingParty::of(pool).is_ok_and(|party| {
        is_enough || party.passkeys_are_two_factors && user.mfa.passkey != Some(false)
    });
    if takes_passkeys && !Credential::all(records, pool, user)?.is_empty() {
        available.push(WebAuthn);
    }
    Ok(available)
}

/// Whether a user of this pool can do without a password: a code can be sent to an address that `may_have_it` says to be
/// one.
pub(crate) fn needs_no_password(
    pool: &Pool,
    may_have_it: impl Fn(VerifiedAttributeType) -> bool,
) -> bool {
    [
        (AuthFactorType::EmailOtp, VerifiedAttributeType::Email),
        (AuthFactorType::SmsOtp, VerifiedAttributeType::PhoneNumber),
    ]
    .into_iter()
    .any(|(factor, address)| offers(pool, factor) && may_have_it(address))
}

/// Whether a code to this address is all that a client's users need to sign in.
pub(crate) fn is_code_to(client: &Client, pool: &Pool, address: VerifiedAttributeType) -> bool {
    client.allows(AuthFlowType::UserAuth) && needs_no_password(pool, |sent_to| sent_to == address)
}

/// Whether a pool lets its users sign in with this instead of a password, which all do.
pub(crate) fn offers(pool: &Pool, factor: AuthFactorType) -> bool {
    are_allowed(&pool.settings, &[factor])
}

/// Checks that a pool which demands a second factor lets nobody begin with a code, which none can follow.
///
/// # Errors
///
/// `InvalidParameterException` otherwise. The service's text is not known.
pub(crate) fn check_with_mfa(settings: &UserPoolType) -> Result<(), Error> {
    let codes = [AuthFactorType::EmailOtp, AuthFactorType::SmsOtp];
    if settings.mfa_configuration == Some(UserPoolMfaType::On) && are_allowed(settings, &codes) {
        return Err(errors::invalid_parameter(
            "EMAIL_OTP and SMS_OTP cannot be allowed first auth factors when MFA is required.",
        ));
    }
    Ok(())
}

/// Whether one of these is.
fn are_allowed(settings: &UserPoolType, any_of: &[AuthFactorType]) -> bool {
    let policies = settings.policies.as_ref();
    policies
        .and_then(|policies| policies.sign_in_policy.as_ref())
        .and_then(|policy| policy.allowed_first_auth_factors.as_ref())
        .is_some_and(|factors| factors.iter().any(|factor| any_of.contains(factor)))
}
