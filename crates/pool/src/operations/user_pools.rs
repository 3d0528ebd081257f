//! `CreateUserPool`, `DescribeUserPool`.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::{
    Error,
    types::{
        AccountRecoverySettingType, AdminCreateUserConfigType, CreateUserPoolRequest,
        CreateUserPoolResponse, DefaultEmailOptionType, DeletionProtectionType,
        DescribeUserPoolRequest, DescribeUserPoolResponse, EmailConfigurationType,
        EmailSendingAccountType, LambdaConfigType, PasswordPolicyType, RecoveryOptionNameType,
        RecoveryOptionType, UserPoolMfaType, UserPoolPolicyType, UserPoolTierType, UserPoolType,
        VerificationMessageTemplateType,
    },
};

use crate::{
    Settings, errors, identifiers, password_policy, pool::Pool, schema, service::Call, user,
};

pub(super) fn create_user_pool(
    call: Call<'_>,
    input: CreateUserPoolRequest,
) -> Result<CreateUserPoolResponse, Error> {
    if input.alias_attributes.is_some() && input.username_attributes.is_some() {
        return Err(errors::invalid_parameter(
            "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.",
        ));
    }
    let id = identifiers::pool_id(call.random(), &call.settings().region);
    let pool = Pool {
        settings: settings(call, &id, input)?,
        id,
        decoy_key: STANDARD.encode(call.random().bytes::<32>()),
    };
    call.transact(|records| pool.save(records))?;
    Ok(CreateUserPoolResponse {
        user_pool: Some(pool.settings),
    })
}

pub(super) fn describe_user_pool(
    call: Call<'_>,
    input: DescribeUserPoolRequest,
) -> Result<DescribeUserPoolResponse, Error> {
    call.transact(|records| {
        let mut settings = Pool::load(records, &input.user_pool_id)?.settings;
        let users = user::count(records, &input.user_pool_id)?;
        settings.estimated_number_of_users = Some(i32::try_from(users).unwrap_or(i32::MAX));
        Ok(DescribeUserPoolResponse {
            user_pool: Some(settings),
        })
    })
}

/// What was asked for, with the service's choices for what was not.
fn settings(call: Call<'_>, id: &str, input: CreateUserPoolRequest) -> Result<UserPoolType, Error> {
    let now = call.now.api_timestamp();
    let Settings {
        region, account, ..
    } = call.settings();
    let policies = input.policies.unwrap_or_default();
    let admin_create_user = input.admin_create_user_config.unwrap_or_default();
    let password_policy = complete_policy(policies.password_policy, &admin_create_user);
    Ok(UserPoolType {
        id: Some(id.to_owned()),
        name: Some(input.pool_name),
        arn: Some(format!(
            "arn:aws:cognito-idp:{region}:{account}:userpool/{id}"
        )),
        creation_date: Some(now),
        last_modified_date: Some(now),
        estimated_number_of_users: Some(0),
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
        schema_attributes: Some(schema::of_new_pool(input.schema.unwrap_or_default())?),
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
        alias_attributes: input.alias_attributes,
        username_attributes: input.username_attributes,
        username_configuration: input.username_configuration,
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
