//! Records that older versions of this program wrote, brought to the format that this one reads and writes.

use cognito_idp::Error;

use crate::{
    UnixMillis,
    keys::{self, FORMAT},
    pool::Pool,
    records::Records,
    store::{StoreError, Transaction},
    user::User,
    user_index,
};

type Migration = fn(&mut Records<'_>) -> Result<(), Error>;

/// Each leads from one format to the next; the last one to [`FORMAT`].
const MIGRATIONS: [Migration; 1] = [index_users];

/// How many users are read at a time, so that a large pool does not have to fit into memory.
const AT_ONCE: usize = 1000;

/// What is to be done to records of this format, if there is a way from it.
pub(crate) fn from_format(format: i64) -> Option<&'static [Migration]> {
    let missing = usize::try_from(FORMAT.checked_sub(format)?).ok()?;
    MIGRATIONS.get(MIGRATIONS.len().checked_sub(missing)?..)
}

/// Does it, and commits.
pub(crate) fn run(
    transaction: Box<dyn Transaction + '_>,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    // No record that these write depends on the time.
    let mut records = Records::over(transaction, UnixMillis(0));
    let outcome = migrations
        .iter()
        .try_for_each(|migration| migration(&mut records))
        .and_then(|()| records.commit());
    outcome
        .map(drop)
        .map_err(|error| StoreError::new(error.message))
}

/// From 2 to 3: what users are searched by.
fn index_users(records: &mut Records<'_>) -> Result<(), Error> {
    for pool in records.scan::<Pool>(&keys::pools())? {
        let mut token = None;
        loop {
            let page = records.page(&keys::user(&pool.id, ""), token.as_deref(), AT_ONCE)?;
            for user in &page.items {
                let user: &User = user;
                user_index::update(records, &pool, None, Some(user))?;
            }
            match page.next {
                Some(next) => token = Some(next),
                None => break,
            }
        }
    }
    Ok(())
}
