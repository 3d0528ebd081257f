//! `SECRET_HASH`: how an app client with a secret shows that it knows it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// Whether `hash` is base64(HMAC-SHA256(secret, username ‖ client id)). Takes the same time wherever they differ.
pub(crate) fn matches(secret: &str, username: &str, client_id: &str, hash: &str) -> bool {
    let Ok(hash) = STANDARD.decode(hash) else {
        return false;
    };
    // HMAC takes keys of any length: this cannot fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return false;
    };
    mac.update(username.as_bytes());
    mac.update(client_id.as_bytes());
    mac.verify_slice(&hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::matches;

    /// `printf '%s' jane1example23456789 | openssl dgst -sha256 -hmac 9example87654321 -binary | base64`
    const HASH: &str = "qJiLwAdxOM+g1KHTR+G5NDwisQ4Gs6tesBqAMlRO0N0=";

    #[test]
    fn agrees_with_openssl() {
        assert!(matches(
            "9example87654321",
            "jane",
            "1example23456789",
            HASH
        ));
    }

    #[test]
    fn depends_on_secret_name_and_client() {
        assert!(!matches(
            "9example87654322",
            "jane",
            "1example23456789",
            HASH
        ));
        assert!(!matches(
            "9example87654321",
            "june",
            "1example23456789",
            HASH
        ));
        assert!(!matches(
            "9example87654321",
            "jane",
            "1example23456780",
            HASH
        ));
        assert!(!matches(
            "9example87654321",
            "jane",
            "1example23456789",
            HASH.trim_end_matches('=')
        ));
        assert!(!matches("9example87654321", "jane", "1example23456789", ""));
    }
}
