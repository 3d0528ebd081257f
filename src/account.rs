//! One user of one app client: what is known of them, in memory and in storage.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::json::Json;
use crate::session::Tokens;
use crate::storage::{Item, Keys, Storage};

/// The state that flows read and change. All methods take `&self` and no lock is held while storage is
/// used, which may be application code that calls back into the same account.
pub(crate) struct Account<S> {
    client_id: String,
    pool_name: String,
    keys: Keys,
    storage: S,
    fields: Mutex<Fields>,
}

/// The part that changes.
#[derive(Default)]
pub(crate) struct Fields {
    /// As typed; after SRP the service's name for the user.
    pub(crate) username: Option<String>,
    /// Of the challenge that waits for an answer.
    pub(crate) session: Option<String>,
    /// Of the device that is remembered for the user.
    pub(crate) device_key: Option<String>,
}

/// What storage holds of a session.
pub(crate) struct StoredTokens {
    pub(crate) tokens: Tokens,
    pub(crate) clock_drift: Option<String>,
}

impl<S> Account<S> {
    pub(crate) fn new(client_id: String, pool_name: String, username: String, storage: S) -> Self {
        let fields = Fields {
            username: Some(username),
            ..Fields::default()
        };
        let keys = Keys::new(&client_id);
        Self {
            client_id,
            pool_name,
            keys,
            storage,
            fields: Mutex::new(fields),
        }
    }

    pub(crate) fn client_id(&self) -> &str {
        &self.client_id
    }

    pub(crate) fn pool_name(&self) -> &str {
        &self.pool_name
    }

    pub(crate) fn storage(&self) -> &S {
        &self.storage
    }

    /// The name, or an empty text where it was taken away.
    pub(crate) fn username(&self) -> String {
        self.fields().username.clone().unwrap_or_default()
    }

    /// The name as a value of a request; `None` where it was taken away.
    pub(crate) fn username_value<J: Json>(&self) -> Option<J> {
        self.fields().username.as_deref().map(J::string)
    }

    /// The device key as a value of a request.
    pub(crate) fn device_key_value<J: Json>(&self) -> Option<J> {
        self.fields().device_key.as_deref().map(J::string)
    }

    /// Guards the fields; never held across a call of storage.
    pub(crate) fn fields(&self) -> MutexGuard<'_, Fields> {
        self.fields.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key of one of this user's items.
    pub(crate) fn key(&self, item: Item) -> String {
        self.keys.of(&self.username(), item)
    }
}

impl<S: Storage> Account<S> {
    fn load(&self, item: Item) -> Result<Option<String>, S::Error> {
        self.storage.get(&self.key(item))
    }

    /// Takes over the device that storage has for the user, if any.
    pub(crate) fn load_device(&self) -> Result<(), S::Error> {
        let key = self.load(Item::DeviceKey)?.filter(|key| !key.is_empty());
        if key.is_some() {
            self.fields().device_key = key;
        }
        Ok(())
    }

    /// The service no longer knows the device.
    pub(crate) fn forget_device(&self) -> Result<(), S::Error> {
        self.fields().device_key = None;
        self.remove(
            &[Item::DeviceKey, Item::RandomPassword, Item::DeviceGroupKey],
            &[],
        )
    }

    /// Where storage keeps the device key that a refresh sends; `None` while nobody is signed in there.
    ///
    /// Upstream becomes the user who signed in last at this point, and then refreshes one user's tokens
    /// under another's name. Here only a user whose name was taken away does.
    pub(crate) fn device_to_refresh(&self) -> Result<Option<String>, S::Error> {
        let last_user = self.storage.get(&self.keys.last_user())?;
        let Some(last_user) = last_user.filter(|username| !username.is_empty()) else {
            return Ok(None);
        };
        self.fields().username.get_or_insert(last_user);
        Ok(Some(self.key(Item::DeviceKey)))
    }

    /// Writes a session, in upstream's order.
    pub(crate) fn store_tokens(&self, tokens: &Tokens, clock_drift: &str) -> Result<(), S::Error> {
        let items = [
            (Item::IdToken, tokens.id.as_str()),
            (Item::AccessToken, &tokens.access),
            (Item::RefreshToken, &tokens.refresh),
            (Item::ClockDrift, clock_drift),
        ];
        for (item, value) in items {
            self.storage.set(&self.key(item), value)?;
        }
        self.storage.set(&self.keys.last_user(), &self.username())
    }

    /// The session in storage, valid or not; `None` without an ID token.
    pub(crate) fn stored_tokens(&self) -> Result<Option<StoredTokens>, S::Error> {
        let Some(id) = self.load(Item::IdToken)?.filter(|id| !id.is_empty()) else {
            return Ok(None);
        };
        let access = self.load(Item::AccessToken)?.unwrap_or_default();
        let refresh = self.load(Item::RefreshToken)?.unwrap_or_default();
        let clock_drift = self.load(Item::ClockDrift)?;
        Ok(Some(StoredTokens {
            tokens: Tokens {
                id,
                access,
                refresh,
            },
            clock_drift,
        }))
    }

    /// Removes the session and the user's data; what belongs to the device stays.
    pub(crate) fn clear(&self) -> Result<(), S::Error> {
        let tokens = [Item::IdToken, Item::AccessToken, Item::RefreshToken];
        self.remove(
            &tokens,
            &[
                self.keys.last_user(),
                self.key(Item::ClockDrift),
                self.key(Item::UserData),
            ],
        )
    }

    /// Removes all it can, then fails with the first failure.
    fn remove(&self, items: &[Item], keys: &[String]) -> Result<(), S::Error> {
        let mut outcome = Ok(());
        let items = items.iter().map(|item| self.key(*item));
        for key in items.chain(keys.iter().cloned()) {
            outcome = outcome.and(self.storage.remove(&key));
        }
        outcome
    }
}
