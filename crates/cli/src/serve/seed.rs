//! The file of `--seed`.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use cognito_pool::{Service, UnixMillis};
use serde_json::Value;

/// Makes the pools that the file describes, and says their ids.
pub fn make(service: &Service, path: &Path, now: UnixMillis) -> Result<Vec<String>> {
    let seed = read(path)?;
    service
        .seed(seed, now)
        .with_context(|| format!("cannot make what {} describes", path.display()))
}

/// JSON by its name, YAML otherwise.
fn read(path: &Path) -> Result<Value> {
    let cannot = || format!("cannot read {}", path.display());
    let text = fs::read_to_string(path).with_context(cannot)?;
    if path
        .extension()
        .is_some_and(|extension| extension == "json")
    {
        return serde_json::from_str(&text).with_context(cannot);
    }
    let options = serde_saphyr::options! {
        // `no` is a word.
        strict_booleans: true,
        // An error is one line.
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(&text, options).with_context(cannot)
}
