//! A JavaScript `CognitoUser` as the host of a flow.

use wasm_bindgen::prelude::*;

use crate::flow::{Field, Host};
use crate::json::Json;
use crate::platform::now_millis;

use super::face;
use super::json::set;

#[wasm_bindgen]
extern "C" {
    /// A `CognitoUser`, or what an application derives from it.
    pub type User;

    #[wasm_bindgen(method, structural, catch, js_name = getCachedDeviceKeyAndPassword)]
    fn load_device_fields(this: &User) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = cacheDeviceKeyAndPassword)]
    fn store_device_fields(this: &User) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = clearCachedDeviceKeyAndPassword)]
    fn clear_device_fields(this: &User) -> Result<(), JsValue>;
}

impl Host for User {
    type Value = JsValue;
    type Error = JsValue;

    fn client_id(&self) -> Result<JsValue, JsValue> {
        face::client_id(self)
    }

    fn pool_name(&self) -> Result<String, JsValue> {
        face::pool_name(self)
    }

    fn get(&self, field: Field) -> Option<JsValue> {
        let user: &JsValue = self;
        Json::get(user, name(field))
    }

    fn set(&self, field: Field, value: Option<JsValue>) {
        set(self, name(field), &value.unwrap_or_default());
        if field == Field::Username {
            face::renamed(self);
        }
    }

    fn load_device(&self) -> Result<(), JsValue> {
        self.load_device_fields()
    }

    fn store_device(&self) -> Result<(), JsValue> {
        self.store_device_fields()
    }

    fn forget_device(&self) -> Result<(), JsValue> {
        for field in [
            Field::DeviceKey,
            Field::RandomPassword,
            Field::DeviceGroupKey,
        ] {
            self.set(field, Some(JsValue::NULL));
        }
        self.clear_device_fields()
    }

    fn adopt(&self, result: &JsValue) -> Result<(), JsValue> {
        face::adopt(self, result)
    }

    fn device_name(&self) -> String {
        face::device_name()
    }

    fn now_millis(&self) -> i64 {
        now_millis()
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
