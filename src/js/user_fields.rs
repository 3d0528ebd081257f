//! The fields of `CognitoUser` that applications read and write.

use wasm_bindgen::prelude::*;

use crate::json::Json;
use crate::storage::Item;

use super::user::CognitoUser;

#[wasm_bindgen]
impl CognitoUser {
    /// The field `username`.
    #[wasm_bindgen(getter)]
    pub fn username(&self) -> JsValue {
        self.state.username()
    }

    /// Replaces the field `username`.
    #[wasm_bindgen(setter)]
    pub fn set_username(&self, username: &JsValue) {
        self.state.account.fields().username = username.as_string();
    }

    /// The field `pool`.
    #[wasm_bindgen(getter)]
    pub fn pool(&self) -> JsValue {
        self.state.pool.clone().into()
    }

    /// The field `Session`: of the challenge that waits for an answer, or null.
    #[wasm_bindgen(getter, js_name = Session)]
    pub fn session(&self) -> JsValue {
        self.state
            .account
            .fields()
            .session
            .as_deref()
            .map_or(JsValue::NULL, JsValue::from_str)
    }

    /// Replaces the field `Session`.
    #[wasm_bindgen(setter, js_name = Session)]
    pub fn set_session(&self, session: &JsValue) {
        self.state.account.fields().session = session.as_string();
    }

    /// The field `client`.
    #[wasm_bindgen(getter)]
    pub fn client(&self) -> JsValue {
        self.state.client()
    }

    /// Replaces the field `client`.
    #[wasm_bindgen(setter)]
    pub fn set_client(&self, client: JsValue) {
        self.state.client.replace(client);
    }

    /// The field `signInUserSession`, null while nobody is signed in.
    #[wasm_bindgen(getter, js_name = signInUserSession)]
    pub fn sign_in_user_session(&self) -> JsValue {
        self.state.session.borrow().clone()
    }

    /// Replaces the field `signInUserSession`; storage is left alone.
    #[wasm_bindgen(setter, js_name = signInUserSession)]
    pub fn set_sign_in_user_session(&self, session: JsValue) {
        self.state.session.replace(session);
    }

    /// The field `authenticationFlowType`.
    #[wasm_bindgen(getter, js_name = authenticationFlowType)]
    pub fn authentication_flow_type(&self) -> JsValue {
        self.state.flow_type.borrow().clone()
    }

    /// Replaces the field `authenticationFlowType`.
    #[wasm_bindgen(setter, js_name = authenticationFlowType)]
    pub fn set_authentication_flow_type(&self, flow_type: JsValue) {
        self.state.flow_type.replace(flow_type);
    }

    /// The field `storage`.
    #[wasm_bindgen(getter)]
    pub fn storage(&self) -> JsValue {
        self.state.account.storage().object().into()
    }

    /// Replaces the field `storage`.
    #[wasm_bindgen(setter)]
    pub fn set_storage(&self, storage: JsValue) {
        self.state.account.storage().replace(storage);
    }

    /// The field `keyPrefix`.
    #[wasm_bindgen(getter, js_name = keyPrefix)]
    pub fn key_prefix(&self) -> String {
        [
            "CognitoIdentityServiceProvider.",
            self.state.account.client_id(),
        ]
        .concat()
    }

    /// The field `userDataKey`.
    #[wasm_bindgen(getter, js_name = userDataKey)]
    pub fn user_data_key(&self) -> String {
        self.state.account.key(Item::UserData)
    }

    /// The field `deviceKey`.
    #[wasm_bindgen(getter, js_name = deviceKey)]
    pub fn device_key(&self) -> Option<String> {
        self.state.account.fields().device_key.clone()
    }

    /// Replaces the field `deviceKey`.
    #[wasm_bindgen(setter, js_name = deviceKey)]
    pub fn set_device_key(&self, key: &JsValue) {
        self.state.account.fields().device_key = key.as_string();
    }

    /// Upstream's own properties.
    #[wasm_bindgen(js_name = toJSON)]
    pub fn to_json(&self) -> JsValue {
        JsValue::object()
            .with("username", self.username())
            .with("pool", self.pool())
            .with("Session", self.session())
            .with("client", self.client())
            .with("signInUserSession", self.sign_in_user_session())
            .with("authenticationFlowType", self.authentication_flow_type())
            .with("storage", self.storage())
            .with_text("keyPrefix", &self.key_prefix())
            .with_text("userDataKey", &self.user_data_key())
            .with("deviceKey", self.device_key().map(JsValue::from))
    }
}
