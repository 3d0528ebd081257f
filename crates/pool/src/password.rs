//! What is kept of a password: an SRP verifier with its salt. The password itself never is.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cognito_idp::Error;
use cognito_srp::{Credentials, Verifier};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{errors, pool::Pool, random::Random};

/// The length that the service's salts have.
const SALT_BYTES: usize = 16;

/// A password's verifier, bound to the pool and to the user's name; or a device's, bound to the device's keys.
#[derive(Clone, Debug)]
pub(crate) struct Password(Verifier);

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
            .map(Self)
            .map_err(|_| errors::invalid_parameter("Invalid device secret verifier given."))
    }

    fn with_salt(salt: &[u8], pool: &Pool, username: &str, password: &str) -> Result<Self, Error> {
        Verifier::from_password(credentials(pool, username, password), salt)
            .map(Self)
            .map_err(|error| errors::internal(error.to_string()))
    }

    /// Whether this is the password. Takes as long as [`new`](Self::new), and the same time whatever the answer.
    pub fn matches(&self, pool: &Pool, username: &str, password: &str) -> bool {
        self.0.matches(credentials(pool, username, password))
    }

    pub fn verifier(&self) -> &Verifier {
        &self.0
    }

    /// Whether both were made in the same call, for the same password.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.0.salt() == other.0.salt()
    }
}

fn credentials<'a>(pool: &'a Pool, username: &'a str, password: &'a str) -> Credentials<'a> {
    Credentials {
        group: pool.srp_name(),
        identity: username,
        password,
    }
}

/// In the store: salt and verifier in base64.
#[derive(Serialize, Deserialize)]
struct Stored {
    salt: String,
    verifier: String,
}

impl Serialize for Password {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stored = Stored {
            salt: STANDARD.encode(self.0.salt()),
            verifier: STANDARD.encode(self.0.to_bytes()),
        };
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        let salt = STANDARD.decode(stored.salt).map_err(D::Error::custom)?;
        let verifier = STANDARD.decode(stored.verifier).map_err(D::Error::custom)?;
        Verifier::from_parts(&salt, &verifier)
            .map(Self)
            .map_err(D::Error::custom)
    }
}
