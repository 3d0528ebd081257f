//! The identifier of a user pool.

use crate::error::Misuse;

/// Longer identifiers are refused.
const MAX_LENGTH: usize = 55;

/// A well-formed pool id, such as `eu-west-1_Ab3dEf6`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PoolId(String);

impl PoolId {
    /// Checks the form that `amazon-cognito-identity-js` checks: `/^[\w-]+_[0-9a-zA-Z]+$/`, at most 55
    /// characters.
    ///
    /// # Errors
    /// [`Misuse::InvalidPoolId`]
    pub fn parse(id: &str) -> Result<Self, Misuse> {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let (prefix, name) = id.rsplit_once('_').ok_or(Misuse::InvalidPoolId)?;
        let well_formed = id.len() <= MAX_LENGTH
            && !prefix.is_empty()
            && prefix.chars().all(word)
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric());
        well_formed
            .then(|| Self(id.to_owned()))
            .ok_or(Misuse::InvalidPoolId)
    }

    /// The id as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What precedes the first `_`.
    pub fn region(&self) -> &str {
        self.0.split('_').next().unwrap_or_default()
    }

    /// What stands between the first `_` and the next: the name that enters the SRP proof.
    pub fn name(&self) -> &str {
        self.0.split('_').nth(1).unwrap_or_default()
    }

    /// Where the service answers for this pool.
    pub fn endpoint(&self) -> String {
        ["https://cognito-idp.", self.region(), ".amazonaws.com/"].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_ids_are_refused() {
        let long = ["eu-west-1_", &"a".repeat(46)].concat();
        for id in [
            "",
            "eu-west-1",
            "_abc",
            "eu-west-1_",
            "eu west_abc",
            "eu-west-1_a-b",
            "é_a",
            &long,
        ] {
            assert_eq!(PoolId::parse(id), Err(Misuse::InvalidPoolId), "{id}");
        }
    }

    #[test]
    fn parts_are_split_at_underscores() {
        let id = PoolId::parse("eu-west-1_Ab3dEf6").unwrap();
        assert_eq!((id.region(), id.name()), ("eu-west-1", "Ab3dEf6"));
        assert_eq!(
            id.endpoint(),
            "https://cognito-idp.eu-west-1.amazonaws.com/"
        );
        let id = PoolId::parse("a_b_c").unwrap();
        assert_eq!((id.region(), id.name()), ("a", "b"));
        assert!(PoolId::parse(&["eu-west-1_", &"a".repeat(45)].concat()).is_ok());
    }
}
