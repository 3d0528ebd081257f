//! One transaction on the store, with records instead of bytes.

use std::{sync::Arc, time::Duration};

use cognito_idp::Error;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    UnixMillis,
    decoded::Decoded,
    errors, keys,
    outbox::Message,
    page::{self, Page},
    store::{Store, StoreError, Transaction},
};

/// How long a record outlives its time, so that "expired" can still be told from "never was".
const RETENTION: Duration = Duration::from_secs(24 * 60 * 60);

/// How many records whose retention is over one new record may clear away: more than one, so that the store shrinks.
const CLEARED_PER_RECORD: usize = 2;

/// How many records are deleted at a time, so that a large pool does not have to fit into memory.
const DELETED_AT_ONCE: usize = 1000;

/// The records, within one transaction at one instant.
pub(crate) struct Records<'a> {
    transaction: Box<dyn Transaction + 'a>,
    decoded: &'a Decoded,
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
    pub fn begin(
        store: &'a dyn Store,
        decoded: &'a Decoded,
        now: UnixMillis,
    ) -> Result<Self, Error> {
        let transaction = store.begin().map_err(store_failed)?;
        Ok(Self::over(transaction, decoded, now))
    }

    pub fn over(
        transaction: Box<dyn Transaction + 'a>,
        decoded: &'a Decoded,
        now: UnixMillis,
    ) -> Self {
        Self {
            transaction,
            decoded,
            now,
            sent: Vec::new(),
        }
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

    /// The record at `key`, which many calls read and few change: decoded once for all of them.
    pub fn shared<T>(&self, key: &str) -> Result<Option<Arc<T>>, Error>
    where
        T: DeserializeOwned + Send + Sync + 'static,
    {
        let value = self.transaction.get(key).map_err(store_failed)?;
        let record = |value| self.decoded.record(key, value, |value| decode(key, value));
        value.map(record).transpose()
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
            .scan(prefix, None, usize::MAX)
            .map_err(store_failed)?;
        entries
            .iter()
            .map(|(key, value)| decode(key, value))
            .collect()
    }

    /// At most `limit` records whose keys start with `prefix`, from where the page before ended: that page's token
    /// names its last key. So what comes and goes meanwhile moves nothing else from one page to another.
    ///
    /// # Errors
    ///
    /// `InvalidParameterException` for a token that does not come from this list, or came too long ago.
    pub fn page<T: DeserializeOwned>(
        &self,
        prefix: &str,
        token: Option<&str>,
        limit: usize,
    ) -> Result<Page<T>, Error> {
        let after = token
            .map(|token| page::after(prefix, token, self.now))
            .transpose()?;
        let mut entries = self
            .transaction
            .scan(prefix, after.as_deref(), limit.saturating_add(1))
            .map_err(store_failed)?;
        let is_last = entries.len() <= limit;
        entries.truncate(limit);
        let end = entries.last().filter(|_| !is_last);
        Ok(Page {
            next: end.map(|(key, _)| page::token(key, self.now)),
            items: entries
                .iter()
                .map(|(key, value)| decode(key, value))
                .collect::<Result<_, _>>()?,
        })
    }

    pub fn delete_all(&mut self, prefix: &str) -> Result<(), Error> {
        loop {
            let some = self
                .transaction
                .scan(prefix, None, DELETED_AT_ONCE)
                .map_err(store_failed)?;
            for (key, _) in &some {
                self.delete(key)?;
            }
            if some.len() < DELETED_AT_ONCE {
                return Ok(());
            }
        }
    }

    /// Deletes everything of a pool, whatever the family: each record with the pool's id for its key's second part.
    pub fn delete_pool(&mut self, pool: &str) -> Result<(), Error> {
        for family in self.families()? {
            let key = keys::under(&family, pool);
            self.delete_all(&keys::under(&key, ""))?;
            self.delete(&key)?;
        }
        Ok(())
    }

    /// The first parts of all keys.
    pub fn families(&self) -> Result<Vec<String>, Error> {
        let mut families: Vec<String> = Vec::new();
        loop {
            // The separator comes before all that a family's name can contain: what follows it skips the family's
            // records.
            let last = families.last().map_or("", String::as_str);
            let after = format!("{last}{}", keys::AFTER_SEPARATOR);
            match self.first_family_after(&after)? {
                Some(next) => families.push(next),
                None => return Ok(families),
            }
        }
    }

    /// All records whose keys start with `prefix`, whatever they are, with their keys.
    pub fn entries(&self, prefix: &str) -> Result<Vec<(String, Value)>, Error> {
        let entries = self
            .transaction
            .scan(prefix, None, usize::MAX)
            .map_err(store_failed)?;
        entries
            .into_iter()
            .map(|(key, value)| decode(&key, &value).map(|value| (key, value)))
            .collect()
    }

    /// The keys of all records that hold only for a time.
    pub fn expiring_keys(&self) -> Result<Vec<String>, Error> {
        let expiries = self
            .transaction
            .scan(&keys::expiries(), None, usize::MAX)
            .map_err(store_failed)?;
        let keys = expiries.iter().filter_map(|(key, _)| expiring_key(key));
        Ok(keys.map(str::to_owned).collect())
    }

    fn first_family_after(&self, key: &str) -> Result<Option<String>, Error> {
        let next = self
            .transaction
            .scan("", Some(key), 1)
            .map_err(store_failed)?;
        let family = next
            .first()
            .and_then(|(key, _)| key.split(keys::SEPARATOR).next());
        Ok(family.map(str::to_owned))
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
            .scan(&prefix, None, CLEARED_PER_RECORD)
            .map_err(store_failed)?
        {
            if expiry >= due {
                break;
            }
            // The record may have been written again since, to hold longer.
            let key = expiring_key(&expiry).unwrap_or_default();
            let record: Option<Expiring<serde::de::IgnoredAny>> = self.expiring(key)?;
            if record.is_some_and(|record| record.until + RETENTION < self.now) {
                self.delete(key)?;
            }
            self.delete(&expiry)?;
        }
        Ok(())
    }
}

/// The key of the record that an expiry is of.
fn expiring_key(expiry: &str) -> Option<&str> {
    expiry.splitn(3, keys::SEPARATOR).nth(2)
}

fn decode<T: DeserializeOwned>(key: &str, value: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(value).map_err(|error| errors::corrupt_record(key, error))
}

fn store_failed(error: StoreError) -> Error {
    errors::store_failed(&error)
}
