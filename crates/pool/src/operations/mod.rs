//! The operations, one file for each family.

mod admin_attributes;
mod admin_create_user;
mod admin_devices;
mod admin_passwords;
mod admin_users;
mod attribute_changes;
mod challenges {
    pub(super) mod custom_challenge;
    pub(super) mod device_password_verifier;
    pub(super) mod device_srp_auth;
    pub(super) mod mfa_setup;
    pub(super) mod new_password_required;
    pub(super) mod one_time_code;
    pub(super) mod password;
    pub(super) mod password_verifier;
    mod proof;
    pub(super) mod second_factor;
    pub(super) mod select_challenge;
    pub(super) mod software_token_mfa;
    pub(super) mod web_authn;
}
mod auth_events;
mod auth_factors;
mod change_password;
mod client_token;
mod confirm_sign_up;
mod derived_token;
mod devices;
mod flows {
    pub(super) mod custom_auth;
    pub(super) mod refresh;
    pub(super) mod user_auth;
    pub(super) mod user_password;
    pub(super) mod user_srp;
}
mod forgot_password;
mod group_members;
mod groups;
mod identity_providers;
mod initiate_auth;
mod limits;
mod list_users;
mod log_delivery;
mod managed_login_branding;
mod mfa_preference;
mod oauth_settings;
mod parameters;
mod provider_details;
mod provider_links;
mod provisioned_limits;
mod refresh_tokens;
mod resource_servers;
mod respond_to_auth_challenge;
mod risk_configuration;
mod seed;
mod session_configuration;
mod sign_in;
mod sign_out;
mod sign_up;
mod signing_certificate;
mod software_token;
mod srp;
mod tags;
mod terms;
mod ui_customization;
mod user_filter;
mod user_import;
mod user_pool_client_secrets;
mod user_pool_client_settings;
mod user_pool_clients;
mod user_pool_domains;
mod user_pool_mfa_config;
mod user_pool_replicas;
mod user_pool_settings;
mod user_pools;
mod user_sessions;
mod users;
mod verify_user_attribute;
mod webauthn_credentials;

use cognito_idp::{Error, ErrorCode, Operation, validate};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{errors, service::Call};

pub(crate) use seed::seed;

/// Validates the input and lets the operation's own function answer it, in JSON.
pub(crate) fn handle(
    call: Call<'_>,
    operation: Operation,
    mut input: Value,
) -> Result<String, Error> {
    remove_nulls(&mut input);
    validate(operation, &input)?;
    match operation {
        Operation::AddCustomAttributes => run(call, input, user_pools::add_custom_attributes),
        Operation::AddUserPoolClientSecret => run(
            call,
            input,
            user_pool_client_secrets::add_user_pool_client_secret,
        ),
        Operation::AdminAddUserToGroup => run(call, input, group_members::admin_add_user_to_group),
        Operation::AdminConfirmSignUp => run(call, input, confirm_sign_up::admin_confirm_sign_up),
        Operation::AdminCreateUser => run(call, input, admin_create_user::admin_create_user),
        Operation::AdminDeleteSoftwareToken => {
            run(call, input, software_token::admin_delete_software_token)
        }
        Operation::AdminDeleteUser => run(call, input, admin_users::admin_delete_user),
        Operation::AdminDeleteUserAttributes => {
            run(call, input, admin_attributes::admin_delete_user_attributes)
        }
        Operation::AdminDisableProviderForUser => {
            run(call, input, provider_links::admin_disable_provider_for_user)
        }
        Operation::AdminDisableUser => run(call, input, admin_users::admin_disable_user),
        Operation::AdminEnableUser => run(call, input, admin_users::admin_enable_user),
        Operation::AdminForgetDevice => run(call, input, admin_devices::admin_forget_device),
        Operation::AdminGetDevice => run(call, input, admin_devices::admin_get_device),
        Operation::AdminGetUser => run(call, input, admin_users::admin_get_user),
        Operation::AdminLinkProviderForUser => {
            run(call, input, provider_links::admin_link_provider_for_user)
        }
        Operation::AdminGetUserAuthFactors => {
            run(call, input, auth_factors::admin_get_user_auth_factors)
        }
        Operation::AdminInitiateAuth => run(call, input, initiate_auth::admin_initiate_auth),
        Operation::AdminListDevices => run(call, input, admin_devices::admin_list_devices),
        Operation::AdminListGroupsForUser => {
            run(call, input, group_members::admin_list_groups_for_user)
        }
        Operation::AdminListUserAuthEvents => {
            run(call, input, auth_events::admin_list_user_auth_events)
        }
        Operation::AdminListUserSessions => {
            run(call, input, user_sessions::admin_list_user_sessions)
        }
        Operation::AdminRemoveUserFromGroup => {
            run(call, input, group_members::admin_remove_user_from_group)
        }
        Operation::AdminResetUserPassword => {
            run(call, input, admin_passwords::admin_reset_user_password)
        }
        Operation::AdminRespondToAuthChallenge => run(
            call,
            input,
            respond_to_auth_challenge::admin_respond_to_auth_challenge,
        ),
        Operation::AdminRevokeUserSession => {
            run(call, input, user_sessions::admin_revoke_user_session)
        }
        Operation::AdminSetUserMFAPreference => {
            run(call, input, mfa_preference::admin_set_user_mfa_preference)
        }
        Operation::AdminSetUserPassword => {
            run(call, input, admin_passwords::admin_set_user_password)
        }
        Operation::AdminSetUserSettings => {
            run(call, input, mfa_preference::admin_set_user_settings)
        }
        Operation::AdminUpdateAuthEventFeedback => {
            run(call, input, auth_events::admin_update_auth_event_feedback)
        }
        Operation::AdminUpdateDeviceStatus => {
            run(call, input, admin_devices::admin_update_device_status)
        }
        Operation::AdminUpdateUserAttributes => {
            run(call, input, admin_attributes::admin_update_user_attributes)
        }
        Operation::AdminUserGlobalSignOut => {
            run(call, input, admin_users::admin_user_global_sign_out)
        }
        Operation::AssociateSoftwareToken => {
            run(call, input, software_token::associate_software_token)
        }
        Operation::ChangePassword => run(call, input, change_password::change_password),
        Operation::CompleteWebAuthnRegistration => run(
            call,
            input,
            webauthn_credentials::complete_web_authn_registration,
        ),
        Operation::ConfirmDevice => run(call, input, devices::confirm_device),
        Operation::ConfirmForgotPassword => {
            run(call, input, forgot_password::confirm_forgot_password)
        }
        Operation::ConfirmSignUp => run(call, input, confirm_sign_up::confirm_sign_up),
        Operation::CreateGroup => run(call, input, groups::create_group),
        Operation::CreateIdentityProvider => {
            run(call, input, identity_providers::create_identity_provider)
        }
        Operation::CreateManagedLoginBranding => run(
            call,
            input,
            managed_login_branding::create_managed_login_branding,
        ),
        Operation::CreateResourceServer => {
            run(call, input, resource_servers::create_resource_server)
        }
        Operation::CreateTerms => run(call, input, terms::create_terms),
        Operation::CreateUserImportJob => run(call, input, user_import::create_user_import_job),
        Operation::CreateUserPool => run(call, input, user_pools::create_user_pool),
        Operation::CreateUserPoolClient => {
            run(call, input, user_pool_clients::create_user_pool_client)
        }
        Operation::CreateUserPoolDomain => {
            run(call, input, user_pool_domains::create_user_pool_domain)
        }
        Operation::CreateUserPoolReplica => {
            run(call, input, user_pool_replicas::create_user_pool_replica)
        }
        Operation::DeleteGroup => run(call, input, groups::delete_group),
        Operation::DeleteIdentityProvider => {
            run(call, input, identity_providers::delete_identity_provider)
        }
        Operation::DeleteManagedLoginBranding => run(
            call,
            input,
            managed_login_branding::delete_managed_login_branding,
        ),
        Operation::DeleteResourceServer => {
            run(call, input, resource_servers::delete_resource_server)
        }
        Operation::DeleteTerms => run(call, input, terms::delete_terms),
        Operation::DeleteUser => run(call, input, users::delete_user),
        Operation::DeleteUserAttributes => run(call, input, users::delete_user_attributes),
        Operation::DeleteUserPool => run(call, input, user_pools::delete_user_pool),
        Operation::DeleteUserPoolClient => {
            run(call, input, user_pool_clients::delete_user_pool_client)
        }
        Operation::DeleteUserPoolClientSecret => run(
            call,
            input,
            user_pool_client_secrets::delete_user_pool_client_secret,
        ),
        Operation::DeleteUserPoolDomain => {
            run(call, input, user_pool_domains::delete_user_pool_domain)
        }
        Operation::DeleteUserPoolReplica => {
            run(call, input, user_pool_replicas::delete_user_pool_replica)
        }
        Operation::DeleteWebAuthnCredential => run(
            call,
            input,
            webauthn_credentials::delete_web_authn_credential,
        ),
        Operation::DescribeIdentityProvider => {
            run(call, input, identity_providers::describe_identity_provider)
        }
        Operation::DescribeManagedLoginBranding => run(
            call,
            input,
            managed_login_branding::describe_managed_login_branding,
        ),
        Operation::DescribeManagedLoginBrandingByClient => run(
            call,
            input,
            managed_login_branding::describe_managed_login_branding_by_client,
        ),
        Operation::DescribeResourceServer => {
            run(call, input, resource_servers::describe_resource_server)
        }
        Operation::DescribeRiskConfiguration => {
            run(call, input, risk_configuration::describe_risk_configuration)
        }
        Operation::DescribeTerms => run(call, input, terms::describe_terms),
        Operation::DescribeTermsByClient => run(call, input, terms::describe_terms_by_client),
        Operation::DescribeUserImportJob => run(call, input, user_import::describe_user_import_job),
        Operation::DescribeUserPool => run(call, input, user_pools::describe_user_pool),
        Operation::DescribeUserPoolClient => {
            run(call, input, user_pool_clients::describe_user_pool_client)
        }
        Operation::DescribeUserPoolDomain => {
            run(call, input, user_pool_domains::describe_user_pool_domain)
        }
        Operation::ForgetDevice => run(call, input, devices::forget_device),
        Operation::ForgotPassword => run(call, input, forgot_password::forgot_password),
        Operation::GetCSVHeader => run(call, input, user_import::get_csv_header),
        Operation::GetClientToken => run(call, input, client_token::get_client_token),
        Operation::GetDerivedToken => run(call, input, derived_token::get_derived_token),
        Operation::GetDevice => run(call, input, devices::get_device),
        Operation::GetGroup => run(call, input, groups::get_group),
        Operation::GetIdentityProviderByIdentifier => run(
            call,
            input,
            identity_providers::get_identity_provider_by_identifier,
        ),
        Operation::GetLogDeliveryConfiguration => {
            run(call, input, log_delivery::get_log_delivery_configuration)
        }
        Operation::GetProvisionedLimit => {
            run(call, input, provisioned_limits::get_provisioned_limit)
        }
        Operation::GetSigningCertificate => {
            run(call, input, signing_certificate::get_signing_certificate)
        }
        Operation::GetUICustomization => run(call, input, ui_customization::get_ui_customization),
        Operation::GetTokensFromRefreshToken => {
            run(call, input, refresh_tokens::get_tokens_from_refresh_token)
        }
        Operation::GetUser => run(call, input, users::get_user),
        Operation::GetUserAttributeVerificationCode => run(
            call,
            input,
            verify_user_attribute::get_user_attribute_verification_code,
        ),
        Operation::GetUserAuthFactors => run(call, input, auth_factors::get_user_auth_factors),
        Operation::GetUserPoolClientSessionConfiguration => run(
            call,
            input,
            session_configuration::get_user_pool_client_session_configuration,
        ),
        Operation::GetUserPoolMfaConfig => {
            run(call, input, user_pool_mfa_config::get_user_pool_mfa_config)
        }
        Operation::GetUserPoolSessionConfiguration => run(
            call,
            input,
            session_configuration::get_user_pool_session_configuration,
        ),
        Operation::GlobalSignOut => run(call, input, sign_out::global_sign_out),
        Operation::InitiateAuth => run(call, input, initiate_auth::initiate_auth),
        Operation::ListDevices => run(call, input, devices::list_devices),
        Operation::ListGroups => run(call, input, groups::list_groups),
        Operation::ListIdentityProviders => {
            run(call, input, identity_providers::list_identity_providers)
        }
        Operation::ListResourceServers => run(call, input, resource_servers::list_resource_servers),
        Operation::ListTagsForResource => run(call, input, tags::list_tags_for_resource),
        Operation::ListTerms => run(call, input, terms::list_terms),
        Operation::ListUserImportJobs => run(call, input, user_import::list_user_import_jobs),
        Operation::ListUserPoolClientSecrets => run(
            call,
            input,
            user_pool_client_secrets::list_user_pool_client_secrets,
        ),
        Operation::ListUserPoolClients => {
            run(call, input, user_pool_clients::list_user_pool_clients)
        }
        Operation::ListUserPoolReplicas => {
            run(call, input, user_pool_replicas::list_user_pool_replicas)
        }
        Operation::ListUserPools => run(call, input, user_pools::list_user_pools),
        Operation::ListUserSessions => run(call, input, user_sessions::list_user_sessions),
        Operation::ListUsers => run(call, input, list_users::list_users),
        Operation::ListUsersInGroup => run(call, input, group_members::list_users_in_group),
        Operation::ListWebAuthnCredentials => run(
            call,
            input,
            webauthn_credentials::list_web_authn_credentials,
        ),
        Operation::ResendConfirmationCode => {
            run(call, input, confirm_sign_up::resend_confirmation_code)
        }
        Operation::RespondToAuthChallenge => run(
            call,
            input,
            respond_to_auth_challenge::respond_to_auth_challenge,
        ),
        Operation::RevokeToken => run(call, input, sign_out::revoke_token),
        Operation::RevokeUserSession => run(call, input, user_sessions::revoke_user_session),
        Operation::SetLogDeliveryConfiguration => {
            run(call, input, log_delivery::set_log_delivery_configuration)
        }
        Operation::SetRiskConfiguration => {
            run(call, input, risk_configuration::set_risk_configuration)
        }
        Operation::SetUICustomization => run(call, input, ui_customization::set_ui_customization),
        Operation::SetUserMFAPreference => {
            run(call, input, mfa_preference::set_user_mfa_preference)
        }
        Operation::SetUserPoolClientSessionConfiguration => run(
            call,
            input,
            session_configuration::set_user_pool_client_session_configuration,
        ),
        Operation::SetUserPoolMfaConfig => {
            run(call, input, user_pool_mfa_config::set_user_pool_mfa_config)
        }
        Operation::SetUserPoolSessionConfiguration => run(
            call,
            input,
            session_configuration::set_user_pool_session_configuration,
        ),
        Operation::SetUserSettings => run(call, input, mfa_preference::set_user_settings),
        Operation::SignUp => run(call, input, sign_up::sign_up),
        Operation::StartUserImportJob => run(call, input, user_import::start_user_import_job),
        Operation::StartWebAuthnRegistration => run(
            call,
            input,
            webauthn_credentials::start_web_authn_registration,
        ),
        Operation::StopUserImportJob => run(call, input, user_import::stop_user_import_job),
        Operation::TagResource => run(call, input, tags::tag_resource),
        Operation::UntagResource => run(call, input, tags::untag_resource),
        Operation::UpdateAuthEventFeedback => {
            run(call, input, auth_events::update_auth_event_feedback)
        }
        Operation::UpdateDeviceStatus => run(call, input, devices::update_device_status),
        Operation::UpdateGroup => run(call, input, groups::update_group),
        Operation::UpdateIdentityProvider => {
            run(call, input, identity_providers::update_identity_provider)
        }
        Operation::UpdateManagedLoginBranding => run(
            call,
            input,
            managed_login_branding::update_managed_login_branding,
        ),
        Operation::UpdateProvisionedLimit => {
            run(call, input, provisioned_limits::update_provisioned_limit)
        }
        Operation::UpdateResourceServer => {
            run(call, input, resource_servers::update_resource_server)
        }
        Operation::UpdateTerms => run(call, input, terms::update_terms),
        Operation::UpdateUserAttributes => run(call, input, users::update_user_attributes),
        Operation::UpdateUserPool => run(call, input, user_pools::update_user_pool),
        Operation::UpdateUserPoolClient => {
            run(call, input, user_pool_clients::update_user_pool_client)
        }
        Operation::UpdateUserPoolDomain => {
            run(call, input, user_pool_domains::update_user_pool_domain)
        }
        Operation::UpdateUserPoolReplica => {
            run(call, input, user_pool_replicas::update_user_pool_replica)
        }
        Operation::VerifySoftwareToken => run(call, input, software_token::verify_software_token),
        Operation::VerifyUserAttribute => {
            run(call, input, verify_user_attribute::verify_user_attribute)
        }
    }
}

fn run<I: DeserializeOwned, O: Serialize>(
    call: Call<'_>,
    input: Value,
    operation: impl FnOnce(Call<'_>, I) -> Result<O, Error>,
) -> Result<String, Error> {
    // The input is valid: only a disagreement between the model and its types could fail here.
    let input = serde_json::from_value(input)
        .map_err(|error| Error::new(ErrorCode::SerializationException, error.to_string()))?;
    let output = operation(call, input)?;
    serde_json::to_string(&output).map_err(|error| errors::internal(error.to_string()))
}

/// A null member is an absent one wherever it stands, as the JavaScript client sends `DEVICE_KEY`; in a list, where
/// nothing can be absent, it is left for validation to find.
fn remove_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(remove_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_nulls),
        _ => {}
    }
}
