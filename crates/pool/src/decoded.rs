//! Records that nearly every call reads, kept as they were last decoded.

use std::{
    any::Any,
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use cognito_idp::Error;

/// How many are kept: the pools and clients of any test, and no more of those that came and went.
const MOST: usize = 256;

/// Decoded pools and clients by their keys. A pool's record is 5 kB of JSON and a call reads it once or twice, which
/// would be half of what `GetUser` costs.
///
/// Each stands beside the bytes that it was decoded from and is good for these alone: whoever reads has just read the
/// bytes from the store, so that nothing here is ever out of date, whatever happened to the store meanwhile.
#[derive(Default)]
pub(crate) struct Decoded(Mutex<HashMap<String, Known>>);

struct Known {
    bytes: Vec<u8>,
    record: Arc<dyn Any + Send + Sync>,
}

impl Decoded {
    /// What `bytes`, the value at `key`, stand for.
    pub fn record<T: Send + Sync + 'static>(
        &self,
        key: &str,
        bytes: Vec<u8>,
        decode: impl FnOnce(&[u8]) -> Result<T, Error>,
    ) -> Result<Arc<T>, Error> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(key)
            && known.bytes == bytes
            && let Ok(record) = Arc::clone(&known.record).downcast()
        {
            return Ok(record);
        }
        let record = Arc::new(decode(&bytes)?);
        if known.len() >= MOST {
            known.clear();
        }
        let entry = Known {
            bytes,
            record: record.clone(),
        };
        known.insert(key.to_owned(), entry);
        Ok(record)
    }
}

impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Decoded")
    }
}
