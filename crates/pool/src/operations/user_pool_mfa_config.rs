//! `SetUserPoolMfaConfig`, `GetUserPoolMfaConfig`: which factors a pool offers beside passwords.

use cognito_idp::{
    Error,
    types::{
        GetUserPoolMfaConfigRequest, GetUserPoolMfaConfigResponse, SetUserPoolMfaConfigRequest,
        SetUserPoolMfaConfigResponse, UserPoolMfaType,
    },
};

use crate::{
    errors, first_factor,
    pool::{Factors, Pool},
    service::Call,
    tier,
};

/// Who says whether a second factor is asked for says all about second factors: what the request leaves out is off.
/// Passkeys, a first factor, change only when they are named, and without that word nothing else does.
pub(super) fn set_user_pool_mfa_config(
    call: Call<'_>,
    input: SetUserPoolMfaConfigRequest,
) -> Result<SetUserPoolMfaConfigResponse, Error> {
    call.transact(|records| {
        let mut pool = Pool::load_owned(records, &input.user_pool_id)?;
        let before = match input.mfa_configuration {
            Some(_) => Factors {
                web_authn: pool.factors.web_authn.take(),
                ..Factors::default()
            },
            None => std::mem::take(&mut pool.factors),
        };
        let mfa = input.mfa_configuration.or(pool.settings.mfa_configuration);
        pool.settings.mfa_configuration = mfa;
        if let Some(sms) = &input.sms_mfa_configuration {
            let settings = &mut pool.settings;
            settings
                .sms_authentication_message
                .clone_from(&sms.sms_authentication_message);
            if sms.sms_configuration.is_some() {
                settings
                    .sms_configuration
                    .clone_from(&sms.sms_configuration);
            }
        }
        pool.factors = Factors {
            sms: input.sms_mfa_configuration.or(before.sms),
            software_token: input
                .software_token_mfa_configuration
                .or(before.software_token),
            email: input.email_mfa_configuration.or(before.email),
            web_authn: input.web_authn_configuration.or(before.web_authn),
        };
        check(&pool)?;
        pool.touch(records)?;
        let GetUserPoolMfaConfigResponse {
            sms_mfa_configuration,
            software_token_mfa_configuration,
            email_mfa_configuration,
            mfa_configuration,
            web_authn_configuration,
        } = described(pool);
        Ok(SetUserPoolMfaConfigResponse {
            sms_mfa_configuration,
            software_token_mfa_configuration,
            email_mfa_configuration,
            mfa_configuration,
            web_authn_configuration,
        })
    })
}

pub(super) fn get_user_pool_mfa_config(
    call: Call<'_>,
    input: GetUserPoolMfaConfigRequest,
) -> Result<GetUserPoolMfaConfigResponse, Error> {
    call.transact(|records| Pool::load_owned(records, &input.user_pool_id).map(described))
}

fn described(pool: Pool) -> GetUserPoolMfaConfigResponse {
    GetUserPoolMfaConfigResponse {
        sms_mfa_configuration: pool.factors.sms,
        software_token_mfa_configuration: pool.factors.software_token,
        email_mfa_configuration: pool.factors.email,
        mfa_configuration: pool.settings.mfa_configuration,
        web_authn_configuration: pool.factors.web_authn,
    }
}

/// A second factor is asked for if and only if there is one.
fn check(pool: &Pool) -> Result<(), Error> {
    let factors = &pool.factors;
    let tokens = factors.software_token.as_ref();
    let offers_one = factors.sms.is_some()
        || factors.email.is_some()
        || tokens.is_some_and(|setting| setting.enabled == Some(true));
    let is_off = pool.settings.mfa_configuration == Some(UserPoolMfaType::Off);
    // The service refuses to be told of tokens that they are off, too.
    if is_off && (offers_one || tokens.is_some()) {
        return Err(errors::invalid_parameter(
            "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
        ));
    }
    if !is_off && !offers_one {
        return Err(errors::invalid_parameter(
            "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.",
        ));
    }
    if factors.sms.is_some() && pool.settings.sms_configuration.is_none() {
        // The service's text is not known.
        return Err(errors::invalid_parameter(
            "SMS configuration is required for SMS MFA.",
        ));
    }
    if factors.email.is_some() {
        tier::check_above_lite(&pool.settings, "Email MFA")?;
    }
    if factors.web_authn.is_some() {
        tier::check_above_lite(&pool.settings, "Passkeys")?;
    }
    first_factor::check_with_mfa(&pool.settings)
}
