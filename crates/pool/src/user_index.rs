//! What users are searched by: an entry in the store for each attribute of each user that a search may name, so that a
//! search costs no more than its answer, however many users there are.

use std::collections::BTreeSet;

use cognito_idp::Error;

use crate::{keys, pool::Pool, records::Records, user::User};

/// The names with entries of their own. `status` is whether the user is enabled.
const INDEXED: [&str; 8] = [
    "email",
    "phone_number",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
    "status",
    "cognito:user_status",
];

/// What users can be searched by.
#[derive(Clone, Copy)]
pub(crate) enum Searchable {
    /// The users' own keys find them.
    Username,
    /// So do the keys that tokens are followed by.
    Sub,
    Indexed(&'static str),
}

impl Searchable {
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "username" => Some(Self::Username),
            "sub" => Some(Self::Sub),
            _ => INDEXED
                .into_iter()
                .find(|indexed| *indexed == name)
                .map(Self::Indexed),
        }
    }

    /// A value as it is compared: usernames and `status` tell upper from lower case, nothing else does.
    pub fn fold(self, value: &str) -> String {
        match self {
            Self::Username | Self::Indexed("status") => value.to_owned(),
            Self::Sub | Self::Indexed(_) => value.to_lowercase(),
        }
    }

    /// The user's value, as it is compared.
    pub fn value(self, user: &User) -> Option<String> {
        let value = match self {
            Self::Username => &user.username,
            Self::Sub => &user.sub,
            Self::Indexed("status") if user.enabled => "Enabled",
            Self::Indexed("status") => "Disabled",
            Self::Indexed("cognito:user_status") => user.status.as_str(),
            Self::Indexed(attribute) => user.attributes.get(attribute)?,
        };
        Some(self.fold(value))
    }
}

/// Brings the entries from what a user was to what the user is.
pub(crate) fn update(
    records: &mut Records<'_>,
    pool: &Pool,
    before: Option<&User>,
    after: Option<&User>,
) -> Result<(), Error> {
    let keys = |user: Option<&User>| user.map_or_else(BTreeSet::new, |user| keys_of(pool, user));
    let (before, now) = (keys(before), keys(after));
    for gone in before.difference(&now) {
        records.delete(gone)?;
    }
    if let Some(user) = after {
        let name = pool.fold(&user.username);
        for new in now.difference(&before) {
            records.put(new, &name)?;
        }
    }
    Ok(())
}

fn keys_of(pool: &Pool, user: &User) -> BTreeSet<String> {
    let username = pool.fold(&user.username);
    let key = |name| {
        let value = Searchable::Indexed(name).value(user)?;
        Some(keys::under(
            &keys::users_by(&pool.id, name, &value),
            &username,
        ))
    };
    INDEXED.into_iter().filter_map(key).collect()
}
