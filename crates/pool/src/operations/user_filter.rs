//! The `Filter` of `ListUsers`: `name = "value"` or, for values that begin so, `name ^= "value"`.

use cognito_idp::Error;

use crate::{
    errors, keys, page::Page, pool::Pool, records::Records, user::User, user_index::Searchable,
};

/// What users are searched for.
pub(super) struct Filter {
    by: Searchable,
    is_prefix: bool,
    /// As the index has it.
    value: String,
}

impl Filter {
    /// # Errors
    ///
    /// `InvalidParameterException` if the text is no filter, or names what users are not searched by.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let unreadable = || errors::invalid_parameter("Error while parsing filter.");
        let (left, value) = text.split_once('=').ok_or_else(unreadable)?;
        let (name, is_prefix) = match left.strip_suffix('^') {
            Some(name) => (name.trim(), true),
            None => (left.trim(), false),
        };
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '"') {
            return Err(unreadable());
        }
        let value = unquote(value.trim()).ok_or_else(unreadable)?;
        let by = Searchable::from_name(name).ok_or_else(|| {
            errors::invalid_parameter(format!("Invalid search attribute: {name}"))
        })?;
        Ok(Self {
            by,
            is_prefix,
            value: by.fold(&value),
        })
    }

    /// A page of those whom it finds, in the order of what they are searched by. It may hold fewer than `limit`, even
    /// none, with more to come.
    pub fn page(
        &self,
        records: &Records<'_>,
        pool: &Pool,
        token: Option<&str>,
        limit: usize,
    ) -> Result<Page<User>, Error> {
        let mut page = match self.by {
            Searchable::Username => {
                let key = keys::user(&pool.id, &pool.fold(&self.value));
                if self.is_prefix {
                    records.page(&key, token, limit)?
                } else {
                    Page::of(records.get(&key)?)
                }
            }
            Searchable::Sub if !self.is_prefix => Page::of(User::follow(
                records,
                pool,
                &keys::sub(&pool.id, &self.value),
            )?),
            Searchable::Sub => {
                let names = records.page(&keys::sub(&pool.id, &self.value), token, limit)?;
                User::follow_page(records, pool, names)?
            }
            Searchable::Indexed(name) => {
                let mut prefix = keys::users_by(&pool.id, name, &self.value);
                if !self.is_prefix {
                    prefix = keys::under(&prefix, "");
                }
                User::follow_page(records, pool, records.page(&prefix, token, limit)?)?
            }
        };
        // The keys of usernames may be in lower case, and an odd value may contain what ends it in a key.
        page.items.retain(|user| self.matches(user));
        Ok(page)
    }

    fn matches(&self, user: &User) -> bool {
        let value = self.by.value(user);
        value.is_some_and(|value| {
            if self.is_prefix {
                value.starts_with(&self.value)
            } else {
                value == self.value
            }
        })
    }
}

/// The text between quotation marks. Within it, a backslash lets the next character stand for itself.
fn unquote(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix('"')?.chars();
    let mut value = String::new();
    loop {
        match rest.next()? {
            '"' => return rest.as_str().is_empty().then_some(value),
            '\\' => value.push(rest.next()?),
            character => value.push(character),
        }
    }
}
