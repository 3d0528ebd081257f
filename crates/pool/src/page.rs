//! Lists that are handed out in pages.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use cognito_idp::Error;

use crate::{UnixMillis, errors};

/// The most that a page holds where a request does not say. The service does not tell its own number; it takes none
/// greater.
const USUAL_SIZE: usize = 60;

/// How long a page waits to be followed by the next.
const TOKEN_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// A part of a list.
pub(crate) struct Page<T> {
    pub items: Vec<T>,
    /// What a request for the next page brings along; none on the last one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The whole of a list of one or none.
    pub fn of(item: Option<T>) -> Self {
        Self {
            items: item.into_iter().collect(),
            next: None,
        }
    }
}

/// How many items a page holds, by a request's `Limit` or `MaxResults`.
pub(crate) fn size(limit: Option<i32>) -> usize {
    limit
        .and_then(|limit| usize::try_from(limit).ok())
        .filter(|limit| *limit != 0)
        .unwrap_or(USUAL_SIZE)
}

/// What leads on from the record at `key`, for a while.
pub(crate) fn token(key: &str, now: UnixMillis) -> String {
    let until = now + TOKEN_LIFETIME;
    URL_SAFE_NO_PAD.encode([&until.0.to_be_bytes(), key.as_bytes()].concat())
}

/// The key that a token was made of.
///
/// # Errors
///
/// `InvalidParameterException` if the token is none of the list of `prefix`, or too old.
pub(crate) fn after(prefix: &str, token: &str, now: UnixMillis) -> Result<String, Error> {
    read(token)
        .filter(|(until, key)| now < *until && key.starts_with(prefix))
        .map(|(_, key)| key)
        // Its text is as far as we know it: no record of the service's was at hand.
        .ok_or_else(|| errors::invalid_parameter("Invalid pagination token."))
}

fn read(token: &str) -> Option<(UnixMillis, String)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (until, key) = bytes.split_first_chunk()?;
    let key = String::from_utf8(key.to_vec()).ok()?;
    Some((UnixMillis(i64::from_be_bytes(*until)), key))
}
