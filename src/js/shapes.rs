//! What applications hand in, by its shape: instances of our classes, of classes derived from them, or
//! any object that has the members. Read so, the objects stay the application's.

use js_sys::{Array, Function, Reflect, TypeError};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A `CognitoUserPool`.
    #[derive(Clone)]
    pub(super) type Pool;

    #[wasm_bindgen(method, structural, catch, js_name = getClientId)]
    pub(super) fn get_client_id(this: &Pool) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = getUserPoolName)]
    pub(super) fn get_user_pool_name(this: &Pool) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = getUserContextData)]
    pub(super) fn get_user_context_data(
        this: &Pool,
        username: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = wrapRefreshSessionCallback)]
    pub(super) fn wrap_refresh_session_callback(
        this: &Pool,
        callback: &Function,
    ) -> Result<Function, JsValue>;

    /// What sends requests: `pool.client`.
    pub(super) type Client;

    #[wasm_bindgen(method, structural, catch)]
    pub(super) fn request(
        this: &Client,
        operation: &str,
        params: &JsValue,
        callback: &JsValue,
    ) -> Result<JsValue, JsValue>;

    /// An `AuthenticationDetails`.
    pub type Details;

    #[wasm_bindgen(method, structural, catch, js_name = getPassword)]
    pub(super) fn get_password(this: &Details) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = getValidationData)]
    pub(super) fn get_validation_data(this: &Details) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = getClientMetadata)]
    pub(super) fn get_client_metadata(this: &Details) -> Result<JsValue, JsValue>;

    /// A `CognitoUserSession`.
    #[derive(Clone)]
    pub(super) type Session;

    #[wasm_bindgen(method, structural, catch, js_name = isValid)]
    pub(super) fn is_valid(this: &Session) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = getIdToken)]
    pub(super) fn get_id_token(this: &Session) -> Result<Jwt, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = getAccessToken)]
    pub(super) fn get_access_token(this: &Session) -> Result<Jwt, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = getRefreshToken)]
    pub(super) fn get_refresh_token(this: &Session) -> Result<RefreshToken, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = getClockDrift)]
    pub(super) fn get_clock_drift(this: &Session) -> Result<JsValue, JsValue>;

    /// A `CognitoIdToken` or `CognitoAccessToken`.
    #[derive(Clone)]
    pub(super) type Jwt;

    #[wasm_bindgen(method, structural, catch, js_name = getJwtToken)]
    pub(super) fn get_jwt_token(this: &Jwt) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = getIssuedAt)]
    pub(super) fn get_issued_at(this: &Jwt) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = getExpiration)]
    pub(super) fn get_expiration(this: &Jwt) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = decodePayload)]
    pub(super) fn decode_payload(this: &Jwt) -> Result<JsValue, JsValue>;

    /// A `CognitoRefreshToken`.
    #[derive(Clone)]
    pub type RefreshToken;

    #[wasm_bindgen(method, structural, catch, js_name = getToken)]
    pub(super) fn get_token(this: &RefreshToken) -> Result<JsValue, JsValue>;

    /// The object of callbacks of a method such as `authenticateUser`.
    #[derive(Clone)]
    pub type Callbacks;
}

impl Callbacks {
    pub(super) fn on_success(&self, result: &JsValue) -> Result<JsValue, JsValue> {
        self.call("onSuccess", &Array::of1(result))
    }

    pub(super) fn on_failure(&self, error: &JsValue) -> Result<JsValue, JsValue> {
        self.call("onFailure", &Array::of1(error))
    }

    /// Whether the application has such a callback.
    pub(super) fn has(&self, name: &str) -> bool {
        self.function(name).is_some()
    }

    /// Calls a callback with the object as `this`, looked up now. One that is missing is the
    /// application's mistake, of which `onFailure` is told.
    pub(super) fn call(&self, name: &str, arguments: &Array) -> Result<JsValue, JsValue> {
        match self.function(name) {
            Some(function) => function.apply(self, arguments),
            None => {
                let message = ["callback.", name, " is not a function"].concat();
                let error = JsValue::from(TypeError::new(&message));
                match self.function("onFailure") {
                    Some(on_failure) => on_failure.call1(self, &error),
                    None => Err(error),
                }
            }
        }
    }

    fn function(&self, name: &str) -> Option<Function> {
        let function = Reflect::get(self, &JsValue::from_str(name)).ok()?;
        function.dyn_into().ok()
    }
}
