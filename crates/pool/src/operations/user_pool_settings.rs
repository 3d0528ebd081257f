//! What a user pool's creator and its updates may set.

use std::collections::BTreeMap;

use cognito_idp::{
    Error, ErrorCode,
    types::{
        AccountRecoverySettingType, AdminCreateUserConfigType, AdvancedSecurityModeType,
        AuthFactorType, CreateUserPoolRequest, DefaultEmailOptionType, DeletionProtectionType,
        EmailConfigurationType, EmailSendingAccountType, LambdaConfigType, PasswordPolicyType,
        RecoveryOptionNameType, RecoveryOptionType, UpdateUserPoolRequest, UserPoolMfaType,
        UserPoolPolicyType, UserPoolTierType, UserPoolType, VerificationMessageTemplateType,
    },
};

use super::tags;
use crate::{errors, first_factor, password_policy, tier};

/// What was asked for, with the service's choices for what was not: everything that an update sets anew.
///
/// # Errors
///
/// `InvalidParameterException` for settings that do not go together, `UserPoolTaggingException` for tags that may not be.
pub(super) fn settings(input: CreateUserPoolRequest) -> Result<UserPoolType, Error> {
    check(&input)?;
    let policies = input.policies.unwrap_or_default();
    let admin_create_user = input.admin_create_user_config.unwrap_or_default();
    let password_policy = complete_policy(policies.password_policy, &admin_create_user);
    let settings = UserPoolType {
        name: Some(input.pool_name),
        admin_create_user_config: Some(AdminCreateUserConfigType {
            allow_admin_create_user_only: admin_create_user
                .allow_admin_create_user_only
                .or(Some(false)),
            unused_account_validity_days: password_policy.temporary_password_validity_days,
            invite_message_template: admin_create_user.invite_message_template,
        }),
        policies: Some(UserPoolPolicyType {
            password_policy: Some(password_policy),
            sign_in_policy: policies.sign_in_policy,
        }),
        deletion_protection: input
            .deletion_protection
            .or(Some(DeletionProtectionType::Inactive)),
        mfa_configuration: input.mfa_configuration.or(Some(UserPoolMfaType::Off)),
        user_pool_tier: input.user_pool_tier.or(Some(UserPoolTierType::Essentials)),
        account_recovery_setting: input
            .account_recovery_setting
            .or_else(|| Some(usual_recovery())),
        email_configuration: input.email_configuration.or_else(|| Some(usual_email())),
        verification_message_template: input
            .verification_message_template
            .or_else(|| Some(usual_template())),
        lambda_config: input
            .lambda_config
            .or_else(|| Some(LambdaConfigType::default())),
        user_pool_tags: input.user_pool_tags.or_else(|| Some(BTreeMap::new())),
        auto_verified_attributes: input.auto_verified_attributes,
        sms_verification_message: input.sms_verification_message,
        email_verification_message: input.email_verification_message,
        email_verification_subject: input.email_verification_subject,
        sms_authentication_message: input.sms_authentication_message,
        user_attribute_update_settings: input.user_attribute_update_settings,
        device_configuration: input.device_configuration,
        sms_configuration: input.sms_configuration,
        user_pool_add_ons: input.user_pool_add_ons,
        dcr_configuration: input.dcr_configuration,
        key_configuration: input.key_configuration,
        issuer_configuration: input.issuer_configuration,
        acr_configuration: input.acr_configuration,
        ..UserPoolType::default()
    };
    first_factor::check_with_mfa(&settings)?;
    check_tier(&settings)?;
    Ok(settings)
}

/// A pool's settings after an update. What the update leaves out gets the service's choice again, except for the name,
/// which is kept, and `DcrConfiguration`, of which the API says so.
///
/// # Errors
///
/// As for new [`settings`].
pub(super) fn updated(
    before: UserPoolType,
    input: UpdateUserPoolRequest,
) -> Result<UserPoolType, Error> {
    let asked = settings(CreateUserPoolRequest {
        pool_name: input
            .pool_name
            .or_else(|| before.name.clone())
            .unwrap_or_default(),
        policies: input.policies,
        deletion_protection: input.deletion_protection,
        lambda_config: input.lambda_config,
        auto_verified_attributes: input.auto_verified_attributes,
        sms_verification_message: input.sms_verification_message,
        email_verification_message: input.email_verification_message,
        email_verification_subject: input.email_verification_subject,
        verification_message_template: input.verification_message_template,
        sms_authentication_message: input.sms_authentication_message,
        user_attribute_update_settings: input.user_attribute_update_settings,
        mfa_configuration: input.mfa_configuration,
        device_configuration: input.device_configuration,
        email_configuration: input.email_configuration,
        sms_configuration: input.sms_configuration,
        user_pool_tags: input.user_pool_tags,
        admin_create_user_config: input.admin_create_user_config,
        user_pool_add_ons: input.user_pool_add_ons,
        dcr_configuration: input
            .dcr_configuration
            .or_else(|| before.dcr_configuration.clone()),
        account_recovery_setting: input.account_recovery_setting,
        user_pool_tier: input.user_pool_tier,
        key_configuration: input.key_configuration,
        issuer_configuration: input.issuer_configuration,
        acr_configuration: input.acr_configuration,
        alias_attributes: None,
        username_attributes: None,
        username_configuration: None,
        schema: None,
    })?;
    // These are for ever, or changed by operations of their own.
    Ok(UserPoolType {
        id: before.id,
        arn: before.arn,
        creation_date: before.creation_date,
        schema_attributes: before.schema_attributes,
        alias_attributes: before.alias_attributes,
        username_attributes: before.username_attributes,
        username_configuration: before.username_configuration,
        domain: before.domain,
        custom_domain: before.custom_domain,
        ..asked
    })
}

/// A policy without gaps. Whoever sends a policy asks for no more than it says.
fn complete_policy(
    asked: Option<PasswordPolicyType>,
    admin_create_user: &AdminCreateUserConfigType,
) -> PasswordPolicyType {
    let usual = password_policy::usual();
    // The validity of temporary passwords once stood in the other place.
    let days = admin_create_user
        .unused_account_validity_days
        .or(usual.temporary_password_validity_days);
    match asked {
        None => PasswordPolicyType {
            temporary_password_validity_days: days,
            ..usual
        },
        Some(asked) => PasswordPolicyType {
            minimum_length: asked.minimum_length.or(usual.minimum_length),
            require_uppercase: asked.require_uppercase.or(Some(false)),
            require_lowercase: asked.require_lowercase.or(Some(false)),
            require_numbers: asked.require_numbers.or(Some(false)),
            require_symbols: asked.require_symbols.or(Some(false)),
            temporary_password_validity_days: asked.temporary_password_validity_days.or(days),
            password_history_size: asked.password_history_size,
        },
    }
}

fn usual_recovery() -> AccountRecoverySettingType {
    let option = |priority, name| RecoveryOptionType { priority, name };
    AccountRecoverySettingType {
        recovery_mechanisms: Some(vec![
            option(1, RecoveryOptionNameType::VerifiedEmail),
            option(2, RecoveryOptionNameType::VerifiedPhoneNumber),
        ]),
    }
}

fn usual_email() -> EmailConfigurationType {
    EmailConfigurationType {
        email_sending_account: Some(EmailSendingAccountType::CognitoDefault),
        ..EmailConfigurationType::default()
    }
}

fn usual_template() -> VerificationMessageTemplateType {
    VerificationMessageTemplateType {
        default_email_option: Some(DefaultEmailOptionType::ConfirmWithCode),
        ..VerificationMessageTemplateType::default()
    }
}

fn check_tier(settings: &UserPoolType) -> Result<(), Error> {
    let policies = settings.policies.as_ref();
    let passwords = policies.and_then(|policies| policies.password_policy.as_ref());
    if passwords.and_then(|policy| policy.password_history_size) > Some(0) {
        tier::check_above_lite(settings, "Password History")?;
    }
    let sign_in = policies.and_then(|policies| policies.sign_in_policy.as_ref());
    let factors = sign_in.and_then(|policy| policy.allowed_first_auth_factors.as_deref());
    if factors.is_some_and(|factors| {
        factors
            .iter()
            .any(|factor| *factor != AuthFactorType::Password)
    }) {
        tier::check_above_lite(settings, "Passwordless Sign-In")?;
    }
    Ok(())
}

/// What goes together.
fn check(input: &CreateUserPoolRequest) -> Result<(), Error> {
    let policies = input.policies.as_ref();
    let validity = policies.and_then(|policies| {
        policies
            .password_policy
            .as_ref()?
            .temporary_password_validity_days
    });
    let unused = input
        .admin_create_user_config
        .as_ref()
        .and_then(|config| config.unused_account_validity_days);
    if validity.is_some() && unused.is_some() {
        return Err(errors::invalid_parameter(
            "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
        ));
    }
    let factors = policies.and_then(|policies| {
        policies
            .sign_in_policy
            .as_ref()?
            .allowed_first_auth_factors
            .as_ref()
    });
    if factors.is_some_and(|factors| !factors.contains(&AuthFactorType::Password)) {
        return Err(errors::invalid_parameter(
            "Password should be configured as one of the allowed first auth factors.",
        ));
    }
    check_add_ons(input)?;
    if let Some(email) = &input.email_configuration
        && email.email_sending_account == Some(EmailSendingAccountType::Developer)
        && email.source_arn.is_none()
    {
        return Err(errors::invalid_parameter(
            "Source ARN is required to use DEVELOPER email sending owner",
        ));
    }
    let (recovery, triggers, tags) = (
        &input.account_recovery_setting,
        &input.lambda_config,
        &input.user_pool_tags,
    );
    recovery.as_ref().map_or(Ok(()), check_recovery)?;
    triggers.as_ref().map_or(Ok(()), check_triggers)?;
    tags.as_ref().map_or(Ok(()), tags::check)
}

/// Threat protection is for pools of the Plus tier.
fn check_add_ons(input: &CreateUserPoolRequest) -> Result<(), Error> {
    let tier = input.user_pool_tier.unwrap_or(UserPoolTierType::Essentials);
    let mode = input
        .user_pool_add_ons
        .as_ref()
        .map(|add_ons| add_ons.advanced_security_mode);
    if tier == UserPoolTierType::Plus || matches!(mode, None | Some(AdvancedSecurityModeType::Off))
    {
        return Ok(());
    }
    // As the service says it of other features.
    Err(Error::new(
        ErrorCode::FeatureUnavailableInTierException,
        format!(
            "The following feature is not available for the {tier} pricing tier configured: Threat Protection"
        ),
    ))
}

/// The trigger's old place and its new one name the same function.
fn check_triggers(triggers: &LambdaConfigType) -> Result<(), Error> {
    match (
        &triggers.pre_token_generation,
        &triggers.pre_token_generation_config,
    ) {
        (Some(old), Some(new)) if *old != new.lambda_arn => Err(errors::invalid_parameter(
            "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
        )),
        _ => Ok(()),
    }
}

fn check_recovery(setting: &AccountRecoverySettingType) -> Result<(), Error> {
    let options = setting.recovery_mechanisms.as_deref().unwrap_or_default();
    let is_admin_only =
        |option: &RecoveryOptionType| option.name == RecoveryOptionNameType::AdminOnly;
    if options.len() > 1 && options.iter().any(is_admin_only) {
        return Err(errors::invalid_parameter(
            "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.",
        ));
    }
    if let [first, second] = options
        && (first.name == second.name || first.priority == second.priority)
    {
        return Err(errors::invalid_parameter(
            "Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.",
        ));
    }
    Ok(())
}
