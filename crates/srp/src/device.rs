//! A remembered device: it proves itself by SRP too, with a secret of its own.

use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use crate::credentials::Credentials;
use crate::encoding::{base64_encode, pad_hex};
use crate::error::SrpError;
use crate::server::Verifier;

/// What `ConfirmDevice` sends, and the secret that the device keeps.
pub struct DeviceVerifier {
    /// The device's password for all later sign-ins: base64 of its 40 random bytes, 56 characters. Secret.
    pub password: Zeroizing<String>,
    /// `Salt`: base64 of the salt as a padded number.
    pub salt: String,
    /// `PasswordVerifier`: base64 of v as a padded number.
    pub verifier: String,
}

/// Makes the verifier of a new device from 40 and 16 fresh random bytes.
///
/// # Errors
/// None for these lengths; the type is [`Verifier::from_password`]'s.
pub fn device_verifier(
    group_key: &str,
    device_key: &str,
    random_password: &[u8; 40],
    salt: &[u8; 16],
) -> Result<DeviceVerifier, SrpError> {
    let password = Zeroizing::new(base64_encode(random_password));
    let credentials = Credentials {
        group: group_key,
        identity: device_key,
        password: &password,
    };
    let verifier = Verifier::from_password(credentials, salt)?;
    Ok(DeviceVerifier {
        salt: base64_encode(&pad_hex(false, salt)),
        verifier: base64_encode(&pad_hex(false, &verifier.to_bytes())),
        password,
    })
}

impl fmt::Debug for DeviceVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceVerifier").finish_non_exhaustive()
    }
}
