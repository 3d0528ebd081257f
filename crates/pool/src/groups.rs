//! Groups of a pool's users, and who is in them.

use std::cmp::Reverse;

use cognito_idp::{Error, ErrorCode, types::GroupType};
use serde::de::IgnoredAny;

use crate::{errors, keys, pool::Pool, records::Records, user::User};

/// How many groups a pool may have.
const PER_POOL: usize = 10_000;

/// How many groups one user may be in.
const PER_USER: usize = 100;

/// How many memberships are ended at a time, so that a large group does not have to fit into memory.
const AT_ONCE: usize = 1000;

/// # Errors
///
/// `ResourceNotFoundException` if there is none of this name.
pub(crate) fn load(records: &Records<'_>, pool: &Pool, name: &str) -> Result<GroupType, Error> {
    records
        .get(&keys::group(&pool.id, name))?
        .ok_or_else(|| errors::resource_not_found("Group not found."))
}

/// Writes a new group.
///
/// # Errors
///
/// `GroupExistsException` if the name is taken, `LimitExceededException` if the pool has as many as a pool can have.
pub(crate) fn insert(
    records: &mut Records<'_>,
    pool: &Pool,
    name: &str,
    group: &GroupType,
) -> Result<(), Error> {
    let key = keys::group(&pool.id, name);
    if records.get::<GroupType>(&key)?.is_some() {
        return Err(Error::new(
            ErrorCode::GroupExistsException,
            "A group with the name already exists.",
        ));
    }
    let count = count(records, pool)?;
    if count >= PER_POOL {
        // The service's text is not known.
        return Err(Error::new(
            ErrorCode::LimitExceededException,
            format!("A user pool can have no more than {PER_POOL} groups."),
        ));
    }
    records.put(&keys::group_count(&pool.id), &(count + 1))?;
    records.put(&key, group)
}

/// Removes a group; its members stay.
pub(crate) fn delete(records: &mut Records<'_>, pool: &Pool, name: &str) -> Result<(), Error> {
    let members = keys::member(&pool.id, name, "");
    loop {
        let some = records.page::<String>(&members, None, AT_ONCE)?;
        for username in &some.items {
            records.delete(&keys::member(&pool.id, name, username))?;
            records.delete(&keys::membership(&pool.id, username, name))?;
        }
        if some.next.is_none() {
            break;
        }
    }
    let count = count(records, pool)?;
    records.put(&keys::group_count(&pool.id), &count.saturating_sub(1))?;
    records.delete(&keys::group(&pool.id, name))
}

fn count(records: &Records<'_>, pool: &Pool) -> Result<usize, Error> {
    match records.get(&keys::group_count(&pool.id))? {
        Some(count) => Ok(count),
        // Older versions of this program did not count.
        None => Ok(records
            .scan::<IgnoredAny>(&keys::group(&pool.id, ""))?
            .len()),
    }
}

/// Puts a user into a group, who may be in it already.
///
/// # Errors
///
/// `LimitExceededException` if the user is in as many groups as a user can be.
pub(crate) fn join(
    records: &mut Records<'_>,
    pool: &Pool,
    user: &User,
    group: &str,
) -> Result<(), Error> {
    let username = pool.fold(&user.username);
    let names: Vec<String> = records.scan(&keys::membership(&pool.id, &username, ""))?;
    if names.len() >= PER_USER && !names.iter().any(|name| name == group) {
        // The service's text is not known.
        return Err(Error::new(
            ErrorCode::LimitExceededException,
            format!("A user can be in no more than {PER_USER} groups."),
        ));
    }
    records.put(&keys::member(&pool.id, group, &username), &username)?;
    records.put(&keys::membership(&pool.id, &username, group), &group)
}

/// Takes a user out of a group, who may not be in it.
pub(crate) fn leave(
    records: &mut Records<'_>,
    pool: &Pool,
    user: &User,
    group: &str,
) -> Result<(), Error> {
    let username = pool.fold(&user.username);
    records.delete(&keys::member(&pool.id, group, &username))?;
    records.delete(&keys::membership(&pool.id, &username, group))
}

/// Takes a user out of all groups.
pub(crate) fn leave_all(records: &mut Records<'_>, pool: &Pool, user: &User) -> Result<(), Error> {
    for group in of_user(records, pool, user)? {
        leave(records, pool, user, &group)?;
    }
    Ok(())
}

/// What a user's tokens say about groups.
#[derive(Default)]
pub(crate) struct Membership {
    /// The groups' names, by precedence.
    pub names: Vec<String>,
    /// The groups' roles, in the same order.
    pub roles: Vec<String>,
    /// The role of the groups that come before all others, if they agree on one.
    pub preferred_role: Option<String>,
}

impl Membership {
    pub fn of(records: &Records<'_>, pool: &Pool, user: &User) -> Result<Self, Error> {
        let mut groups = of_user(records, pool, user)?
            .iter()
            .map(|name| load(records, pool, name))
            .collect::<Result<Vec<_>, _>>()?;
        // The lowest number comes first, no number last; the names were in order.
        groups.sort_by_key(|group| Reverse(group.precedence.map(Reverse)));
        let with_role: Vec<_> = groups
            .iter()
            .filter_map(|group| Some((group.precedence, group.role_arn.as_deref()?)))
            .collect();
        let foremost: Vec<_> = with_role
            .iter()
            .filter(|(precedence, _)| Some(precedence) == with_role.first().map(|(first, _)| first))
            .map(|(_, role)| *role)
            .collect();
        let preferred = foremost
            .first()
            .filter(|first| foremost.iter().all(|role| role == *first));
        Ok(Self {
            preferred_role: preferred.map(|role| (*role).to_owned()),
            roles: with_role
                .iter()
                .map(|(_, role)| (*role).to_owned())
                .collect(),
            names: groups
                .into_iter()
                .filter_map(|group| group.group_name)
                .collect(),
        })
    }
}

fn of_user(records: &Records<'_>, pool: &Pool, user: &User) -> Result<Vec<String>, Error> {
    records.scan(&keys::membership(&pool.id, &pool.fold(&user.username), ""))
}
