//! Lists that are handed out in pages.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use cognito_idp::Error;

use crate::errors;

/// The most that a page holds where a request does not say. The service does not tell its own number; it takes none
/// greater.
const USUAL_SIZE: usize = 60;

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

/// What leads on from the record at `key`.
pub(crate) fn token(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

/// The key that a token was made of.
///
/// # Errors
///
/// `InvalidParameterException` if the token is none of the list of `prefix`.
pub(crate) fn after(prefix: &str, token: &str) -> Result<String, Error> {
    let key = URL_SAFE_NO_PAD.decode(token).ok();
    key.and_then(|key| String::from_utf8(key).ok())
        .filter(|key| key.starts_with(prefix))
        // Its text is as far as we know it: no record of the service's was at hand.
        .ok_or_else(|| errors::invalid_parameter("Invalid pagination token."))
}
