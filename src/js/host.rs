//! A JavaScript `CognitoUser` as the host of a flow.

use wasm_bindgen::prelude::*;

use crate::flow::{Field, Host};
use crate::json::Json;

use super::face;

#[wasm_bindgen]
extern "C" {
    /// A `CognitoUser`, or what an application derives from it.
    pub type User;
}

impl User {
    fn pool(&self) -> JsValue {
        Json::get(self.as_ref(), "pool").unwrap_or_default()
    }
}

impl Host for User {
    type Value = JsValue;
    type Error = JsValue;

    fn client_id(&self) -> Result<JsValue, JsValue> {
        face::call(&self.pool(), "getClientId")
    }

    fn pool_name(&self) -> Result<String, JsValue> {
        let name = face::call(&self.pool(), "getUserPoolName")?;
        Ok(name.as_string().unwrap_or_default())
    }

    fn get(&self, field: Field) -> Option<JsValue> {
        Json::get(self.as_ref(), name(field))
    }

    fn set(&self, field: Field, value: Option<JsValue>) {
        face::set_field(self, name(field), value.unwrap_or_default());
    }

    fn load_device(&self) -> Result<(), JsValue> {
        face::call(self, "getCachedDeviceKeyAndPassword").map(drop)
    }

    fn store_device(&self) -> Result<(), JsValue> {
        face::call(self, "cacheDeviceKeyAndPassword").map(drop)
    }

    fn forget_device(&self) -> Result<(), JsValue> {
        for field in [
            Field::DeviceKey,
            Field::RandomPassword,
            Field::DeviceGroupKey,
        ] {
            self.set(field, Some(JsValue::NULL));
        }
        face::call(self, "clearCachedDeviceKeyAndPassword").map(drop)
    }

    fn adopt(&self, result: &JsValue) -> Result<(), JsValue> {
        face::adopt(self, result)
    }

    fn device_name(&self) -> JsValue {
        face::device_name()
    }

    fn timestamp(&self) -> String {
        face::timestamp()
    }

    fn random(&self, length: usize) -> Result<Vec<u8>, JsValue> {
        face::random_bytes(length)
    }
}

/// A field as upstream calls it.
fn name(field: Field) -> &'static str {
    match field {
        Field::Username => "username",
        Field::Session => "Session",
        Field::DeviceKey => "deviceKey",
        Field::DeviceGroupKey => "deviceGroupKey",
        Field::RandomPassword => "randomPassword",
        Field::VerifierDevices => "verifierDevices",
    }
}
