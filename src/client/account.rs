//! One user of one app client: what is known of them, in memory and in storage.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::error::Error;
use crate::flow::{Field, Host};
use crate::platform;
use crate::session::{Session, Tokens};
use crate::storage::{Item, Keys, Storage};

/// The state that flows read and change. All methods take `&self`, and no lock is held while storage is
/// used, which may be application code that calls back into the same account.
pub(crate) struct Account<S> {
    client_id: String,
    pool_name: String,
    keys: Keys,
    storage: S,
    fields: Mutex<Fields>,
    session: Mutex<Option<Session>>,
}

/// The part that flows change.
#[derive(Default)]
struct Fields {
    username: Option<String>,
    session: Option<String>,
    device_key: Option<String>,
    device_group_key: Option<String>,
    random_password: Option<String>,
    verifier_devices: Option<String>,
}

impl<S> Account<S> {
    pub(crate) fn new(client_id: String, pool_name: String, username: String, storage: S) -> Self {
        let fields = Fields {
            username: Some(username),
            ..Fields::default()
        };
        let keys = Keys::new(&client_id);
        Self {
            client_id,
            pool_name,
            keys,
            storage,
            fields: Mutex::new(fields),
            session: Mutex::default(),
        }
    }

    pub(crate) fn text(&self, field: Field) -> Option<String> {
        self.fields().slot(field).clone()
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

    fn set_text(&self, field: Field, text: Option<String>) {
        *self.fields().slot(field) = text;
    }

    fn fields(&self) -> MutexGuard<'_, Fields> {
        lock(&self.fields)
    }

    /// The key of one of this user's items.
    fn key(&self, item: Item) -> String {
        self.keys.of(&self.username(), item)
    }
}

impl<S: Storage<Error = Error>> Account<S> {
    /// The device key that a refresh sends; `None` while nobody is signed in here.
    pub(crate) fn device_to_refresh(&self) -> Result<Option<String>, Error> {
        let last_user = self.storage.get(&self.keys.last_user())?;
        match last_user.filter(|username| !username.is_empty()) {
            Some(_) => self.load(Item::DeviceKey),
            None => Ok(None),
        }
    }

    /// Makes new tokens the user's session, here and in storage.
    pub(crate) fn adopt_tokens(&self, tokens: Tokens) -> Result<Session, Error> {
        let session = Session::issued(tokens, platform::now_millis());
        self.set_session(Some(session.clone()));
        self.store_tokens(session.tokens(), &session.clock_drift().to_string())?;
        Ok(session)
    }

    /// Writes a session, in upstream's order.
    fn store_tokens(&self, tokens: &Tokens, clock_drift: &str) -> Result<(), Error> {
        let items = [
            (Item::IdToken, tokens.id.as_str()),
            (Item::AccessToken, &tokens.access),
            (Item::RefreshToken, &tokens.refresh),
            (Item::ClockDrift, clock_drift),
        ];
        for (item, value) in items {
            self.storage.set(&self.key(item), value)?;
        }
        self.storage.set(&self.keys.last_user(), &self.username())
    }

    /// The session in storage, valid or not; `None` without an ID token.
    pub(crate) fn stored_session(&self) -> Result<Option<Session>, Error> {
        let Some(id) = self.load(Item::IdToken)? else {
            return Ok(None);
        };
        let access = self.load(Item::AccessToken)?.unwrap_or_default();
        let refresh = self.load(Item::RefreshToken)?.unwrap_or_default();
        let drift = self.load(Item::ClockDrift)?;
        let drift = drift.and_then(|drift| drift.parse::<f64>().ok());
        let tokens = Tokens {
            id,
            access,
            refresh,
        };
        Ok(Some(Session::stored(
            tokens,
            drift.filter(|drift| drift.is_finite()).unwrap_or(0.0),
        )))
    }

    /// Removes the session and the user's data; what belongs to the device stays.
    pub(crate) fn clear(&self) -> Result<(), Error> {
        self.set_session(None);
        let tokens = [Item::IdToken, Item::AccessToken, Item::RefreshToken];
        self.remove(
            &tokens,
            &[
                self.keys.last_user(),
                self.key(Item::ClockDrift),
                self.key(Item::UserData),
            ],
        )
    }

    /// An item of storage; an empty one is none.
    fn load(&self, item: Item) -> Result<Option<String>, Error> {
        let value = self.storage.get(&self.key(item))?;
        Ok(value.filter(|value| !value.is_empty()))
    }

    /// Removes all it can, then fails with the first failure.
    fn remove(&self, items: &[Item], keys: &[String]) -> Result<(), Error> {
        let mut outcome = Ok(());
        let items = items.iter().map(|item| self.key(*item));
        for key in items.chain(keys.iter().cloned()) {
            outcome = outcome.and(self.storage.remove(&key));
        }
        outcome
    }
}

/// Where storage keeps what of a device.
const DEVICE: [(Item, Field); 3] = [
    (Item::DeviceKey, Field::DeviceKey),
    (Item::RandomPassword, Field::RandomPassword),
    (Item::DeviceGroupKey, Field::DeviceGroupKey),
];

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
        self.set_text(
            field,
            value.and_then(|value| Some(value.as_str()?.to_owned())),
        );
    }

    fn load_device(&self) -> Result<(), Error> {
        for (item, field) in DEVICE {
            if let Some(value) = self.load(item)? {
                self.set_text(field, Some(value));
            }
        }
        Ok(())
    }

    fn store_device(&self) -> Result<(), Error> {
        for (item, field) in DEVICE {
            let value = self.text(field).unwrap_or_default();
            self.storage.set(&self.key(item), &value)?;
        }
        Ok(())
    }

    fn forget_device(&self) -> Result<(), Error> {
        let items = DEVICE.map(|(item, field)| {
            self.set_text(field, None);
            item
        });
        self.remove(&items, &[])
    }

    fn adopt(&self, result: &Value) -> Result<(), Error> {
        self.adopt_tokens(Tokens::from_result(result)).map(drop)
    }

    fn device_name(&self) -> String {
        env!("CARGO_PKG_NAME").to_owned()
    }

    fn now_millis(&self) -> i64 {
        platform::now_millis()
    }

    fn random(&self, length: usize) -> Result<Vec<u8>, Error> {
        platform::random(length)
    }
}

impl Fields {
    fn slot(&mut self, field: Field) -> &mut Option<String> {
        match field {
            Field::Username => &mut self.username,
            Field::Session => &mut self.session,
            Field::DeviceKey => &mut self.device_key,
            Field::DeviceGroupKey => &mut self.device_group_key,
            Field::RandomPassword => &mut self.random_password,
            Field::VerifierDevices => &mut self.verifier_devices,
        }
    }
}

/// What a poisoned lock guards is whole: nothing panics while it is held.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
