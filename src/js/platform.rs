//! The engine's globals, looked up when they are used.

use dlmalloc::GlobalDlmalloc;
use js_sys::{Date, Reflect, global};
use wasm_bindgen::prelude::*;

/// The allocator that the standard library has too, compiled as this package is: for size.
#[global_allocator]
static ALLOCATOR: GlobalDlmalloc = GlobalDlmalloc;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, millis: f64);

    #[wasm_bindgen(js_name = queueMicrotask)]
    fn queue_microtask(callback: &JsValue);

    #[wasm_bindgen(js_name = String)]
    fn string(value: &JsValue) -> String;
}

/// A property of the global object; undefined if there is none.
pub(super) fn global_property(name: &str) -> JsValue {
    Reflect::get(&global(), &JsValue::from_str(name)).unwrap_or_default()
}

/// A value as JavaScript's `String()` writes it.
pub(super) fn to_text(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| string(value))
}

/// Unix time in whole seconds.
pub(super) fn now_seconds() -> f64 {
    (Date::new_0().get_time() / 1000.0).floor()
}

/// Does something after a while.
pub(super) fn later(millis: f64, action: impl FnOnce() -> Result<JsValue, JsValue> + 'static) {
    set_timeout(&Closure::once_into_js(action), millis);
}

/// Throws what a callback threw where nobody catches it, so that it is seen but disturbs nothing.
pub(super) fn rethrow(error: JsValue) {
    let throw = Closure::once_into_js(move || -> Result<JsValue, JsValue> { Err(error) });
    queue_microtask(&throw);
}
