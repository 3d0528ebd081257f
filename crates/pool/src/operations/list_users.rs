//! `ListUsers`.

use cognito_idp::{
    Error,
    types::{ListUsersRequest, ListUsersResponse, UserType},
};

use super::user_filter::Filter;
use crate::{errors, keys, page, pool::Pool, service::Call};

pub(super) fn list_users(
    call: Call<'_>,
    input: ListUsersRequest,
) -> Result<ListUsersResponse, Error> {
    let filter = input
        .filter
        .as_deref()
        .filter(|filter| !filter.is_empty())
        .map(Filter::parse)
        .transpose()?;
    let (token, limit) = (input.pagination_token.as_deref(), page::size(input.limit));
    let (pool, page) = call.transact(|records| {
        let pool = Pool::load(records, &input.user_pool_id)?;
        let page = match &filter {
            None => records.page(&keys::user(&pool.id, ""), token, limit),
            Some(filter) => filter.page(records, &pool, token, limit),
        };
        page.map(|page| (pool, page))
    })?;
    let wanted = input.attributes_to_get.as_deref();
    check_known(&pool, wanted.unwrap_or_default())?;
    let is_wanted =
        |name: &str| wanted.is_none_or(|names| names.iter().any(|wanted| wanted == name));
    let users: Vec<_> = page
        .items
        .iter()
        .map(|user| user.description(is_wanted))
        .collect();
    check_present(&users, wanted.unwrap_or_default())?;
    Ok(ListUsersResponse {
        users: Some(users),
        pagination_token: page.next,
    })
}

fn check_known(pool: &Pool, wanted: &[String]) -> Result<(), Error> {
    let is_known = |name: &String| {
        let mut schema = pool.schema().iter();
        schema.any(|known| known.name.as_ref() == Some(name))
    };
    if wanted.iter().all(is_known) {
        Ok(())
    } else {
        Err(do_not_exist())
    }
}

/// Whoever asks for an attribute gets it of every user or none at all: so the model has it.
fn check_present(users: &[UserType], wanted: &[String]) -> Result<(), Error> {
    let has = |user: &UserType, name: &String| {
        let mut attributes = user.attributes.iter().flatten();
        attributes.any(|attribute| attribute.name == *name)
    };
    if users
        .iter()
        .all(|user| wanted.iter().all(|name| has(user, name)))
    {
        Ok(())
    } else {
        Err(do_not_exist())
    }
}

fn do_not_exist() -> Error {
    errors::invalid_parameter("One or more requested attributes do not exist.")
}
