//! `SetUserMFAPreference`, `SetUserSettings`, both for administrators too: which second factors a user signs in with.

use cognito_idp::{
    Error,
    types::{
        AdminSetUserMFAPreferenceRequest, AdminSetUserMFAPreferenceResponse,
        AdminSetUserSettingsRequest, AdminSetUserSettingsResponse, DeliveryMediumType,
        EmailMfaSettingsType, MFAOptionType, SMSMfaSettingsType, SetUserMFAPreferenceRequest,
        SetUserMFAPreferenceResponse, SetUserSettingsRequest, SetUserSettingsResponse,
        SoftwareTokenMfaSettingsType, WebAuthnMfaSettingsType,
    },
};

use super::software_token::not_offered;
use crate::{
    errors,
    mfa::Factor,
    pool::Pool,
    service::Call,
    tokens::access::{self, Bearer},
    user::User,
    webauthn::RelyingParty,
};

pub(super) fn set_user_mfa_preference(
    call: Call<'_>,
    input: SetUserMFAPreferenceRequest,
) -> Result<SetUserMFAPreferenceResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    let wishes = wishes(
        input.sms_mfa_settings.as_ref(),
        input.software_token_mfa_settings.as_ref(),
        input.email_mfa_settings.as_ref(),
    );
    call.transact(|records| {
        let Bearer { pool, mut user, .. } = token.bearer(records)?;
        grant(&pool, &mut user, &wishes)?;
        set_passkey(&pool, &mut user, input.web_authn_mfa_settings.as_ref())?;
        user.save(records, &pool)?;
        Ok(SetUserMFAPreferenceResponse {})
    })
}

pub(super) fn admin_set_user_mfa_preference(
    call: Call<'_>,
    input: AdminSetUserMFAPreferenceRequest,
) -> Result<AdminSetUserMFAPreferenceResponse, Error> {
    let wishes = wishes(
        input.sms_mfa_settings.as_ref(),
        input.software_token_mfa_settings.as_ref(),
        input.email_mfa_settings.as_ref(),
    );
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut user = User::load(records, &pool, &input.username)?;
        grant(&pool, &mut user, &wishes)?;
        set_passkey(&pool, &mut user, input.web_authn_mfa_settings.as_ref())?;
        user.save(records, &pool)?;
        Ok(AdminSetUserMFAPreferenceResponse {})
    })
}

/// SMS alone, as before there were other factors.
pub(super) fn set_user_settings(
    call: Call<'_>,
    input: SetUserSettingsRequest,
) -> Result<SetUserSettingsResponse, Error> {
    let token = access::verify(call, &input.access_token)?;
    let wishes = [sms_wish(&input.mfa_options)?];
    call.transact(|records| {
        let Bearer { pool, mut user, .. } = token.bearer(records)?;
        grant(&pool, &mut user, &wishes)?;
        user.save(records, &pool)?;
        Ok(SetUserSettingsResponse {})
    })
}

pub(super) fn admin_set_user_settings(
    call: Call<'_>,
    input: AdminSetUserSettingsRequest,
) -> Result<AdminSetUserSettingsResponse, Error> {
    let wishes = [sms_wish(&input.mfa_options)?];
    call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let mut user = User::load(records, &pool, &input.username)?;
        grant(&pool, &mut user, &wishes)?;
        user.save(records, &pool)?;
        Ok(AdminSetUserSettingsResponse {})
    })
}

/// What a user shall do with one factor.
struct Wish {
    factor: Factor,
    enabled: bool,
    preferred: bool,
}

/// One for each kind of settings that a request has.
fn wishes(
    sms: Option<&SMSMfaSettingsType>,
    software_token: Option<&SoftwareTokenMfaSettingsType>,
    email: Option<&EmailMfaSettingsType>,
) -> Vec<Wish> {
    let wish = |factor, enabled: Option<bool>, preferred: Option<bool>| Wish {
        factor,
        enabled: enabled == Some(true),
        preferred: preferred == Some(true),
    };
    let wishes = [
        sms.map(|it| wish(Factor::Sms, it.enabled, it.preferred_mfa)),
        software_token.map(|it| wish(Factor::SoftwareToken, it.enabled, it.preferred_mfa)),
        email.map(|it| wish(Factor::Email, it.enabled, it.preferred_mfa)),
    ];
    wishes.into_iter().flatten().collect()
}

/// All options must be the one that there is; without any, SMS is off.
fn sms_wish(options: &[MFAOptionType]) -> Result<Wish, Error> {
    let is_sms = |option: &MFAOptionType| {
        option.delivery_medium == Some(DeliveryMediumType::Sms)
            && option.attribute_name.as_deref() == Some("phone_number")
    };
    if !options.iter().all(is_sms) {
        // The service's text is not known.
        return Err(errors::invalid_parameter(
            "MFA is only supported by SMS to phone_number.",
        ));
    }
    Ok(Wish {
        factor: Factor::Sms,
        enabled: !options.is_empty(),
        preferred: false,
    })
}

/// # Errors
///
/// `InvalidParameterException` for a factor that the user does not have or for wishes that contradict each other,
/// `SoftwareTokenMFANotFoundException` for a token in a pool without.
fn grant(pool: &Pool, user: &mut User, wishes: &[Wish]) -> Result<(), Error> {
    let preferred = wishes.iter().filter(|wish| wish.preferred);
    if preferred.count() > 1 || wishes.iter().any(|wish| wish.preferred && !wish.enabled) {
        // The service's text is not known.
        return Err(errors::invalid_parameter(
            "Exactly one enabled MFA can be preferred.",
        ));
    }
    for wish in wishes {
        if !wish.enabled {
            user.mfa.disable(wish.factor);
            continue;
        }
        check(pool, user, wish.factor)?;
        user.mfa.enable(wish.factor);
        if wish.preferred {
            user.mfa.prefer(wish.factor);
        } else {
            user.mfa.do_not_prefer(wish.factor);
        }
    }
    Ok(())
}

fn check(pool: &Pool, user: &User, factor: Factor) -> Result<(), Error> {
    if !pool.offers(factor) {
        return Err(match factor {
            Factor::SoftwareToken => not_offered(),
            // The service's text is not known.
            _ => errors::invalid_parameter(format!(
                "{} is not enabled for the user pool.",
                factor.as_str()
            )),
        });
    }
    if !user.has_factor(factor) {
        return Err(errors::invalid_parameter(format!(
            "User does not have delivery config set to turn on {}",
            factor.as_str()
        )));
    }
    Ok(())
}

/// Whether a passkey shall be two factors in one, which takes a pool that holds it for that, and another factor for when
/// the passkey is lost.
///
/// # Errors
///
/// `InvalidParameterException` without these. The service's texts are not known.
fn set_passkey(
    pool: &Pool,
    user: &mut User,
    settings: Option<&WebAuthnMfaSettingsType>,
) -> Result<(), Error> {
    let Some(enabled) = settings.and_then(|settings| settings.enabled) else {
        return Ok(());
    };
    if enabled && !RelyingParty::of(pool).is_ok_and(|party| party.passkeys_are_two_factors) {
        return Err(errors::invalid_parameter(
            "Passkey MFA is not enabled for the user pool.",
        ));
    }
    if enabled && !user.mfa.is_on() {
        return Err(errors::invalid_parameter(
            "Passkey MFA needs another MFA that is enabled.",
        ));
    }
    user.mfa.passkey = Some(enabled);
    Ok(())
}
