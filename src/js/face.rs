//! The classes, which are JavaScript, and what they do for flows. Applications get the classes from here.

use wasm_bindgen::prelude::*;

use super::core::Core;
use super::host::User;

#[wasm_bindgen(module = "/src/js/core.js")]
extern "C" {
    /// Gives the classes what they call.
    pub(super) fn connect(core: Core);
}

#[wasm_bindgen(module = "/src/js/host.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = clientId)]
    pub(super) fn client_id(user: &User) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = poolName)]
    pub(super) fn pool_name(user: &User) -> Result<String, JsValue>;
    pub(super) fn renamed(user: &User);
    #[wasm_bindgen(catch)]
    pub(super) fn adopt(user: &User, result: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = deviceName)]
    pub(super) fn device_name() -> String;
}

#[wasm_bindgen(module = "/src/js/errors.js")]
extern "C" {
    /// An `Error` with a code.
    pub(super) fn failure(code: &str, message: &str) -> JsValue;
}

/// Reexports a class of a file of this folder.
macro_rules! class {
    ($file:literal: $($class:ident)*) => {
        #[wasm_bindgen(module = $file)]
        extern "C" {
            $(
                #[doc = concat!("The class `", stringify!($class), "`, in `", $file, "`.")]
                #[wasm_bindgen(reexport)]
                pub type $class;
            )*
        }
    };
}

class! { "/src/js/authentication-details.js": AuthenticationDetails }
