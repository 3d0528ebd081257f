//! The store that lives as long as its process.

use std::{
    collections::BTreeMap,
    ops::Bound,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{Store, StoreError, Transaction};

/// Boxes, since strings and vectors would keep a capacity for each entry that never grows.
type Entries = BTreeMap<Box<str>, Box<[u8]>>;

/// A store in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    entries: Mutex<Entries>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
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

/// A key, and the value that it had before.
type Before = (Box<str>, Option<Box<[u8]>>);

/// Writes in place and remembers what was there, so that reading needs no overlay and only writing pays.
struct MemoryTransaction<'a> {
    entries: MutexGuard<'a, Entries>,
    undo: Vec<Before>,
}

impl Transaction for MemoryTransaction<'_> {
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.entries.get(key).map(|value| value.to_vec()))
    }

    fn put(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        let before = self.entries.insert(key.into(), value.into());
        self.undo.push((key.into(), before));
        Ok(())
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        if let Some(before) = self.entries.remove(key) {
            self.undo.push((key.into(), Some(before)));
        }
        Ok(())
    }

    fn scan(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let start = match after {
            Some(after) if after >= prefix => Bound::Excluded(after),
            _ => Bound::Included(prefix),
        };
        Ok(self
            .entries
            .range::<str, _>((start, Bound::Unbounded))
            .take_while(|(key, _)| key.starts_with(prefix))
            .take(limit)
            .map(|(key, value)| (key.to_string(), value.to_vec()))
            .collect())
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        self.undo.clear();
        Ok(())
    }
}

impl Drop for MemoryTransaction<'_> {
    fn drop(&mut self) {
        while let Some((key, before)) = self.undo.pop() {
            match before {
                Some(value) => self.entries.insert(key, value),
                None => self.entries.remove(&key),
            };
        }
    }
}
