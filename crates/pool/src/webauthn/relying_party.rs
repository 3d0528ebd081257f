//! Whom a passkey is for.

use cognito_idp::{
    Error, ErrorCode,
    types::{AuthFactorType, UserVerificationType, WebAuthnFactorConfigurationType},
};
use sha2::{Digest as _, Sha256};

use crate::{first_factor, pool::Pool};

/// A user pool as passkeys know it.
pub(crate) struct RelyingParty {
    /// A domain.
    pub id: String,
    pub user_verification: UserVerificationType,
    /// Whether a passkey, which somebody has, and the verification of who uses it stand for two factors.
    pub passkeys_are_two_factors: bool,
}

impl RelyingParty {
    /// # Errors
    ///
    /// `WebAuthnNotEnabledException` if the pool does not let users sign in with passkeys,
    /// `WebAuthnConfigurationMissingException` if nobody has said for which domain they are.
    pub fn of(pool: &Pool) -> Result<Self, Error> {
        if !first_factor::offers(pool, AuthFactorType::WebAuthn) {
            // The service's texts are not known.
            return Err(Error::new(
                ErrorCode::WebAuthnNotEnabledException,
                "WebAuthn is not enabled for the user pool.",
            ));
        }
        let settings = pool.factors.web_authn.as_ref();
        let id = settings.and_then(|settings| settings.relying_party_id.clone());
        let id = id.ok_or_else(|| {
            Error::new(
                ErrorCode::WebAuthnConfigurationMissingException,
                "The user pool has no relying party ID.",
            )
        })?;
        let user_verification = settings.and_then(|settings| settings.user_verification);
        let passkeys_are_two_factors = settings.and_then(|settings| settings.factor_configuration)
            == Some(WebAuthnFactorConfigurationType::MultiFactorWithUserVerification);
        Ok(Self {
            id,
            user_verification: if passkeys_are_two_factors {
                UserVerificationType::Required
            } else {
                user_verification.unwrap_or(UserVerificationType::Preferred)
            },
            passkeys_are_two_factors,
        })
    }

    /// What an authenticator signs in the place of the id.
    pub fn id_hash(&self) -> [u8; 32] {
        Sha256::digest(&self.id).into()
    }

    /// Whether pages of this origin speak for the domain: its own and its subdomains', by HTTPS. Browsers hold
    /// `localhost` for as safe without.
    pub fn allows(&self, origin: &str) -> bool {
        let authority = match origin.strip_prefix("https://") {
            Some(authority) => authority,
            None => match origin.strip_prefix("http://") {
                Some(authority) if self.id == "localhost" => authority,
                _ => return false,
            },
        };
        let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
        let is_port = !port.is_empty() && port.bytes().all(|digit| digit.is_ascii_digit());
        let is_ours = host == self.id
            || host
                .strip_suffix(&self.id)
                .and_then(|sub| sub.strip_suffix('.'))
                .is_some_and(is_subdomain);
        is_port && is_ours
    }
}

fn is_subdomain(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::{RelyingParty, UserVerificationType};

    fn allows(id: &str, origin: &str) -> bool {
        let party = RelyingParty {
            id: id.to_owned(),
            user_verification: UserVerificationType::Preferred,
            passkeys_are_two_factors: false,
        };
        party.allows(origin)
    }

    #[test]
    fn other_domains_are_refused() {
        for origin in [
            "http://example.com",
            "https://evilexample.com",
            "https://example.com.evil.net",
            "https://evil.net/.example.com",
            "https://evil.net#.example.com",
            "https://user@example.com",
            "https://.example.com",
            "https://example.com:",
            "https://example.com:80x",
            "https://com",
            "ftp://example.com",
            "android:apk-key-hash:example.com",
            "null",
            "",
        ] {
            assert!(!allows("example.com", origin), "{origin}");
        }
        assert!(!allows("localhost", "http://localhost.evil.net"));
    }

    #[test]
    fn a_domain_and_its_subdomains_are_one_party() {
        assert!(allows("example.com", "https://example.com"));
        assert!(allows("example.com", "https://auth.eu-1.example.com:8443"));
        assert!(allows("localhost", "http://localhost:3000"));
        assert!(allows("localhost", "https://localhost"));
    }
}
