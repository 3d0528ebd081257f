//! Attributes that users sign in with: who may, and that no two may with the same.

use cognito_idp::{
    Error,
    types::{UserStatusType, VerifiedAttributeType},
};

use crate::{delivery, errors, keys, pool::Pool, records::Records, user::User, usernames};

impl User {
    /// Refuses a new user whose username, or whose address in a pool where that is the username, somebody has.
    pub fn check_is_new(
        &self,
        records: &Records<'_>,
        pool: &Pool,
        name: &str,
        otherwise: &str,
    ) -> Result<(), Error> {
        for attribute in pool.username_attributes() {
            let Some(value) = self.attributes.get(attribute.as_str()) else {
                continue;
            };
            let key = keys::alias(&pool.id, attribute.as_str(), &pool.fold(value));
            if Self::follow(records, pool, &key)?.is_some() {
                return Err(usernames::taken(Some(attribute.as_str()), otherwise));
            }
        }
        let holder: Option<Self> = records.get(&keys::user(&pool.id, &pool.fold(name)))?;
        if holder.is_some() {
            Err(usernames::taken(None, otherwise))
        } else {
            Ok(())
        }
    }

    /// Lets the user sign in with all attributes that the pool lets stand for a username: addresses that are one at
    /// once, others when they are verified and the user is confirmed.
    ///
    /// # Errors
    ///
    /// `AliasExistsException` if somebody else signs in with one; unless `force`, which takes it away from them.
    pub fn claim_aliases(
        &self,
        records: &mut Records<'_>,
        pool: &Pool,
        force: bool,
    ) -> Result<(), Error> {
        for attribute in pool.sign_in_attributes() {
            if self.may_claim(pool, attribute) {
                self.claim_alias(records, pool, attribute, force)?;
            }
        }
        Ok(())
    }

    fn may_claim(&self, pool: &Pool, attribute: &str) -> bool {
        let is_username = pool
            .username_attributes()
            .iter()
            .any(|name| name.as_str() == attribute);
        let is_verified = match VerifiedAttributeType::from_name(attribute) {
            Some(attribute) => delivery::is_verified(self, attribute),
            None => true,
        };
        is_username || is_verified && self.status != UserStatusType::Unconfirmed
    }

    fn claim_alias(
        &self,
        records: &mut Records<'_>,
        pool: &Pool,
        attribute: &str,
        force: bool,
    ) -> Result<(), Error> {
        let Some(value) = self.attributes.get(attribute) else {
            return Ok(());
        };
        let key = keys::alias(&pool.id, attribute, &pool.fold(value));
        match Self::follow(records, pool, &key)? {
            Some(holder) if holder.sub != self.sub && !force => {
                return Err(errors::alias_exists(attribute));
            }
            Some(mut holder) if holder.sub != self.sub => {
                holder
                    .attributes
                    .insert(format!("{attribute}_verified"), "false".to_owned());
                holder.save(records, pool)?;
            }
            _ => {}
        }
        records.put(&key, &pool.fold(&self.username))
    }

    /// Ends what [`claim_aliases`](Self::claim_aliases) began for one attribute, if it is this user's.
    pub fn release_alias(
        &self,
        records: &mut Records<'_>,
        pool: &Pool,
        attribute: &str,
    ) -> Result<(), Error> {
        let Some(value) = self.attributes.get(attribute) else {
            return Ok(());
        };
        let key = keys::alias(&pool.id, attribute, &pool.fold(value));
        let holder: Option<String> = records.get(&key)?;
        if holder.is_some_and(|holder| holder == pool.fold(&self.username)) {
            records.delete(&key)?;
        }
        Ok(())
    }
}
