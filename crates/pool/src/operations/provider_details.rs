//! What each type of identity provider must be told, and what is added to it.

use std::collections::BTreeMap;

use cognito_idp::{
    Error,
    types::IdentityProviderTypeType::{
        self as Type, Facebook, Google, LoginWithAmazon, Oidc, Saml, SignInWithApple,
    },
};

use crate::errors;

/// Facebook's version of its API where none is asked for. (No source tells the service's own.)
const FACEBOOK_VERSION: &str = "v17.0";

/// Checks that a provider of a public network is called by its name.
///
/// # Errors
///
/// `InvalidParameterException` if it is not.
pub(super) fn check_name(name: &str, kind: Type) -> Result<(), Error> {
    // The pool's own users are called COGNITO where providers are listed.
    if !matches!(kind, Oidc | Saml) && name != kind.as_str() || name == "COGNITO" {
        return Err(errors::invalid_parameter(format!(
            "Provider {name} cannot be of type {kind}."
        )));
    }
    Ok(())
}

/// The provider's attribute that tells its users apart, if the type decides that.
pub(super) fn user_id(kind: Type) -> Option<&'static str> {
    match kind {
        Google | SignInWithApple | Oidc => Some("sub"),
        Facebook => Some("id"),
        LoginWithAmazon => Some("user_id"),
        Saml => None,
    }
}

/// What was given, with what the service knows about the type.
///
/// # Errors
///
/// `InvalidParameterException` if something is missing or wrong.
pub(super) fn complete(
    kind: Type,
    mut details: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Error> {
    check(kind, &details)?;
    for (name, value) in known(kind, &details) {
        details.entry(name.to_owned()).or_insert(value);
    }
    Ok(details)
}

fn check(kind: Type, details: &BTreeMap<String, String>) -> Result<(), Error> {
    let has = |name: &&str| details.get(*name).is_some_and(|value| !value.is_empty());
    let require = |names: &[&str], text: &str| {
        if names.iter().all(has) {
            Ok(())
        } else {
            Err(errors::invalid_parameter(text))
        }
    };
    match kind {
        Google | Facebook | LoginWithAmazon => require(
            &["client_id", "client_secret", "authorize_scopes"],
            "clientId, clientSecret and authorizeScopes are all required idp details.",
        ),
        SignInWithApple => require(
            &["client_id", "private_key", "team_id", "key_id"],
            "clientId, privateKey, teamId, and keyId are all required idp details.",
        ),
        Oidc => {
            require(
                &[
                    "client_id",
                    "authorize_scopes",
                    "oidc_issuer",
                    "attributes_request_method",
                ],
                "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.",
            )?;
            check_oidc(details)
        }
        Saml => match (has(&"MetadataURL"), has(&"MetadataFile")) {
            (false, false) => Err(errors::invalid_parameter(
                "At least one of the MetadataURL or MetadataFile should be provided.",
            )),
            (true, true) => Err(errors::invalid_parameter(
                "Only one of the MetadataURL or MetadataFile should be provided.",
            )),
            _ => Ok(()),
        },
    }
}

fn check_oidc(details: &BTreeMap<String, String>) -> Result<(), Error> {
    const ADDRESSES: [&str; 5] = [
        "oidc_issuer",
        "authorize_url",
        "token_url",
        "attributes_url",
        "jwks_uri",
    ];
    let mut addresses = ADDRESSES.iter().filter_map(|name| details.get(*name));
    if addresses.any(|address| !address.starts_with("https://")) {
        return Err(errors::invalid_parameter(
            "OIDC endpoint must start with https://",
        ));
    }
    let method = details.get("attributes_request_method").map(String::as_str);
    if !matches!(method, Some("GET" | "POST")) {
        return Err(errors::invalid_parameter(format!(
            "1 validation error detected: Value '{}' at 'attributesRequestMethod' failed to satisfy constraint: \
             Member must satisfy enum value set: [POST, GET]",
            method.unwrap_or_default()
        )));
    }
    Ok(())
}

/// What answers show beside what was given, as the API's reference lists it.
fn known(kind: Type, details: &BTreeMap<String, String>) -> Vec<(&'static str, String)> {
    let fixed = |pairs: &[(&'static str, &str)]| {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect()
    };
    match kind {
        Google => fixed(&[
            (
                "attributes_url",
                "https://people.googleapis.com/v1/people/me?personFields=",
            ),
            ("attributes_url_add_attributes", "true"),
            (
                "authorize_url",
                "https://accounts.google.com/o/oauth2/v2/auth",
            ),
            ("oidc_issuer", "https://accounts.google.com"),
            ("token_request_method", "POST"),
            ("token_url", "https://www.googleapis.com/oauth2/v4/token"),
        ]),
        Facebook => {
            let version = details
                .get("api_version")
                .map_or(FACEBOOK_VERSION, String::as_str);
            vec![
                ("api_version", version.to_owned()),
                (
                    "attributes_url",
                    format!("https://graph.facebook.com/{version}/me?fields="),
                ),
                ("attributes_url_add_attributes", "true".to_owned()),
                (
                    "authorize_url",
                    format!("https://www.facebook.com/{version}/dialog/oauth"),
                ),
                ("token_request_method", "GET".to_owned()),
                (
                    "token_url",
                    format!("https://graph.facebook.com/{version}/oauth/access_token"),
                ),
            ]
        }
        LoginWithAmazon => fixed(&[
            ("attributes_url", "https://api.amazon.com/user/profile"),
            ("attributes_url_add_attributes", "false"),
            ("authorize_url", "https://www.amazon.com/ap/oa"),
            ("token_request_method", "POST"),
            ("token_url", "https://api.amazon.com/auth/o2/token"),
        ]),
        SignInWithApple => fixed(&[
            ("attributes_url_add_attributes", "false"),
            ("authorize_url", "https://appleid.apple.com/auth/authorize"),
            ("oidc_issuer", "https://appleid.apple.com"),
            ("token_request_method", "POST"),
            ("token_url", "https://appleid.apple.com/auth/token"),
        ]),
        Oidc => fixed(&[("attributes_url_add_attributes", "false")]),
        Saml => Vec::new(),
    }
}
