//! Access tokens whose signature was found good. A token comes with request after request, and its signature stays what
//! it is; whether the token still counts is asked each time.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use sha2::{Digest as _, Sha256};

use super::{access::AccessToken, keys::PoolKeys};

/// How many are remembered; beyond it all are forgotten.
const CAPACITY: usize = 1000;

/// The SHA-256 hash of a whole token: there is no second text with the same one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Fingerprint([u8; 32]);

/// What was verified.
#[derive(Default)]
pub(crate) struct Verified(Mutex<HashMap<Fingerprint, Known>>);

struct Known {
    claims: Arc<AccessToken>,
    /// What its signature was verified with.
    keys: Weak<PoolKeys>,
}

impl Fingerprint {
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }
}

impl Verified {
    /// What the token says, and the keys that signed it, if those are still around.
    pub(super) fn get(&self, token: Fingerprint) -> Option<(Arc<AccessToken>, Arc<PoolKeys>)> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Known { claims, keys } = known.get(&token)?;
        Some((Arc::clone(claims), keys.upgrade()?))
    }

    pub(super) fn put(&self, token: Fingerprint, claims: &Arc<AccessToken>, keys: &Arc<PoolKeys>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CAPACITY {
            known.clear();
        }
        let (claims, keys) = (Arc::clone(claims), Arc::downgrade(keys));
        known.insert(token, Known { claims, keys });
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verified")
    }
}
