//! Tokens and how long they are good for.

use std::fmt;

use cognito_srp::encoding::base64_decode_lenient;
use serde_json::Value;
use zeroize::Zeroize;

use crate::json::Json;

/// The tokens of one sign-in; wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tokens {
    /// Says who the user is; a JWT.
    pub id: String,
    /// Says what the user may do; a JWT.
    pub access: String,
    /// Buys new tokens; opaque, empty when there is none.
    pub refresh: String,
}

impl Tokens {
    /// Tokens from elsewhere; `refresh` may be empty.
    pub fn new(
        id: impl Into<String>,
        access: impl Into<String>,
        refresh: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            access: access.into(),
            refresh: refresh.into(),
        }
    }

    /// Whether an `AuthenticationResult` has the tokens that every sign-in and refresh brings.
    pub(crate) fn are_in<J: Json>(result: &J) -> bool {
        ["IdToken", "AccessToken"].iter().all(|key| {
            let token = result.text(key);
            token.is_some_and(|token| !token.is_empty())
        })
    }

    /// Reads `AuthenticationResult`; a refresh token that it does not bring stays empty.
    pub(crate) fn from_result<J: Json>(result: &J) -> Self {
        let text = |key| result.text(key).unwrap_or_default();
        Self {
            id: text("IdToken"),
            access: text("AccessToken"),
            refresh: text("RefreshToken"),
        }
    }
}

impl Drop for Tokens {
    fn drop(&mut self) {
        let Self {
            id,
            access,
            refresh,
        } = self;
        id.zeroize();
        access.zeroize();
        refresh.zeroize();
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens([redacted])")
    }
}

/// The payload of a JWT as bytes of JSON. Nothing is verified: that is for whoever receives the token.
pub(crate) fn payload(jwt: &str) -> Vec<u8> {
    base64_decode_lenient(jwt.split('.').nth(1).unwrap_or_default())
}

/// How far the local clock is ahead of the service's, in seconds, taken from when the tokens were
/// issued. NaN if they do not say, in which case they are never valid.
pub(crate) fn clock_drift(now: f64, access_issued_at: f64, id_issued_at: f64) -> f64 {
    if access_issued_at.is_nan() || id_issued_at.is_nan() {
        return f64::NAN;
    }
    now - access_issued_at.min(id_issued_at)
}

/// Whether both tokens are still good at `now` (seconds of the local clock).
pub(crate) fn is_valid(now: f64, drift: f64, access_expires: f64, id_expires: f64) -> bool {
    let adjusted = now - drift;
    adjusted < access_expires && adjusted < id_expires
}

/// A user's tokens with the clock drift that belongs to them.
#[derive(Clone, Debug)]
pub struct Session {
    tokens: Tokens,
    clock_drift: f64,
}

impl Session {
    /// Tokens that have just been issued.
    pub(crate) fn issued(tokens: Tokens, now_millis: i64) -> Self {
        let claim = |jwt| number(&claims(jwt), "iat");
        let clock_drift = clock_drift(
            seconds(now_millis),
            claim(&tokens.access),
            claim(&tokens.id),
        );
        Self {
            tokens,
            clock_drift,
        }
    }

    /// Tokens from storage.
    pub(crate) fn stored(tokens: Tokens, clock_drift: f64) -> Self {
        Self {
            tokens,
            clock_drift,
        }
    }

    /// The tokens.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// The claims of the ID token, an empty object if it cannot be read. **Not verified**: a service that
    /// receives the token does that.
    pub fn claims(&self) -> Value {
        claims(&self.tokens.id)
    }

    /// Whether the service can end this session by its refresh token alone: tokens of a client without
    /// token revocation say nothing of where they came from.
    pub(crate) fn is_revocable(&self) -> bool {
        let origin = claims(&self.tokens.access).text("origin_jti");
        origin.is_some() && !self.tokens.refresh.is_empty()
    }

    /// How far the local clock is ahead of the service's, in seconds.
    pub fn clock_drift(&self) -> f64 {
        self.clock_drift
    }

    /// Whether both tokens are good at this Unix time in milliseconds.
    pub fn is_valid_at(&self, now_millis: i64) -> bool {
        let expires = |jwt| number(&claims(jwt), "exp");
        let (access, id) = (expires(&self.tokens.access), expires(&self.tokens.id));
        is_valid(seconds(now_millis), self.clock_drift, access, id)
    }
}

fn claims(jwt: &str) -> Value {
    serde_json::from_slice(&payload(jwt)).unwrap_or_else(|_| Value::object())
}

fn number(claims: &Value, key: &str) -> f64 {
    claims.get(key).and_then(Value::as_f64).unwrap_or(f64::NAN)
}

/// Whole Unix seconds.
fn seconds(millis: i64) -> f64 {
    millis.div_euclid(1000) as f64
}
