//! What storage has of an app client's users.

use crate::error::Error;
use crate::session::{Session, Tokens};
use crate::storage::{Item, Keys, Storage};

/// A storage under one app client's keys. An empty item is none.
pub(super) struct Stored<S> {
    keys: Keys,
    storage: S,
}

impl<S: Storage<Error = Error>> Stored<S> {
    pub(super) fn new(client_id: &str, storage: S) -> Self {
        let keys = Keys::new(client_id);
        Self { keys, storage }
    }

    /// Who signed in last.
    pub(super) fn last_user(&self) -> Result<Option<String>, Error> {
        self.storage.get(&self.keys.last_user()).map(non_empty)
    }

    pub(super) fn get(&self, username: &str, item: Item) -> Result<Option<String>, Error> {
        self.storage
            .get(&self.keys.of(username, item))
            .map(non_empty)
    }

    pub(super) fn set(&self, username: &str, item: Item, value: &str) -> Result<(), Error> {
        self.storage.set(&self.keys.of(username, item), value)
    }

    /// Removes all it can, then fails with the first failure.
    pub(super) fn remove(&self, username: &str, items: &[Item]) -> Result<(), Error> {
        let remove = |item: &Item| self.storage.remove(&self.keys.of(username, *item));
        items.iter().map(remove).fold(Ok(()), Result::and)
    }

    /// The session, valid or not; `None` without an ID token.
    pub(super) fn session(&self, username: &str) -> Result<Option<Session>, Error> {
        let get = |item| self.get(username, item);
        let Some(id) = get(Item::IdToken)? else {
            return Ok(None);
        };
        let access = get(Item::AccessToken)?.unwrap_or_default();
        let refresh = get(Item::RefreshToken)?.unwrap_or_default();
        let drift = get(Item::ClockDrift)?.and_then(|drift| drift.parse::<f64>().ok());
        let drift = drift.filter(|drift| drift.is_finite()).unwrap_or(0.0);
        Ok(Some(Session::stored(
            Tokens::new(id, access, refresh),
            drift,
        )))
    }

    /// Writes a session, in upstream's order.
    pub(super) fn set_session(&self, username: &str, session: &Session) -> Result<(), Error> {
        let tokens = session.tokens();
        self.set(username, Item::IdToken, &tokens.id)?;
        self.set(username, Item::AccessToken, &tokens.access)?;
        self.set(username, Item::RefreshToken, &tokens.refresh)?;
        let clock_drift = session.clock_drift().to_string();
        self.set(username, Item::ClockDrift, &clock_drift)?;
        self.storage.set(&self.keys.last_user(), username)
    }

    /// Removes the session and the user's data; what belongs to the device stays.
    pub(super) fn remove_session(&self, username: &str) -> Result<(), Error> {
        let items = [
            Item::IdToken,
            Item::AccessToken,
            Item::RefreshToken,
            Item::ClockDrift,
            Item::UserData,
        ];
        let outcome = self.remove(username, &items);
        outcome.and(self.storage.remove(&self.keys.last_user()))
    }
}

fn non_empty(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.is_empty())
}
