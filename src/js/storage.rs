//! Web storage: the application's own object, the browser's localStorage, or memory.

use std::cell::RefCell;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use crate::storage::Storage;

use super::data::MEMORY_STORAGE;
use super::platform::global_property;

#[wasm_bindgen]
extern "C" {
    /// Anything with the methods of localStorage.
    #[derive(Clone)]
    pub(super) type WebStorage;

    #[wasm_bindgen(method, structural, catch, js_name = getItem)]
    fn get_item(this: &WebStorage, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = setItem)]
    fn set_item(this: &WebStorage, key: &str, value: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = removeItem)]
    fn remove_item(this: &WebStorage, key: &str) -> Result<JsValue, JsValue>;
}

/// Storage of one user or pool. The application may replace the object.
pub(super) struct StorageCell(RefCell<WebStorage>);

impl StorageCell {
    /// The object that the application gave, or else the default.
    pub(super) fn new(given: Option<JsValue>) -> Self {
        let given = given.filter(JsValue::is_truthy).map(JsCast::unchecked_into);
        Self(given.unwrap_or_else(default_storage).into())
    }

    pub(super) fn object(&self) -> WebStorage {
        self.0.borrow().clone()
    }

    pub(super) fn replace(&self, object: JsValue) {
        self.0.replace(object.unchecked_into());
    }

    /// A value as the object gives it: a miss is null in localStorage and undefined in memory.
    pub(super) fn raw(&self, key: &str) -> Result<JsValue, JsValue> {
        self.object().get_item(key)
    }
}

impl Storage for StorageCell {
    type Error = JsValue;

    fn get(&self, key: &str) -> Result<Option<String>, JsValue> {
        Ok(self.raw(key)?.as_string())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), JsValue> {
        self.object().set_item(key, value).map(drop)
    }

    fn remove(&self, key: &str) -> Result<(), JsValue> {
        self.object().remove_item(key).map(drop)
    }
}

/// localStorage where it works, which upstream finds out by using it; otherwise memory.
fn default_storage() -> WebStorage {
    const PROBE: &str = "aws.cognito.test-ls";
    let probe = || {
        // Not gloo-storage: it finds the window by `instanceof Window`, which is false for the global
        // object of Vitest's jsdom and happy-dom, where upstream does find localStorage.
        let window = global_property("window");
        let storage: WebStorage = Reflect::get(&window, &"localStorage".into())?.unchecked_into();
        storage.set_item(PROBE, "1")?;
        storage.remove_item(PROBE)?;
        Ok::<_, JsValue>(storage)
    };
    probe().unwrap_or_else(|_| MEMORY_STORAGE.with(Clone::clone))
}
