//! The free-form parameters of a sign-in's requests.

use std::collections::BTreeMap;

use cognito_idp::{Error, Sensitive};

use crate::errors;

/// `AuthParameters` or `ChallengeResponses`.
pub(super) struct Parameters(BTreeMap<String, Sensitive>);

impl Parameters {
    pub fn new(parameters: Option<BTreeMap<String, Sensitive>>) -> Self {
        Self(parameters.unwrap_or_default())
    }

    pub fn optional(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(Sensitive::as_str)
    }

    /// # Errors
    ///
    /// `InvalidParameterException` if it is missing or empty.
    pub fn required(&self, name: &str) -> Result<&str, Error> {
        self.optional(name)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| errors::missing_parameter(name))
    }

    /// The parameters whose names start with `prefix`, without it.
    pub fn with_prefix<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Sensitive)> {
        self.0
            .iter()
            .filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value)))
    }
}
