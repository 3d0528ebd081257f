//! The store that outlives its process: one table in one SQLite file.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Store, StoreError, Transaction};
use crate::{UnixMillis, decoded::Decoded, keys::FORMAT, migrations, records::Records};

/// Marks the file as ours ("Cogn"), in the header field that SQLite keeps for this.
const APPLICATION_ID: i64 = 0x436f_676e;

/// A store in a SQLite file.
///
/// A committed transaction survives the death of the process at any moment. (The death of the whole machine may take
/// the newest ones, never a part of one: waiting for the disk at each commit would make sign-ins tens of times slower.)
#[derive(Debug)]
pub struct SqliteStore {
    connection: Mutex<Connection>,
}

impl SqliteStore {
    /// Opens the store in `file`, which is made if there is none. What an older version of this program wrote is
    /// brought to today's format, as a whole or not at all.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened, is not a store, or was written by a newer version of this program or one too old.
    pub fn open(file: impl AsRef<Path>) -> Result<Self, StoreError> {
        let file = file.as_ref();
        Self::prepare(file).map_err(|error| StoreError::new(format!("{}: {error}", file.display())))
    }

    fn prepare(file: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        // For files to come: a user fits into one page, with the index's share of it. SQLite's own 4,096 bytes
        // would put half of each user into another one.
        connection.pragma_update(None, "page_size", 8192)?;
        let store = Self {
            connection: Mutex::new(connection),
        };
        store.settle_format()?;
        let connection = store.lock();
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        drop(connection);
        Ok(store)
    }

    /// Makes a new file a store, and an older store one of today's format.
    fn settle_format(&self) -> Result<(), StoreError> {
        let transaction = self.begin_transaction()?;
        let connection = &transaction.connection;
        let number = |query: &str| connection.query_row(query, [], |row| row.get::<_, i64>(0));
        let tables = number("SELECT count(*) FROM sqlite_schema")?;
        let application = number("PRAGMA application_id")?;
        let format = number("PRAGMA user_version")?;
        match (tables, application, format) {
            (0, 0, 0) => {
                connection.execute_batch(&format!(
                    "PRAGMA application_id = {APPLICATION_ID};
                     PRAGMA user_version = {FORMAT};
                     CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
                ))?;
                Box::new(transaction).commit()
            }
            (_, APPLICATION_ID, FORMAT) => Ok(()),
            (_, APPLICATION_ID, other) => match migrations::from_format(other) {
                Some(migrations) => {
                    connection.pragma_update(None, "user_version", FORMAT)?;
                    let decoded = Decoded::default();
                    // No record that these write depends on the time.
                    let mut records = Records::over(Box::new(transaction), &decoded, UnixMillis(0));
                    migrations::run(&mut records, migrations)
                        .and_then(|()| records.commit())
                        .map(drop)
                        .map_err(|error| StoreError::new(error.message))
                }
                None => Err(StoreError::new(format!(
                    "this data has format {other}; this version of the program reads and writes format {FORMAT}"
                ))),
            },
            _ => Err(StoreError::new("this SQLite file does not hold user pools")),
        }
    }

    fn begin_transaction(&self) -> Result<SqliteTransaction<'_>, StoreError> {
        let connection = self.lock();
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        Ok(SqliteTransaction {
            connection,
            open: true,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for SqliteStore {
    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StoreError> {
        Ok(Box::new(self.begin_transaction()?))
    }
}

struct SqliteTransaction<'a> {
    connection: MutexGuard<'a, Connection>,
    open: bool,
}

impl Transaction for SqliteTransaction<'_> {
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT value FROM entries WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    fn put(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO entries (key, value) VALUES (?1, ?2)")?
            .execute(params![key, value])?;
        Ok(())
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM entries WHERE key = ?1")?
            .execute([key])?;
        Ok(())
    }

    fn scan(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let (query, start) = match after {
            Some(after) if after >= prefix => (
                "SELECT key, value FROM entries WHERE key > ?1 ORDER BY key",
                after,
            ),
            _ => (
                "SELECT key, value FROM entries WHERE key >= ?1 ORDER BY key",
                prefix,
            ),
        };
        let mut statement = self.connection.prepare_cached(query)?;
        let mut rows = statement.query([start])?;
        let mut found = Vec::new();
        while found.len() < limit
            && let Some(row) = rows.next()?
        {
            let key: String = row.get(0)?;
            if !key.starts_with(prefix) {
                break;
            }
            found.push((key, row.get(1)?));
        }
        Ok(found)
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        self.open = false;
        Ok(())
    }
}

impl Drop for SqliteTransaction<'_> {
    fn drop(&mut self) {
        if self.open {
            // Should this fail, SQLite itself rolls back with the next error or when the file is closed.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::new(error.to_string())
    }
}
