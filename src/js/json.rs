//! The engine's own values as JSON trees.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::json::Json;

use super::face;

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
        face::set(self, key, value);
    }

    fn get(&self, key: &str) -> Option<Self> {
        face::get(self, key)
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

    fn parsed(&self) -> Option<Self> {
        face::parsed(self)
    }

    fn without_prefix(&self, prefix: &str) -> Self {
        face::without_prefix(self, prefix)
    }
}
