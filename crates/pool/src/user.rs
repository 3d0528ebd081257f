//! A user's record, and the ways to find it.

use std::{collections::BTreeMap, time::Duration};

use cognito_idp::{
    Error, ErrorCode,
    types::{AttributeType, PasswordPolicyType, UserStatusType, UserType},
};
use serde::{Deserialize, Serialize};

use crate::{
    UnixMillis, errors, groups, identities::Identity, keys, lockout, mfa::Mfa, page::Page,
    password::Password, pool::Pool, records::Records, tokens::grants, user_index,
};

/// A user of one pool.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct User {
    /// Never changes: it is part of the password's verifier.
    pub username: String,
    pub sub: String,
    pub status: UserStatusType,
    pub enabled: bool,
    /// All but `sub`.
    pub attributes: BTreeMap<String, String>,
    pub password: Option<Password>,
    /// When the password was set.
    pub password_since: UnixMillis,
    /// The passwords before, the newest first, as many as the pool's policy looks back on.
    pub former_passwords: Vec<Password>,
    /// Accounts with identity providers that are this user's too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<Identity>,
    /// Second factors.
    #[serde(default, skip_serializing_if = "Mfa::is_empty")]
    pub mfa: Mfa,
    pub created: UnixMillis,
    pub modified: UnixMillis,
}

impl User {
    /// A user who does not exist yet.
    pub fn new(
        username: String,
        sub: String,
        status: UserStatusType,
        password: Option<Password>,
        now: UnixMillis,
    ) -> Self {
        Self {
            username,
            sub,
            status,
            enabled: true,
            attributes: BTreeMap::new(),
            password,
            password_since: now,
            former_passwords: Vec::new(),
            identities: Vec::new(),
            mfa: Mfa::default(),
            created: now,
            modified: now,
        }
    }

    /// The user whose username, `sub`, or alias is `name`.
    pub fn find(records: &Records<'_>, pool: &Pool, name: &str) -> Result<Option<Self>, Error> {
        let folded = pool.fold(name);
        if let Some(user) = records.get(&keys::user(&pool.id, &folded))? {
            return Ok(Some(user));
        }
        for attribute in pool.sign_in_attributes() {
            if let Some(user) =
                Self::follow(records, pool, &keys::alias(&pool.id, attribute, &folded))?
            {
                return Ok(Some(user));
            }
        }
        Self::follow(records, pool, &keys::sub(&pool.id, name))
    }

    /// The user of exactly this username, if it is still the one with this `sub`.
    pub fn find_again(
        records: &Records<'_>,
        pool: &Pool,
        username: &str,
        sub: &str,
    ) -> Result<Option<Self>, Error> {
        let user: Option<Self> = records.get(&keys::user(&pool.id, &pool.fold(username)))?;
        Ok(user.filter(|user| user.sub == sub))
    }

    /// As [`find`](Self::find), for an administrator.
    ///
    /// # Errors
    ///
    /// `UserNotFoundException` if there is none.
    pub fn load(records: &Records<'_>, pool: &Pool, name: &str) -> Result<Self, Error> {
        Self::find(records, pool, name)?.ok_or_else(errors::user_does_not_exist)
    }

    /// The user whom an index's entry names.
    pub fn follow(records: &Records<'_>, pool: &Pool, index: &str) -> Result<Option<Self>, Error> {
        let name: Option<String> = records.get(index)?;
        name.map_or(Ok(None), |name| records.get(&keys::user(&pool.id, &name)))
    }

    /// The users whom a page of an index names.
    pub fn follow_page(
        records: &Records<'_>,
        pool: &Pool,
        names: Page<String>,
    ) -> Result<Page<Self>, Error> {
        let users = names
            .items
            .iter()
            .filter_map(|name| records.get(&keys::user(&pool.id, name)).transpose())
            .collect::<Result<_, _>>()?;
        Ok(Page {
            items: users,
            next: names.next,
        })
    }

    /// Writes a changed user and what users are searched by.
    pub fn save(&mut self, records: &mut Records<'_>, pool: &Pool) -> Result<(), Error> {
        self.modified = records.now;
        let key = keys::user(&pool.id, &pool.fold(&self.username));
        let before: Option<Self> = records.get(&key)?;
        user_index::update(records, pool, before.as_ref(), Some(self))?;
        records.put(&key, self)
    }

    /// Writes what a sign-in leaves with the user, which is no modification and nothing to be searched by.
    pub fn write(&self, records: &mut Records<'_>, pool: &Pool) -> Result<(), Error> {
        records.put(&keys::user(&pool.id, &pool.fold(&self.username)), self)
    }

    /// Writes a new user and the index by `sub`.
    pub fn insert(&mut self, records: &mut Records<'_>, pool: &Pool) -> Result<(), Error> {
        self.save(records, pool)?;
        records.put(&keys::sub(&pool.id, &self.sub), &pool.fold(&self.username))?;
        records.put(
            &keys::user_count(&pool.id),
            &(count(records, &pool.id)? + 1),
        )
    }

    /// Removes the user and all that hangs on it.
    pub fn delete(&self, records: &mut Records<'_>, pool: &Pool) -> Result<(), Error> {
        for attribute in pool.sign_in_attributes() {
            self.release_alias(records, pool, attribute)?;
        }
        grants::revoke_all(records, pool, self)?;
        groups::leave_all(records, pool, self)?;
        self.release_identities(records, pool)?;
        records.delete_all(&keys::credential(&pool.id, &self.sub, ""))?;
        records.delete_all(&keys::registration(&pool.id, &self.sub, ""))?;
        records.delete_all(&keys::device(&pool.id, &self.sub, ""))?;
        records.delete_all(&keys::auth_events(&pool.id, &self.sub))?;
        records.delete_all(&keys::code(&pool.id, &self.sub, ""))?;
        records.delete_all(&keys::attempts(&pool.id, &self.sub, ""))?;
        lockout::clear(records, pool, &self.sub)?;
        lockout::clear(records, pool, &lockout::codes_of(&self.sub))?;
        records.delete(&keys::sub(&pool.id, &self.sub))?;
        records.put(
            &keys::user_count(&pool.id),
            &count(records, &pool.id)?.saturating_sub(1),
        )?;
        let key = keys::user(&pool.id, &pool.fold(&self.username));
        let before: Option<Self> = records.get(&key)?;
        user_index::update(records, pool, before.as_ref(), None)?;
        records.delete(&key)
    }

    /// Sets a password that is already checked against the pool's policy.
    ///
    /// # Errors
    ///
    /// `PasswordHistoryPolicyViolationException` if it is one of the last few and the pool minds.
    pub fn set_password(
        &mut self,
        pool: &Pool,
        plain: &str,
        password: Password,
        now: UnixMillis,
    ) -> Result<(), Error> {
        let remembered = history_size(&pool.password_policy());
        let mut used: Vec<_> = self
            .password
            .take()
            .into_iter()
            .chain(self.former_passwords.drain(..))
            .collect();
        used.truncate(remembered);
        if used
            .iter()
            .any(|former| former.matches(pool, &self.username, plain))
        {
            return Err(Error::new(
                ErrorCode::PasswordHistoryPolicyViolationException,
                "Password has previously been used",
            ));
        }
        self.former_passwords = used;
        self.password = Some(password);
        self.password_since = now;
        Ok(())
    }

    /// Whether the user's password, or that there is none, is what it was.
    pub fn has_same_password(&self, before: &Self) -> bool {
        match (&self.password, &before.password) {
            (Some(now), Some(then)) => now.is_same_as(then),
            (now, then) => now.is_none() && then.is_none(),
        }
    }

    /// Whether the time to use a temporary password is over.
    pub fn temporary_password_has_expired(&self, pool: &Pool, now: UnixMillis) -> bool {
        let days = pool
            .password_policy()
            .temporary_password_validity_days
            .and_then(|days| u64::try_from(days).ok());
        let validity = Duration::from_secs(24 * 60 * 60 * days.unwrap_or(7));
        self.status == UserStatusType::ForceChangePassword && now >= self.password_since + validity
    }

    /// What administrators are shown, with the attributes that `shown` lets through.
    pub fn description(&self, shown: impl Fn(&str) -> bool) -> UserType {
        UserType {
            username: Some(self.username.as_str().into()),
            attributes: Some(self.attribute_list(shown)),
            user_create_date: Some(self.created.api_timestamp()),
            user_last_modified_date: Some(self.modified.api_timestamp()),
            enabled: Some(self.enabled),
            user_status: Some(self.status),
            mfa_options: self.mfa.options(),
        }
    }

    /// The attributes that `shown` lets through, `sub` first.
    pub fn attribute_list(&self, shown: impl Fn(&str) -> bool) -> Vec<AttributeType> {
        let identities = self.identities_attribute();
        let first = [("sub", self.sub.as_str())];
        let others = self
            .attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let linked = identities.iter().map(|list| ("identities", list.as_str()));
        first
            .into_iter()
            .chain(others)
            .chain(linked)
            .filter(|(name, _)| shown(name))
            .map(|(name, value)| AttributeType {
                name: name.to_owned(),
                value: Some(value.into()),
            })
            .collect()
    }
}

/// How many users a pool has.
pub(crate) fn count(records: &Records<'_>, pool: &str) -> Result<u64, Error> {
    Ok(records.get(&keys::user_count(pool))?.unwrap_or(0))
}

fn history_size(policy: &PasswordPolicyType) -> usize {
    policy
        .password_history_size
        .and_then(|size| usize::try_from(size).ok())
        .unwrap_or(0)
}
