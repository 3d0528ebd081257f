//! `AuthenticationDetails`

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use crate::json::Json;

/// Who signs in, with what.
#[wasm_bindgen]
pub struct AuthenticationDetails {
    validation_data: RefCell<JsValue>,
    auth_parameters: RefCell<JsValue>,
    client_metadata: RefCell<JsValue>,
    username: RefCell<JsValue>,
    password: RefCell<JsValue>,
}

#[wasm_bindgen]
impl AuthenticationDetails {
    /// From `{Username, Password, ValidationData, AuthParameters, ClientMetadata}`.
    #[wasm_bindgen(constructor)]
    pub fn new(data: &JsValue) -> Self {
        let object = |key| {
            let given = data.get(key).filter(JsValue::is_truthy);
            RefCell::new(given.unwrap_or_else(JsValue::object))
        };
        let text = |key| RefCell::new(data.get(key).unwrap_or_default());
        Self {
            validation_data: object("ValidationData"),
            auth_parameters: object("AuthParameters"),
            client_metadata: object("ClientMetadata"),
            username: text("Username"),
            password: text("Password"),
        }
    }

    /// The user's name as given.
    #[wasm_bindgen(js_name = getUsername)]
    pub fn get_username(&self) -> JsValue {
        self.username()
    }

    /// The password as given.
    #[wasm_bindgen(js_name = getPassword)]
    pub fn get_password(&self) -> JsValue {
        self.password()
    }

    /// The validation data, itself.
    #[wasm_bindgen(js_name = getValidationData)]
    pub fn get_validation_data(&self) -> JsValue {
        self.validation_data()
    }

    /// The parameters, themselves.
    #[wasm_bindgen(js_name = getAuthParameters)]
    pub fn get_auth_parameters(&self) -> JsValue {
        self.auth_parameters()
    }

    /// The metadata, itself.
    #[wasm_bindgen(js_name = getClientMetadata)]
    pub fn get_client_metadata(&self) -> JsValue {
        self.client_metadata()
    }

    /// Upstream's own properties.
    #[wasm_bindgen(js_name = toJSON)]
    pub fn to_json(&self) -> JsValue {
        JsValue::object()
            .with("validationData", self.validation_data())
            .with("authParameters", self.auth_parameters())
            .with("clientMetadata", self.client_metadata())
            .with("username", self.username())
            .with("password", self.password())
    }
}

super::fields::fields! {
    AuthenticationDetails {
        validation_data, set_validation_data: "validationData";
        auth_parameters, set_auth_parameters: "authParameters";
        client_metadata, set_client_metadata: "clientMetadata";
        username, set_username: "username";
        password, set_password: "password";
    }
}
