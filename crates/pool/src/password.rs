//! What is kept of a password: an SRP verifier with its salt. The password itself never is.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::{Error, Sensitive};
use cognito_srp::{Credentials, Verifier};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{errors, pool::Pool, random::Random};

/// The length that the service's salts have.
const SALT_BYTES: usize = 16;

/// A password's verifier, bound to the pool and to the user's name; or a device's, bound to the device's keys.
///
/// As it is stored, and no number yet: most of those who read a user do not look at the password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Password {
    /// Base64.
    salt: String,
    /// Base64, too.
    verifier: Sensitive,
}

impl Password {
    /// Takes one modular exponentiation: about half a millisecond.
    pub fn new(
        random: &Random,
        pool: &Pool,
        username: &str,
        password: &str,
    ) -> Result<Self, Error> {
        Self::with_salt(&random.bytes::<SALT_BYTES>(), pool, username, password)
    }

    /// What a device has sent in the place of its own password, both in base64.
    ///
    /// # Errors
    ///
    /// `InvalidParameterException` if it is none: anybody could prove anything to it.
    pub fn of_device(salt: &str, verifier: &str) -> Result<Self, Error> {
        // The service's text is not known.
        Verifier::from_device(salt, verifier)
            .map(Self::from)
            .map_err(|_| errors::invalid_parameter("Invalid device secret verifier given."))
    }

    fn with_salt(salt: &[u8], pool: &Pool, username: &str, password: &str) -> Result<Self, Error> {
        Verifier::from_password(credentials(pool, username, password), salt)
            .map(Self::from)
            .map_err(|error| errors::internal(error.to_string()))
    }

    /// Whether this is the password. Takes as long as [`new`](Self::new), and the same time whatever the answer.
    pub fn matches(&self, pool: &Pool, username: &str, password: &str) -> bool {
        self.verifier()
            .is_ok_and(|verifier| verifier.matches(credentials(pool, username, password)))
    }

    /// # Errors
    ///
    /// `InternalErrorException` if what is stored is damaged.
    pub fn verifier(&self) -> Result<Verifier, Error> {
        let damaged = || errors::internal("A password's verifier in the store is damaged");
        let salt = STANDARD.decode(&self.salt).map_err(|_| damaged())?;
        let verifier = STANDARD.decode(&*self.verifier).map_err(|_| damaged())?;
        Verifier::from_parts(&salt, &Zeroizing::new(verifier)).map_err(|_| damaged())
    }

    /// Whether both were made in the same call, for the same password.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.salt == other.salt
    }
}

fn credentials<'a>(pool: &'a Pool, username: &'a str, password: &'a str) -> Credentials<'a> {
    Credentials {
        group: pool.srp_name(),
        identity: username,
        password,
    }
}

impl From<Verifier> for Password {
    fn from(verifier: Verifier) -> Self {
        Self {
            salt: STANDARD.encode(verifier.salt()),
            verifier: STANDARD.encode(verifier.to_bytes()).into(),
        }
    }
}
