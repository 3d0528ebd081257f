//! The classes that hold data alone, and `pool.client`: plain JavaScript, as upstream's are plain objects.
//! Applications get them from here too.

use wasm_bindgen::prelude::*;

use super::storage::WebStorage;

#[wasm_bindgen(module = "/src/js/data.js")]
extern "C" {
    /// Who signs in, with what.
    #[wasm_bindgen(reexport)]
    pub type AuthenticationDetails;

    /// A name and a value.
    #[wasm_bindgen(reexport)]
    pub type CognitoUserAttribute;

    /// From `{Name, Value}`.
    #[wasm_bindgen(constructor)]
    pub(super) fn new(data: &JsValue) -> CognitoUserAttribute;

    /// Says who the user is.
    #[wasm_bindgen(reexport)]
    pub type CognitoIdToken;

    /// From `{IdToken}`.
    #[wasm_bindgen(constructor)]
    pub(super) fn new(data: &JsValue) -> CognitoIdToken;

    /// Says what the user may do.
    #[wasm_bindgen(reexport)]
    pub type CognitoAccessToken;

    /// From `{AccessToken}`.
    #[wasm_bindgen(constructor)]
    pub(super) fn new(data: &JsValue) -> CognitoAccessToken;

    /// Buys new tokens.
    #[wasm_bindgen(reexport)]
    pub type CognitoRefreshToken;

    /// From `{RefreshToken}`.
    #[wasm_bindgen(constructor)]
    pub(super) fn new(data: &JsValue) -> CognitoRefreshToken;

    /// The store of last resort.
    #[wasm_bindgen(thread_local_v2, js_name = MemoryStorage)]
    pub(super) static MEMORY_STORAGE: WebStorage;
}

#[wasm_bindgen(module = "/src/js/client.js")]
extern "C" {
    /// Sends requests to one endpoint.
    pub(super) type Client;

    #[wasm_bindgen(constructor)]
    pub(super) fn new(endpoint: &str, fetch_options: &JsValue) -> Client;
}
