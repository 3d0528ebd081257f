//! A user's sign-ins as sessions: how many there may be, and what they are called.

use cognito_idp::{Error, ErrorCode};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{keys, pool::Pool, records::Records, tokens::grants, user::User};

/// What a pool's administrator decided about its users' sessions.
#[derive(Serialize, Deserialize)]
pub(crate) struct SessionTracking {
    pub is_on: bool,
    /// How many sessions a user can have.
    pub most: i32,
}

impl SessionTracking {
    /// The pool's, or the service's choice for a pool whose administrator has not said.
    pub fn load(records: &Records<'_>, pool: &Pool) -> Result<Self, Error> {
        let set = records.get(&keys::session_tracking(&pool.id))?;
        Ok(set.unwrap_or(Self {
            is_on: false,
            most: 20,
        }))
    }

    pub fn save(&self, records: &mut Records<'_>, pool: &Pool) -> Result<(), Error> {
        records.put(&keys::session_tracking(&pool.id), self)
    }

    /// # Errors
    ///
    /// `OperationNotEnabledException` where sessions are not tracked. The text has no source.
    pub fn check_on(&self) -> Result<(), Error> {
        if self.is_on {
            return Ok(());
        }
        Err(Error::new(
            ErrorCode::OperationNotEnabledException,
            "Session tracking is not enabled for this user pool.",
        ))
    }
}

/// Ends a user's oldest sessions where one more would be too many.
pub(crate) fn make_room(records: &mut Records<'_>, pool: &Pool, user: &User) -> Result<(), Error> {
    let tracking = SessionTracking::load(records, pool)?;
    if !tracking.is_on {
        return Ok(());
    }
    let sign_ins = grants::of_user(records, pool, user)?;
    let kept = usize::try_from(tracking.most)
        .unwrap_or(0)
        .saturating_sub(1);
    let surplus = sign_ins.len().saturating_sub(kept);
    for sign_in in sign_ins.iter().take(surplus) {
        grants::end(records, pool, user, sign_in)?;
    }
    Ok(())
}

/// The name of a sign-in's session: `tkn` and 25 lower-case letters and digits, the same each time.
pub(crate) fn session_id(event_id: &str) -> String {
    const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let digest = Sha256::digest(event_id);
    let characters = digest.iter().take(25).filter_map(|byte| {
        let character = ALPHABET.get(usize::from(*byte) % ALPHABET.len());
        character.copied().map(char::from)
    });
    "tkn".chars().chain(characters).collect()
}
