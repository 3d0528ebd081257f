//! Secrets: not printed, and wiped from memory when dropped.

use std::fmt;

use zeroize::Zeroizing;

/// A password.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

/// What an authenticator application computes its codes from, in base32.
#[derive(Clone)]
pub struct SecretCode(Zeroizing<String>);

impl Password {
    /// The text itself.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl SecretCode {
    /// The text itself.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl From<String> for Password {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Password {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for SecretCode {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password([redacted])")
    }
}

impl fmt::Debug for SecretCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretCode([redacted])")
    }
}
