//! The store that lives as long as its process.

use std::{
    borrow::Borrow,
    cmp::Ordering,
    collections::BTreeSet,
    fmt,
    ops::Bound,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{Store, StoreError, Transaction};

type Entries = BTreeSet<Entry>;

/// A key with its value, in one allocation: most entries are small and there are half a dozen for each user, so that a
/// second allocation, its pointer and its length would be a sixth of a large pool's memory.
struct Entry(Box<[u8]>);

/// Bytes of an entry that say how long its key is. The key follows, then the value.
const LENGTH: usize = size_of::<u32>();

impl Entry {
    fn new(key: &str, value: &[u8]) -> Result<Self, StoreError> {
        let length =
            u32::try_from(key.len()).map_err(|_| StoreError::new("a key of 4 GiB or more"))?;
        let parts = [&length.to_ne_bytes(), key.as_bytes(), value];
        Ok(Self(parts.concat().into()))
    }

    fn key(&self) -> &[u8] {
        self.parts().0
    }

    fn value(&self) -> &[u8] {
        self.parts().1
    }

    fn parts(&self) -> (&[u8], &[u8]) {
        let (length, rest) = self
            .0
            .split_first_chunk::<LENGTH>()
            .unwrap_or((&[0; _], &[]));
        let length = u32::from_ne_bytes(*length) as usize;
        rest.split_at_checked(length).unwrap_or_default()
    }

    fn to_owned(&self) -> Result<(String, Vec<u8>), StoreError> {
        let key = str::from_utf8(self.key()).map_err(|error| StoreError::new(error.to_string()))?;
        Ok((key.to_owned(), self.value().to_vec()))
    }
}

/// Entries are found and ordered by their keys, whose bytes have the order of their text.
impl Borrow<[u8]> for Entry {
    fn borrow(&self) -> &[u8] {
        self.key()
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(other.key())
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Entry {}

/// A store in memory.
#[derive(Default)]
pub struct MemoryStore {
    entries: Mutex<Entries>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }
}

/// Without the entries, which hold keys and verifiers.
impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

impl Store for MemoryStore {
    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StoreError> {
        // A poisoned lock is as good as any: the transaction that panicked was rolled back when it was dropped.
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Box::new(MemoryTransaction {
            entries,
            undo: Vec::new(),
        }))
    }
}

/// How to take one change back.
enum Undo {
    /// What was overwritten or deleted comes back.
    Insert(Entry),
    /// What is at this key goes.
    Remove(Box<str>),
}

/// Writes in place and remembers what was there, so that reading needs no overlay and only writing pays.
struct MemoryTransaction<'a> {
    entries: MutexGuard<'a, Entries>,
    undo: Vec<Undo>,
}

impl Transaction for MemoryTransaction<'_> {
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let entry = self.entries.get(key.as_bytes());
        Ok(entry.map(|entry| entry.value().to_vec()))
    }

    fn put(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        let before = self.entries.replace(Entry::new(key, value)?);
        self.undo
            .push(before.map_or_else(|| Undo::Remove(key.into()), Undo::Insert));
        Ok(())
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        let before = self.entries.take(key.as_bytes());
        self.undo.extend(before.map(Undo::Insert));
        Ok(())
    }

    fn scan(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let start = match after {
            Some(after) if after >= prefix => Bound::Excluded(after.as_bytes()),
            _ => Bound::Included(prefix.as_bytes()),
        };
        self.entries
            .range::<[u8], _>((start, Bound::Unbounded))
            .take_while(|entry| entry.key().starts_with(prefix.as_bytes()))
            .take(limit)
            .map(Entry::to_owned)
            .collect()
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        self.undo.clear();
        Ok(())
    }
}

impl Drop for MemoryTransaction<'_> {
    fn drop(&mut self) {
        while let Some(change) = self.undo.pop() {
            match change {
                Undo::Insert(entry) => drop(self.entries.replace(entry)),
                Undo::Remove(key) => drop(self.entries.take(key.as_bytes())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_has_no_entries() {
        let store = MemoryStore::new();
        let mut transaction = store.begin().unwrap();
        transaction.put("key", b"secret").unwrap();
        transaction.commit().unwrap();
        assert_eq!(format!("{store:?}"), "MemoryStore { .. }");
    }
}
