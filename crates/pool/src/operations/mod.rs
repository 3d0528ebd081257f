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

pub(crate) use confirm_sign_up::confirm_by_link;
pub(crate) use seed::seed;

/// One line for each operation of the model; one that is missing does not compile.
macro_rules! dispatch {
    ($operation:ident($call:ident, $input:ident): $($name:ident => $function:path,)*) => {
        match $operation {
            $(Operation::$name => run($call, $input, $function),)*
        }
    };
}

/// Validates the input and lets the operation's own function answer it, in JSON.
pub(crate) fn handle(
    call: Call<'_>,
    operation: Operation,
    mut input: Value,
) -> Result<String, Error> {
    remove_nulls(&mut input);
    validate(operation, &input)?;
    dispatch! { operation(call, input):
        AddCustomAttributes => user_pools::add_custom_attributes,
        AddUserPoolClientSecret => user_pool_client_secrets::add_user_pool_client_secret,
        AdminAddUserToGroup => group_members::admin_add_user_to_group,
        AdminConfirmSignUp => confirm_sign_up::admin_confirm_sign_up,
        AdminCreateUser => admin_create_user::admin_create_user,
        AdminDeleteSoftwareToken => software_token::admin_delete_software_token,
        AdminDeleteUser => admin_users::admin_delete_user,
        AdminDeleteUserAttributes => admin_attributes::admin_delete_user_attributes,
        AdminDisableProviderForUser => provider_links::admin_disable_provider_for_user,
        AdminDisableUser => admin_users::admin_disable_user,
        AdminEnableUser => admin_users::admin_enable_user,
        AdminForgetDevice => admin_devices::admin_forget_device,
        AdminGetDevice => admin_devices::admin_get_device,
        AdminGetUser => admin_users::admin_get_user,
        AdminGetUserAuthFactors => auth_factors::admin_get_user_auth_factors,
        AdminInitiateAuth => initiate_auth::admin_initiate_auth,
        AdminLinkProviderForUser => provider_links::admin_link_provider_for_user,
        AdminListDevices => admin_devices::admin_list_devices,
        AdminListGroupsForUser => group_members::admin_list_groups_for_user,
        AdminListUserAuthEvents => auth_events::admin_list_user_auth_events,
        AdminListUserSessions => user_sessions::admin_list_user_sessions,
        AdminRemoveUserFromGroup => group_members::admin_remove_user_from_group,
        AdminResetUserPassword => admin_passwords::admin_reset_user_password,
        AdminRespondToAuthChallenge => respond_to_auth_challenge::admin_respond_to_auth_challenge,
        AdminRevokeUserSession => user_sessions::admin_revoke_user_session,
        AdminSetUserMFAPreference => mfa_preference::admin_set_user_mfa_preference,
        AdminSetUserPassword => admin_passwords::admin_set_user_password,
        AdminSetUserSettings => mfa_preference::admin_set_user_settings,
        AdminUpdateAuthEventFeedback => auth_events::admin_update_auth_event_feedback,
        AdminUpdateDeviceStatus => admin_devices::admin_update_device_status,
        AdminUpdateUserAttributes => admin_attributes::admin_update_user_attributes,
        AdminUserGlobalSignOut => admin_users::admin_user_global_sign_out,
        AssociateSoftwareToken => software_token::associate_software_token,
        ChangePassword => change_password::change_password,
        CompleteWebAuthnRegistration => webauthn_credentials::complete_web_authn_registration,
        ConfirmDevice => devices::confirm_device,
        ConfirmForgotPassword => forgot_password::confirm_forgot_password,
        ConfirmSignUp => confirm_sign_up::confirm_sign_up,
        CreateGroup => groups::create_group,
        CreateIdentityProvider => identity_providers::create_identity_provider,
        CreateManagedLoginBranding => managed_login_branding::create_managed_login_branding,
        CreateResourceServer => resource_servers::create_resource_server,
        CreateTerms => terms::create_terms,
        CreateUserImportJob => user_import::create_user_import_job,
        CreateUserPool => user_pools::create_user_pool,
        CreateUserPoolClient => user_pool_clients::create_user_pool_client,
        CreateUserPoolDomain => user_pool_domains::create_user_pool_domain,
        CreateUserPoolReplica => user_pool_replicas::create_user_pool_replica,
        DeleteGroup => groups::delete_group,
        DeleteIdentityProvider => identity_providers::delete_identity_provider,
        DeleteManagedLoginBranding => managed_login_branding::delete_managed_login_branding,
        DeleteResourceServer => resource_servers::delete_resource_server,
        DeleteTerms => terms::delete_terms,
        DeleteUser => users::delete_user,
        DeleteUserAttributes => users::delete_user_attributes,
        DeleteUserPool => user_pools::delete_user_pool,
        DeleteUserPoolClient => user_pool_clients::delete_user_pool_client,
        DeleteUserPoolClientSecret => user_pool_client_secrets::delete_user_pool_client_secret,
        DeleteUserPoolDomain => user_pool_domains::delete_user_pool_domain,
        DeleteUserPoolReplica => user_pool_replicas::delete_user_pool_replica,
        DeleteWebAuthnCredential => webauthn_credentials::delete_web_authn_credential,
        DescribeIdentityProvider => identity_providers::describe_identity_provider,
        DescribeManagedLoginBranding => managed_login_branding::describe_managed_login_branding,
        DescribeManagedLoginBrandingByClient => managed_login_branding::describe_managed_login_branding_by_client,
        DescribeResourceServer => resource_servers::describe_resource_server,
        DescribeRiskConfiguration => risk_configuration::describe_risk_configuration,
        DescribeTerms => terms::describe_terms,
        DescribeTermsByClient => terms::describe_terms_by_client,
        DescribeUserImportJob => user_import::describe_user_import_job,
        DescribeUserPool => user_pools::describe_user_pool,
        DescribeUserPoolClient => user_pool_clients::describe_user_pool_client,
        DescribeUserPoolDomain => user_pool_domains::describe_user_pool_domain,
        ForgetDevice => devices::forget_device,
        ForgotPassword => forgot_password::forgot_password,
        GetCSVHeader => user_import::get_csv_header,
        GetClientToken => client_token::get_client_token,
        GetDerivedToken => derived_token::get_derived_token,
        GetDevice => devices::get_device,
        GetGroup => groups::get_group,
        GetIdentityProviderByIdentifier => identity_providers::get_identity_provider_by_identifier,
        GetLogDeliveryConfiguration => log_delivery::get_log_delivery_configuration,
        GetProvisionedLimit => provisioned_limits::get_provisioned_limit,
        GetSigningCertificate => signing_certificate::get_signing_certificate,
        GetTokensFromRefreshToken => refresh_tokens::get_tokens_from_refresh_token,
        GetUICustomization => ui_customization::get_ui_customization,
        GetUser => users::get_user,
        GetUserAttributeVerificationCode => verify_user_attribute::get_user_attribute_verification_code,
        GetUserAuthFactors => auth_factors::get_user_auth_factors,
        GetUserPoolClientSessionConfiguration => session_configuration::get_user_pool_client_session_configuration,
        GetUserPoolMfaConfig => user_pool_mfa_config::get_user_pool_mfa_config,
        GetUserPoolSessionConfiguration => session_configuration::get_user_pool_session_configuration,
        GlobalSignOut => sign_out::global_sign_out,
        InitiateAuth => initiate_auth::initiate_auth,
        ListDevices => devices::list_devices,
        ListGroups => groups::list_groups,
        ListIdentityProviders => identity_providers::list_identity_providers,
        ListResourceServers => resource_servers::list_resource_servers,
        ListTagsForResource => tags::list_tags_for_resource,
        ListTerms => terms::list_terms,
        ListUserImportJobs => user_import::list_user_import_jobs,
        ListUserPoolClientSecrets => user_pool_client_secrets::list_user_pool_client_secrets,
        ListUserPoolClients => user_pool_clients::list_user_pool_clients,
        ListUserPoolReplicas => user_pool_replicas::list_user_pool_replicas,
        ListUserPools => user_pools::list_user_pools,
        ListUserSessions => user_sessions::list_user_sessions,
        ListUsers => list_users::list_users,
        ListUsersInGroup => group_members::list_users_in_group,
        ListWebAuthnCredentials => webauthn_credentials::list_web_authn_credentials,
        ResendConfirmationCode => confirm_sign_up::resend_confirmation_code,
        RespondToAuthChallenge => respond_to_auth_challenge::respond_to_auth_challenge,
        RevokeToken => sign_out::revoke_token,
        RevokeUserSession => user_sessions::revoke_user_session,
        SetLogDeliveryConfiguration => log_delivery::set_log_delivery_configuration,
        SetRiskConfiguration => risk_configuration::set_risk_configuration,
        SetUICustomization => ui_customization::set_ui_customization,
        SetUserMFAPreference => mfa_preference::set_user_mfa_preference,
        SetUserPoolClientSessionConfiguration => session_configuration::set_user_pool_client_session_configuration,
        SetUserPoolMfaConfig => user_pool_mfa_config::set_user_pool_mfa_config,
        SetUserPoolSessionConfiguration => session_configuration::set_user_pool_session_configuration,
        SetUserSettings => mfa_preference::set_user_settings,
        SignUp => sign_up::sign_up,
        StartUserImportJob => user_import::start_user_import_job,
        StartWebAuthnRegistration => webauthn_credentials::start_web_authn_registration,
        StopUserImportJob => user_import::stop_user_import_job,
        TagResource => tags::tag_resource,
        UntagResource => tags::untag_resource,
        UpdateAuthEventFeedback => auth_events::update_auth_event_feedback,
        UpdateDeviceStatus => devices::update_device_status,
        UpdateGroup => groups::update_group,
        UpdateIdentityProvider => identity_providers::update_identity_provider,
        UpdateManagedLoginBranding => managed_login_branding::update_managed_login_branding,
        UpdateProvisionedLimit => provisioned_limits::update_provisioned_limit,
        UpdateResourceServer => resource_servers::update_resource_server,
        UpdateTerms => terms::update_terms,
        UpdateUserAttributes => users::update_user_attributes,
        UpdateUserPool => user_pools::update_user_pool,
        UpdateUserPoolClient => user_pool_clients::update_user_pool_client,
        UpdateUserPoolDomain => user_pool_domains::update_user_pool_domain,
        UpdateUserPoolReplica => user_pool_replicas::update_user_pool_replica,
        VerifySoftwareToken => software_token::verify_software_token,
        VerifyUserAttribute => verify_user_attribute::verify_user_attribute,
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
