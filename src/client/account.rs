//! One user of one app client: what is known of them, in memory and in storage.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::error::Error;
use crate::flow::{Field, Host};
use crate::platform;
use crate::session::{Session, Tokens};
use crate::storage::{Item, Storage};

use super::stored::Stored;

/// The state that flows read and change. All methods take `&self`, and no lock is held while storage is
/// used, which may be application code that calls back into the same account.
pub(crate) struct Account<S> {
    client_id: String,
    pool_name: String,
    stored: Arc<Stored<S>>,
    fields: Mutex<HashMap<Field, String>>,
    session: Mutex<Option<Session>>,
}

/// Where storage keeps what of a device.
const DEVICE: [(Item, Field); 3] = [
    (Item::DeviceKey, Field::DeviceKey),
    (Item::RandomPassword, Field::RandomPassword),
    (Item::DeviceGroupKey, Field::DeviceGroupKey),
];

impl<S: Storage<Error = Error>> Account<S> {
    pub(crate) fn new(
        client_id: String,
        pool_name: String,
        username: String,
        stored: Arc<Stored<S>>,
    ) -> Self {
        Self {
            client_id,
            pool_name,
            stored,
            fields: Mutex::new(HashMap::from([(Field::Username, username)])),
            session: Mutex::default(),
        }
    }

    pub(crate) fn username(&self) -> String {
        self.text(Field::Username).unwrap_or_default()
    }

    /// The session in memory, valid or not.
    pub(crate) fn session(&self) -> Option<Session> {
        lock(&self.session).clone()
    }

    pub(crate) fn set_session(&self, session: Option<Session>) {
        *lock(&self.session) = session;
    }

    /// The session in storage, valid or not.
    pub(crate) fn stored_session(&self) -> Result<Option<Session>, Error> {
        self.stored.session(&self.username())
    }

    /// Makes new tokens the user's session, here and in storage.
    pub(crate) fn adopt_tokens(&self, tokens: Tokens) -> Result<Session, Error> {
        let session = Session::issued(tokens, platform::now_millis());
        self.set_session(Some(session.clone()));
        self.stored.set_session(&self.username(), &session)?;
        Ok(session)
    }

    /// Forgets the session and the user's data; what belongs to the device stays.
    pub(crate) fn clear(&self) -> Result<(), Error> {
        self.set_session(None);
        self.stored.remove_session(&self.username())
    }

    /// The answer of GetUser in storage, as JSON.
    pub(crate) fn stored_data(&self) -> Result<Option<String>, Error> {
        self.stored.get(&self.username(), Item::UserData)
    }

    pub(crate) fn store_data(&self, answer: &str) -> Result<(), Error> {
        self.stored.set(&self.username(), Item::UserData, answer)
    }

    pub(crate) fn clear_data(&self) -> Result<(), Error> {
        self.stored.remove(&self.username(), &[Item::UserData])
    }

    /// The key of this device, from memory or storage.
    pub(crate) fn device_key(&self) -> Result<Option<String>, Error> {
        match self.text(Field::DeviceKey) {
            Some(key) => Ok(Some(key)),
            None => self.stored.get(&self.username(), Item::DeviceKey),
        }
    }

    fn text(&self, field: Field) -> Option<String> {
        lock(&self.fields).get(&field).cloned()
    }

    fn set_text(&self, field: Field, text: Option<String>) {
        let mut fields = lock(&self.fields);
        match text {
            Some(text) => fields.insert(field, text),
            None => fields.remove(&field),
        };
    }
}

impl<S: Storage<Error = Error>> Host for Account<S> {
    type Value = Value;
    type Error = Error;

    fn client_id(&self) -> Result<Value, Error> {
        Ok(self.client_id.as_str().into())
    }

    fn pool_name(&self) -> Result<String, Error> {
        Ok(self.pool_name.clone())
    }

    fn get(&self, field: Field) -> Option<Value> {
        self.text(field).map(Value::String)
    }

    fn set(&self, field: Field, value: Option<Value>) {
        let text = value.and_then(|value| Some(value.as_str()?.to_owned()));
        self.set_text(field, text);
    }

    fn load_device(&self) -> Result<(), Error> {
        for (item, field) in DEVICE {
            if let Some(value) = self.stored.get(&self.username(), item)? {
                self.set_text(field, Some(value));
            }
        }
        Ok(())
    }

    fn store_device(&self) -> Result<(), Error> {
        for (item, field) in DEVICE {
            let value = self.text(field).unwrap_or_default();
            self.stored.set(&self.username(), item, &value)?;
        }
        Ok(())
    }

    fn forget_device(&self) -> Result<(), Error> {
        let items = DEVICE.map(|(item, field)| {
            self.set_text(field, None);
            item
        });
        self.stored.remove(&self.username(), &items)
    }

    fn adopt(&self, result: &Value) -> Result<(), Error> {
        // No challenge waits for an answer any more.
        self.set_text(Field::Session, None);
        self.adopt_tokens(Tokens::from_result(result)).map(drop)
    }

    fn device_name(&self) -> Value {
        env!("CARGO_PKG_NAME").into()
    }

    fn timestamp(&self) -> String {
        cognito_srp::timestamp(platform::now_millis())
    }

    fn random(&self, length: usize) -> Result<Vec<u8>, Error> {
        platform::random(length)
    }
}

/// What a poisoned lock guards is whole: nothing panics while it is held.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
