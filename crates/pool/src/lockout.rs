//! What happens to somebody who keeps trying passwords.
//!
//! After five failures each further one locks the user out, for one second and then for twice as long each time, up to
//! fifteen minutes. A sign-in that succeeds, or fifteen minutes without any, ends it. Attempts during a lockout do not
//! count as failures.
//!
//! The same goes for codes of second factors, counted apart: a right password forgets only wrong passwords, or whoever
//! knows it could try codes for ever.

use std::time::Duration;

use cognito_idp::Error;
use serde::{Deserialize, Serialize};

use crate::{UnixMillis, errors, keys, pool::Pool, records::Records};

const FREE_FAILURES: u32 = 5;
const LONGEST: Duration = Duration::from_secs(15 * 60);
const QUIET: Duration = Duration::from_secs(15 * 60);

#[derive(Serialize, Deserialize)]
struct Lockout {
    failures: u32,
    locked_until: UnixMillis,
}

/// Whether an attempt to sign in may go on. One that may not still disturbs the quiet.
pub(crate) fn admits(records: &mut Records<'_>, pool: &Pool, subject: &str) -> Result<bool, Error> {
    let key = keys::lockout(&pool.id, subject);
    match records.current::<Lockout>(&key)? {
        Some(lockout) if records.now < lockout.locked_until => {
            records.put_until(&key, records.now + QUIET, lockout)?;
            Ok(false)
        }
        _ => Ok(true),
    }
}

/// Records a wrong password.
pub(crate) fn fail(records: &mut Records<'_>, pool: &Pool, subject: &str) -> Result<(), Error> {
    let key = keys::lockout(&pool.id, subject);
    let before = records
        .current::<Lockout>(&key)?
        .map_or(0, |lockout| lockout.failures);
    let failures = before.saturating_add(1);
    let locked_until = records.now + duration(failures);
    records.put_until(
        &key,
        records.now + QUIET,
        Lockout {
            failures,
            locked_until,
        },
    )
}

/// Forgets all failures.
pub(crate) fn clear(records: &mut Records<'_>, pool: &Pool, subject: &str) -> Result<(), Error> {
    records.delete(&keys::lockout(&pool.id, subject))
}

/// Whom wrong codes of a second factor count against.
pub(crate) fn codes_of(sub: &str) -> String {
    format!("{sub} codes")
}

/// What somebody who is locked out hears.
pub(crate) fn error() -> Error {
    errors::not_authorized("Password attempts exceeded")
}

fn duration(failures: u32) -> Duration {
    match failures.checked_sub(FREE_FAILURES) {
        None => Duration::ZERO,
        Some(beyond) => {
            Duration::from_secs(1u64.checked_shl(beyond).unwrap_or(u64::MAX)).min(LONGEST)
        }
    }
}
