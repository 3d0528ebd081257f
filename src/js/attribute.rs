//! `CognitoUserAttribute`

use std::cell::RefCell;

use js_sys::JSON;
use wasm_bindgen::prelude::*;

use crate::json::Json;

/// A name and a value. (`setName` and `setValue` give `this` back, so they are JavaScript, in
/// `pkg/classes.mjs`.)
#[wasm_bindgen]
pub struct CognitoUserAttribute {
    name: RefCell<JsValue>,
    value: RefCell<JsValue>,
}

impl CognitoUserAttribute {
    pub(super) fn from_parts(name: JsValue, value: JsValue) -> Self {
        let text = |given: JsValue| {
            RefCell::new(if given.is_truthy() {
                given
            } else {
                JsValue::from_str("")
            })
        };
        Self {
            name: text(name),
            value: text(value),
        }
    }
}

#[wasm_bindgen]
impl CognitoUserAttribute {
    /// From `{Name, Value}`; what is missing becomes an empty text.
    #[wasm_bindgen(constructor)]
    pub fn new(data: &JsValue) -> Self {
        let member = |key| data.get(key).unwrap_or_default();
        Self::from_parts(member("Name"), member("Value"))
    }

    /// The name.
    #[wasm_bindgen(js_name = getName)]
    pub fn get_name(&self) -> JsValue {
        self.name()
    }

    /// The value.
    #[wasm_bindgen(js_name = getValue)]
    pub fn get_value(&self) -> JsValue {
        self.value()
    }

    /// `{Name, Value}`
    #[wasm_bindgen(js_name = toJSON)]
    pub fn to_json(&self) -> JsValue {
        JsValue::object()
            .with("Name", self.name())
            .with("Value", self.value())
    }

    /// JSON text.
    #[wasm_bindgen(js_name = toString)]
    pub fn text(&self) -> Result<JsValue, JsValue> {
        JSON::stringify(&self.to_json()).map(Into::into)
    }
}

super::fields::fields! {
    CognitoUserAttribute {
        name, set_name: "Name";
        value, set_value: "Value";
    }
}
