//! A user whose clock stands still and whose random numbers are known.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use crate::error::Error;
use crate::flow::{Field, Host};

#[derive(Default)]
pub(super) struct TestHost {
    pub(super) pool_name: String,
    pub(super) now_millis: i64,
    pub(super) random: RefCell<VecDeque<Vec<u8>>>,
    pub(super) fields: RefCell<HashMap<Field, Value>>,
    /// Device key, group key and password in storage.
    pub(super) stored_device: RefCell<Option<[Value; 3]>>,
    pub(super) adopted: RefCell<Vec<Value>>,
}

const DEVICE: [Field; 3] = [
    Field::DeviceKey,
    Field::DeviceGroupKey,
    Field::RandomPassword,
];

impl TestHost {
    pub(super) fn new(pool_name: &str, username: &str) -> Self {
        let host = Self {
            pool_name: pool_name.to_owned(),
            ..Self::default()
        };
        host.set(Field::Username, Some(username.into()));
        host.set(Field::Session, Some("session".into()));
        host
    }

    pub(super) fn with_random(self, bytes: Vec<u8>) -> Self {
        self.random.borrow_mut().push_back(bytes);
        self
    }

    pub(super) fn with_stored_device(self, key: &str, group: &str, password: &str) -> Self {
        let device = [key, group, password].map(Value::from);
        Self {
            stored_device: RefCell::new(Some(device)),
            ..self
        }
    }

    pub(super) fn adopted(&self) -> Vec<Value> {
        self.adopted.borrow().clone()
    }
}

impl Host for TestHost {
    type Value = Value;
    type Error = Error;

    fn client_id(&self) -> Result<Value, Error> {
        Ok("client".into())
    }

    fn pool_name(&self) -> Result<String, Error> {
        Ok(self.pool_name.clone())
    }

    fn get(&self, field: Field) -> Option<Value> {
        self.fields.borrow().get(&field).cloned()
    }

    fn set(&self, field: Field, value: Option<Value>) {
        let mut fields = self.fields.borrow_mut();
        match value {
            Some(value) => fields.insert(field, value),
            None => fields.remove(&field),
        };
    }

    fn load_device(&self) -> Result<(), Error> {
        if let Some(device) = self.stored_device.borrow().clone() {
            for (field, value) in DEVICE.into_iter().zip(device) {
                self.set(field, Some(value));
            }
        }
        Ok(())
    }

    fn store_device(&self) -> Result<(), Error> {
        let device = DEVICE.map(|field| self.get(field).unwrap());
        *self.stored_device.borrow_mut() = Some(device);
        Ok(())
    }

    fn forget_device(&self) -> Result<(), Error> {
        for field in DEVICE {
            self.set(field, None);
        }
        *self.stored_device.borrow_mut() = None;
        Ok(())
    }

    fn adopt(&self, result: &Value) -> Result<(), Error> {
        self.adopted.borrow_mut().push(result.clone());
        Ok(())
    }

    fn device_name(&self) -> Value {
        "name".into()
    }

    fn timestamp(&self) -> String {
        cognito_srp::timestamp(self.now_millis)
    }

    fn random(&self, length: usize) -> Result<Vec<u8>, Error> {
        let bytes = self.random.borrow_mut().pop_front();
        Ok(bytes.unwrap_or_else(|| vec![7; length]))
    }
}
