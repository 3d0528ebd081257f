//! When a request is sent again, and how long to wait before.

use crate::error::Failure;

/// A longer wait ends the attempts.
const MAX_DELAY_MILLIS: f64 = 5_000.0;

/// Errors that pass: the network's, and those by which the service asks for patience.
const TRANSIENT: [&str; 4] = [
    "TooManyRequestsException",
    "ThrottlingException",
    "RequestLimitExceeded",
    "NetworkError",
];

/// Milliseconds to wait after attempt 1, 2, ... failed: 2^n · 100 and up to 100 more, `jitter` being
/// between 0 and 1. `None` if it is not worth another attempt: the request itself was refused, or five
/// were repeated already.
pub(crate) fn delay(error: &impl Failure, attempt: i32, jitter: f64) -> Option<f64> {
    let unavailable = error.status().is_some_and(|status| status >= 500);
    if !unavailable && !TRANSIENT.iter().any(|code| error.is(code)) {
        return None;
    }
    let delay = f64::from(1u32.checked_shl(attempt.unsigned_abs())?) * 100.0 + jitter * 100.0;
    (delay <= MAX_DELAY_MILLIS).then_some(delay)
}
