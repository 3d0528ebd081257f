//! The operations as their callers meet them, each over both stores. Expected texts are the service's own, as observed
//! from outside.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics fails, which is what it is for"
)]

mod authenticator;
mod device;
mod factors;
mod lambda;
mod stage;

mod account_recovery;
mod admin;
mod admin_sign_in;
mod attributes;
mod auth_event_feedback;
mod auth_events;
mod branding;
mod client_secrets;
mod client_tokens;
mod code_sign_in;
mod codes;
mod compromised_credentials;
mod custom_auth;
mod custom_auth_chains;
mod custom_auth_existence;
mod custom_auth_triggers;
mod derived_tokens;
mod device_sign_in;
mod devices;
mod existence;
mod groups;
mod identity_providers;
mod isolation;
mod list_users;
mod lockout;
mod log_delivery;
mod messages;
mod mfa;
mod mfa_preference;
mod mfa_setup;
mod migrations;
mod new_password;
mod passkey_sign_in;
mod passkeys;
mod password_policy;
mod passwordless;
mod pools_and_clients;
mod provider_links;
mod quotas;
mod refresh_tokens;
mod replicas_and_limits;
mod resource_servers;
mod risk_configuration;
mod risk_responses;
mod secret_hash;
mod seeds;
mod sign_in;
mod sign_up;
mod srp;
mod stores;
mod tags;
mod terms;
mod tokens;
mod transfer;
mod user_administration;
mod user_auth;
mod user_import;
mod user_pool_clients;
mod user_pool_domains;
mod user_pool_mfa_config;
mod user_pools;
mod user_sessions;
mod usernames;
mod verify_attribute;
