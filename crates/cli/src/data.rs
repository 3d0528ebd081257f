//! The file that user pools are kept in.

use std::{fs::OpenOptions, path::Path};

use anyhow::{Context as _, Result};
use cognito_pool::SqliteStore;

/// Opens the file, which is made if it is not there.
pub fn open(path: &Path) -> Result<SqliteStore> {
    // SQLite keeps there what is not yet in the file itself.
    let cannot = || format!("cannot keep data in {} and files beside it", path.display());
    // SQLite only says "unable to open database file"; the operating system knows why.
    OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .with_context(cannot)?;
    SqliteStore::open(path)
        .map_err(|error| anyhow::anyhow!("{error}"))
        .with_context(cannot)
}
