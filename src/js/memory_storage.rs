//! The store of last resort.

use js_sys::{Map, Object};
use wasm_bindgen::prelude::*;

use super::storage::WebStorage;

/// Storage of the whole process, as upstream has it: pools and users that are made one after another,
/// each without storage of its own, find each other's sessions.
#[wasm_bindgen]
pub struct MemoryStorage {
    entries: Map,
}

thread_local! {
    static SHARED: JsValue = MemoryStorage { entries: Map::new() }.into();
}

/// The one store.
pub(super) fn shared() -> WebStorage {
    SHARED.with(Clone::clone).unchecked_into()
}

#[wasm_bindgen]
impl MemoryStorage {
    /// The value, undefined if there is none.
    #[wasm_bindgen(js_name = getItem)]
    pub fn get_item(&self, key: &JsValue) -> JsValue {
        self.entries.get(key)
    }

    /// Sets a value and gives it back.
    #[wasm_bindgen(js_name = setItem)]
    pub fn set_item(&self, key: &JsValue, value: JsValue) -> JsValue {
        self.entries.set(key, &value);
        value
    }

    /// Removes a key; always true.
    #[wasm_bindgen(js_name = removeItem)]
    pub fn remove_item(&self, key: &JsValue) -> bool {
        self.entries.delete(key);
        true
    }

    /// Nothing: upstream's is a function, which JSON leaves out.
    #[wasm_bindgen(js_name = toJSON)]
    pub fn to_json(&self) -> JsValue {
        JsValue::UNDEFINED
    }

    /// Removes everything and gives an empty object.
    pub fn clear(&self) -> Object {
        self.entries.clear();
        Object::new()
    }
}
