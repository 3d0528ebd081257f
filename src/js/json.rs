//! The engine's own values as JSON trees.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::json::Json;

impl Json for JsValue {
    fn object() -> Self {
        Object::new().into()
    }

    fn string(text: &str) -> Self {
        Self::from_str(text)
    }

    fn null() -> Self {
        Self::NULL
    }

    fn insert(&mut self, key: &str, value: Self) {
        set(self, key, &value);
    }

    fn get(&self, key: &str) -> Option<Self> {
        let value = Reflect::get(self, &Self::from_str(key)).ok()?;
        (!value.is_null() && !value.is_undefined()).then_some(value)
    }

    fn as_text(&self) -> Option<String> {
        self.as_string()
    }

    fn is_true(&self) -> bool {
        self == &JsValue::TRUE
    }

    fn elements(&self) -> Vec<Self> {
        if Array::is_array(self) {
            Array::from(self).to_vec()
        } else {
            Vec::new()
        }
    }

    fn members(&self) -> Vec<(String, Self)> {
        if self.is_falsy() {
            return Vec::new();
        }
        let keys = Object::keys(self.unchecked_ref::<Object>()).to_vec();
        let member = |key: Self| Some((key.as_string()?, Reflect::get(self, &key).ok()?));
        keys.into_iter().filter_map(member).collect()
    }

    fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok()
    }
}

/// Sets a property of a plain object, which cannot fail.
pub(super) fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(key), value);
}

/// An array of these values.
pub(super) fn array(values: &[JsValue]) -> JsValue {
    let array = Array::new();
    for value in values {
        array.push(value);
    }
    array.into()
}
