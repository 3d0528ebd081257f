//! The two documents by which others check a pool's tokens.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::keys::{PoolKeys, SigningKey};

/// `/<pool id>/.well-known/jwks.json`
pub(crate) fn jwks(keys: &PoolKeys) -> Value {
    json!({ "keys": [jwk(&keys.id), jwk(&keys.access)] })
}

/// `/<pool id>/.well-known/openid-configuration`
///
/// Of the service's document, the parts that this pool has: its issuer, its keys, and what its tokens are like.
pub(crate) fn openid_configuration(issuer: &str) -> Value {
    json!({
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "response_types_supported": ["code", "token"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    })
}

fn jwk(key: &SigningKey) -> Value {
    let (modulus, exponent) = key.public_numbers();
    json!({
        "alg": "RS256",
        "e": URL_SAFE_NO_PAD.encode(exponent),
        "kid": key.kid,
        "kty": "RSA",
        "n": URL_SAFE_NO_PAD.encode(modulus),
        "use": "sig",
    })
}
