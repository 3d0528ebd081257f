//! One transaction on the store, with records instead of bytes.

use std::time::Duration;

use cognito_idp::Error;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    UnixMillis, errors, keys,
    outbox::Message,
    store::{Store, StoreError, Transaction},
};

/// How long a record outlives its time, so that "expired" can still be told from "never was".
const RETENTION: Duration = Duration::from_secs(24 * 60 * 60);

/// How many records whose retention is over one new record may clear away: more than one, so that the store shrinks.
const CLEARED_PER_RECORD: usize = 2;

/// The records, within one transaction at one instant.
pub(crate) struct Records<'a> {
    transaction: Box<dyn Transaction + 'a>,
    /// The instant of the call.
    pub now: UnixMillis,
    /// Messages of this transaction, to be announced once it is committed.
    pub sent: Vec<Message>,
}

/// A record that holds only for a time.
#[derive(Serialize, Deserialize)]
pub(crate) struct Expiring<T> {
    /// The first instant at which it does not hold any more.
    pub until: UnixMillis,
    pub value: T,
}

impl<T> Expiring<T> {
    pub fn has_expired(&self, now: UnixMillis) -> bool {
        self.until <= now
    }
}

impl<'a> Records<'a> {
    pub fn begin(store: &'a dyn Store, now: UnixMillis) -> Result<Self, Error> {
        let transaction = store.begin().map_err(store_failed)?;
        Ok(Self {
            transaction,
            now,
            sent: Vec::new(),
        })
    }

    /// Makes the changes last and hands out what was sent.
    pub fn commit(self) -> Result<Vec<Message>, Error> {
        self.transaction.commit().map_err(store_failed)?;
        Ok(self.sent)
    }

    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Error> {
        let value = self.transaction.get(key).map_err(store_failed)?;
        value.map(|value| decode(key, &value)).transpose()
    }

    pub fn put<T: Serialize>(&mut self, key: &str, record: &T) -> Result<(), Error> {
        let value =
            serde_json::to_vec(record).map_err(|error| errors::corrupt_record(key, error))?;
        self.transaction.put(key, &value).map_err(store_failed)
    }

    pub fn delete(&mut self, key: &str) -> Result<(), Error> {
        self.transaction.delete(key).map_err(store_failed)
    }

    /// All records whose keys start with `prefix`, in their keys' order.
    pub fn scan<T: DeserializeOwned>(&self, prefix: &str) -> Result<Vec<T>, Error> {
        let entries = self
            .transaction
            .scan(prefix, usize::MAX)
            .map_err(store_failed)?;
        entries
            .iter()
            .map(|(key, value)| decode(key, value))
            .collect()
    }

    pub fn delete_all(&mut self, prefix: &str) -> Result<(), Error> {
        for (key, _) in self
            .transaction
            .scan(prefix, usize::MAX)
            .map_err(store_failed)?
        {
            self.delete(&key)?;
        }
        Ok(())
    }

    /// Writes a record that holds until `until`, and clears away some whose retention is over. So no record outlives
    /// its use for long, and no call pays for more than a few.
    pub fn put_until<T: Serialize>(
        &mut self,
        key: &str,
        until: UnixMillis,
        value: T,
    ) -> Result<(), Error> {
        self.clear_expired()?;
        self.put(key, &Expiring { until, value })?;
        self.put(&keys::expiry((until + RETENTION).0, key), &())
    }

    /// The record at `key`, expired or not.
    pub fn expiring<T: DeserializeOwned>(&self, key: &str) -> Result<Option<Expiring<T>>, Error> {
        self.get(key)
    }

    /// The record at `key`, if it still holds.
    pub fn current<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Error> {
        let record: Option<Expiring<T>> = self.expiring(key)?;
        Ok(record
            .filter(|record| !record.has_expired(self.now))
            .map(|record| record.value))
    }

    fn clear_expired(&mut self) -> Result<(), Error> {
        let prefix = keys::expiries();
        let due = keys::expiry(self.now.0, "");
        for (expiry, _) in self
            .transaction
            .scan(&prefix, CLEARED_PER_RECORD)
            .map_err(store_failed)?
        {
            if expiry >= due {
                break;
            }
            // The record may have been written again since, to hold longer.
            let key = expiry.splitn(3, keys::SEPARATOR).nth(2).unwrap_or_default();
            let record: Option<Expiring<serde::de::IgnoredAny>> = self.expiring(key)?;
            if record.is_some_and(|record| record.until + RETENTION < self.now) {
                self.delete(key)?;
            }
            self.delete(&expiry)?;
        }
        Ok(())
    }
}

fn decode<T: DeserializeOwned>(key: &str, value: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(value).map_err(|error| errors::corrupt_record(key, error))
}

fn store_failed(error: StoreError) -> Error {
    errors::store_failed(&error)
}
