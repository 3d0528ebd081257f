//! Where tokens are kept between visits, and under which keys.
//!
//! Keys, formats and the order of writes are those of `amazon-cognito-identity-js`, so that a user who
//! signed in with it stays signed in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::error::{Error, Failure};

/// A synchronous key-value store of texts.
pub trait Storage {
    /// Why a store fails.
    type Error: Failure;

    /// The value under a key.
    ///
    /// # Errors
    /// Whatever the store fails with.
    fn get(&self, key: &str) -> Result<Option<String>, Self::Error>;

    /// Puts a value under a key.
    ///
    /// # Errors
    /// Whatever the store fails with, for example because it is full.
    fn set(&self, key: &str, value: &str) -> Result<(), Self::Error>;

    /// Removes a key, which need not be there.
    ///
    /// # Errors
    /// Whatever the store fails with.
    fn remove(&self, key: &str) -> Result<(), Self::Error>;
}

impl<S: Storage> Storage for Arc<S> {
    type Error = S::Error;

    fn get(&self, key: &str) -> Result<Option<String>, S::Error> {
        (**self).get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), S::Error> {
        (**self).set(key, value)
    }

    fn remove(&self, key: &str) -> Result<(), S::Error> {
        (**self).remove(key)
    }
}

/// A store that lives as long as the value.
#[derive(Debug, Default)]
pub struct MemoryStorage {
    entries: Mutex<HashMap<String, String>>,
}

impl MemoryStorage {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Storage for MemoryStorage {
    type Error = Error;

    fn get(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(self.entries().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), Error> {
        self.entries().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Error> {
        self.entries().remove(key);
        Ok(())
    }
}

/// What is kept for a user, beside the client's one `LastAuthUser`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    IdToken,
    AccessToken,
    RefreshToken,
    /// Seconds, as text.
    ClockDrift,
    /// The answer of GetUser, as JSON.
    UserData,
    DeviceKey,
    RandomPassword,
    DeviceGroupKey,
}

impl Item {
    const fn suffix(self) -> &'static str {
        match self {
            Self::IdToken => ".idToken",
            Self::AccessToken => ".accessToken",
            Self::RefreshToken => ".refreshToken",
            Self::ClockDrift => ".clockDrift",
            Self::UserData => ".userData",
            Self::DeviceKey => ".deviceKey",
            Self::RandomPassword => ".randomPasswordKey",
            Self::DeviceGroupKey => ".deviceGroupKey",
        }
    }
}

/// The keys of one app client.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    prefix: String,
}

impl Keys {
    pub(crate) fn new(client_id: &str) -> Self {
        let prefix = ["CognitoIdentityServiceProvider.", client_id].concat();
        Self { prefix }
    }

    /// Who signed in last.
    pub(crate) fn last_user(&self) -> String {
        [&self.prefix, ".LastAuthUser"].concat()
    }

    pub(crate) fn of(&self, username: &str, item: Item) -> String {
        [&self.prefix, ".", username, item.suffix()].concat()
    }
}
