//! Records that older versions of this program wrote, brought to the format that this one reads and writes: those of a
//! whole store, or of one pool that is imported into a store of today's format.

use cognito_idp::Error;

use crate::{
    keys::{self, FORMAT},
    pool::Pool,
    records::Records,
    user::User,
    user_index,
};

pub(crate) type Migration = fn(&mut Records<'_>) -> Result<(), Error>;

/// Each leads from one format to the next; the last one to [`FORMAT`]. What is in that format already it leaves as it is.
const MIGRATIONS: [Migration; 1] = [index_users];

/// How many users are read at a time, so that a large pool does not have to fit into memory.
const AT_ONCE: usize = 1000;

/// What is to be done to records of this format, if there is a way from it.
pub(crate) fn from_format(format: i64) -> Option<&'static [Migration]> {
    let missing = usize::try_from(FORMAT.checked_sub(format)?).ok()?;
    MIGRATIONS.get(MIGRATIONS.len().checked_sub(missing)?..)
}

/// Does it.
pub(crate) fn run(records: &mut Records<'_>, migrations: &[Migration]) -> Result<(), Error> {
    migrations
        .iter()
        .try_for_each(|migration| migration(records))
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
