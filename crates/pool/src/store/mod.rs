//! Where a service keeps its records: ordered text keys with opaque values, changed in transactions.

mod memory;
#[cfg(feature = "sqlite")]
mod sqlite;

use std::fmt;

pub use memory::MemoryStore;
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;

/// An ordered key-value store.
pub trait Store: Send + Sync {
    /// Begins a transaction. There is one at a time: the call waits for the one before to end.
    ///
    /// # Errors
    ///
    /// When the store cannot be used, or another process holds it.
    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StoreError>;
}

/// A store's content, and changes to it that become visible all at once at [`commit`](Self::commit). Dropped without
/// that, a transaction leaves the store as it was.
///
/// Every method fails when the store's medium does.
pub trait Transaction {
    /// The value at `key`.
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Sets the value at `key`.
    fn put(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError>;

    /// Removes `key` if it is there.
    fn delete(&mut self, key: &str) -> Result<(), StoreError>;

    /// The first `limit` entries whose keys start with `prefix` and come after the key `after`, in the order of their
    /// keys' bytes.
    fn scan(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Vec<u8>)>, StoreError>;

    /// Makes the changes last.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// Why a store could not be opened, read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError(String);

impl StoreError {
    /// An error with this text, for people.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StoreError {}
