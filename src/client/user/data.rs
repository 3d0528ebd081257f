//! The user as the service describes them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::error::Error;
use crate::json::Json;
use crate::storage::Storage;

use super::User;
use crate::client::mfa::Mfa;
use crate::client::transport::Transport;

/// The answer of `GetUser`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserData {
    /// The service's name for the user.
    pub username: String,
    /// Such as `email`.
    pub attributes: BTreeMap<String, String>,
    /// The factors that the user may be asked for, of those that this version can answer.
    pub mfas: Vec<Mfa>,
    /// The one that comes first.
    pub preferred_mfa: Option<Mfa>,
}

impl<T: Transport, S: Storage<Error = Error>> User<T, S> {
    /// What storage has of a signed-in user from an earlier call; otherwise [`fetch_data`](Self::fetch_data).
    ///
    /// # Errors
    /// As [`fetch_data`](Self::fetch_data)
    pub async fn data(&self) -> Result<UserData, Error> {
        self.access_token()?;
        let stored = self.account().stored_data()?;
        match stored.and_then(|text| Value::String(text).parsed()) {
            Some(answer) => Ok(UserData::from_answer(&answer)),
            None => self.fetch_data().await,
        }
    }

    /// Asks the service who a signed-in user is, and writes it to storage.
    ///
    /// # Errors
    /// [`Misuse::NotAuthenticated`](crate::Misuse::NotAuthenticated); [`Error::Service`],
    /// [`Error::Network`], [`Error::Storage`]
    pub async fn fetch_data(&self) -> Result<UserData, Error> {
        let answer = self.send_authorized("GetUser", json!({})).await?;
        self.account().store_data(&answer.to_string())?;
        Ok(UserData::from_answer(&answer))
    }
}

impl UserData {
    fn from_answer(answer: &Value) -> Self {
        let names = Json::get(answer, "UserMFASettingList").map(|list| list.elements());
        let mfa = |name: &Value| Mfa::from_name(name.as_str()?);
        Self {
            username: answer.text("Username").unwrap_or_default(),
            attributes: attributes(answer, "UserAttributes"),
            mfas: names.iter().flatten().filter_map(mfa).collect(),
            preferred_mfa: Json::get(answer, "PreferredMfaSetting")
                .as_ref()
                .and_then(mfa),
        }
    }
}

/// A list of names and values.
pub(super) fn attributes(answer: &Value, key: &str) -> BTreeMap<String, String> {
    let list = Json::get(answer, key).map(|list| list.elements());
    let pair = |attribute: Value| Some((attribute.text("Name")?, attribute.text("Value")?));
    list.into_iter().flatten().filter_map(pair).collect()
}
