//! Links between users and the accounts that they have with identity providers.

use cognito_idp::{Error, ErrorCode, types::ProviderUserIdentifierType};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{UnixMillis, errors, keys, pool::Pool, records::Records, user::User};

/// How many accounts one user can be linked to.
const PER_USER: usize = 5;

/// An account with an identity provider, by an attribute that names it there.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub provider: String,
    /// `Cognito_Subject` stands for what the provider itself knows the account by.
    pub attribute: String,
    pub value: String,
}

/// An account that is linked to a user.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub account: Account,
    /// `Google`, `SAML` and the like.
    pub provider_type: String,
    pub since: UnixMillis,
}

impl Account {
    /// # Errors
    ///
    /// `InvalidParameterException` if something is missing.
    pub fn parse(given: ProviderUserIdentifierType) -> Result<Self, Error> {
        let required = |value: Option<String>, name: &str| {
            value
                .filter(|value| !value.is_empty())
                .ok_or_else(|| errors::missing_parameter(name))
        };
        Ok(Self {
            provider: required(given.provider_name, "ProviderName")?,
            attribute: required(given.provider_attribute_name, "ProviderAttributeName")?,
            value: required(given.provider_attribute_value, "ProviderAttributeValue")?,
        })
    }

    /// What a user is called who signed in with this account before it was linked to anybody.
    pub fn username(&self) -> String {
        format!("{}_{}", self.provider, self.value)
    }

    /// The user whom this account is linked to.
    pub fn holder(&self, records: &Records<'_>, pool: &Pool) -> Result<Option<User>, Error> {
        User::follow(records, pool, &self.key(pool))
    }

    fn key(&self, pool: &Pool) -> String {
        keys::identity(&pool.id, &self.provider, &self.attribute, &self.value)
    }
}

impl Identity {
    /// As the user's `identities` attribute shows it.
    fn attribute(&self) -> Value {
        json!({
            "userId": self.account.value,
            "providerName": self.account.provider,
            "providerType": self.provider_type,
            "issuer": null,
            "primary": false,
            "dateCreated": self.since.0,
        })
    }

    /// As ID tokens show it: every value is text.
    fn claim(&self) -> Value {
        json!({
            "userId": self.account.value,
            "providerName": self.account.provider,
            "providerType": self.provider_type,
            "issuer": null,
            "primary": "false",
            "dateCreated": self.since.0.to_string(),
        })
    }
}

impl User {
    /// Links an account that is linked to nobody.
    ///
    /// # Errors
    ///
    /// `LimitExceededException` if the user has as many as a user can have.
    pub fn link(
        &mut self,
        records: &mut Records<'_>,
        pool: &Pool,
        identity: Identity,
    ) -> Result<(), Error> {
        if self.identities.len() >= PER_USER {
            // The service's text is not known.
            return Err(Error::new(
                ErrorCode::LimitExceededException,
                format!("A user can be linked to no more than {PER_USER} accounts."),
            ));
        }
        records.put(&identity.account.key(pool), &pool.fold(&self.username))?;
        self.identities.push(identity);
        self.save(records, pool)
    }

    /// Ends the link to an account.
    pub fn unlink(
        &mut self,
        records: &mut Records<'_>,
        pool: &Pool,
        account: &Account,
    ) -> Result<(), Error> {
        self.identities
            .retain(|identity| identity.account != *account);
        records.delete(&account.key(pool))?;
        self.save(records, pool)
    }

    /// Ends all of the user's links, for one who goes.
    pub fn release_identities(&self, records: &mut Records<'_>, pool: &Pool) -> Result<(), Error> {
        for identity in &self.identities {
            records.delete(&identity.account.key(pool))?;
        }
        Ok(())
    }

    /// The `identities` attribute, if the user has any.
    pub fn identities_attribute(&self) -> Option<String> {
        let all: Vec<_> = self.identities.iter().map(Identity::attribute).collect();
        (!all.is_empty()).then(|| Value::from(all).to_string())
    }

    /// The `identities` claim, if the user has any.
    pub fn identities_claim(&self) -> Option<Value> {
        let all: Vec<_> = self.identities.iter().map(Identity::claim).collect();
        (!all.is_empty()).then(|| all.into())
    }
}
