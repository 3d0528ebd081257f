//! `CognitoUserPool`

use std::cell::RefCell;

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

use crate::error::Misuse;
use crate::flow::operation;
use crate::json::Json;
use crate::pool_id::PoolId;
use crate::storage::{Keys, Storage};

use super::conversation;
use super::data::Client;
use super::platform::global_property;
use super::shapes::Pool;
use super::storage::StorageCell;
use super::user::CognitoUser;

/// One app client of one user pool.
#[wasm_bindgen]
pub struct CognitoUserPool {
    user_pool_id: RefCell<JsValue>,
    client_id: RefCell<JsValue>,
    client: RefCell<JsValue>,
    advanced_security_data_collection_flag: RefCell<JsValue>,
    storage: StorageCell,
    wrap_refresh_session_callback: RefCell<JsValue>,
}

#[wasm_bindgen]
impl CognitoUserPool {
    /// From `{UserPoolId, ClientId, endpoint, fetchOptions, AdvancedSecurityDataCollectionFlag, Storage}`.
    /// The second argument is called with each callback of a token refresh and gives the one to use.
    #[wasm_bindgen(constructor)]
    pub fn new(data: &JsValue, wrap_refresh_session_callback: JsValue) -> Result<Self, JsValue> {
        let required = |key| {
            data.get(key)
                .filter(JsValue::is_truthy)
                .ok_or(Misuse::PoolIdRequired)
        };
        let (user_pool_id, client_id) = (required("UserPoolId")?, required("ClientId")?);
        let id = PoolId::parse(&user_pool_id.as_string().unwrap_or_default())?;
        let endpoint = data
            .text("endpoint")
            .filter(|endpoint| !endpoint.is_empty());
        let client = Client::new(
            &endpoint.unwrap_or_else(|| id.endpoint()),
            &data.get("fetchOptions").unwrap_or_default(),
        );
        let flag = data.get("AdvancedSecurityDataCollectionFlag");
        let flag = flag.and_then(|flag| flag.as_bool()) != Some(false);
        Ok(Self {
            user_pool_id: user_pool_id.into(),
            client_id: client_id.into(),
            client: JsValue::from(client).into(),
            advanced_security_data_collection_flag: JsValue::from(flag).into(),
            storage: StorageCell::new(data.get("Storage")),
            wrap_refresh_session_callback: wrap_refresh_session_callback.into(),
        })
    }

    /// The pool's id.
    #[wasm_bindgen(js_name = getUserPoolId)]
    pub fn get_user_pool_id(&self) -> JsValue {
        self.user_pool_id()
    }

    /// The part of the id that enters the SRP proof.
    #[wasm_bindgen(js_name = getUserPoolName)]
    pub fn get_user_pool_name(&self) -> Option<String> {
        self.user_pool_id()
            .as_string()?
            .split('_')
            .nth(1)
            .map(str::to_owned)
    }

    /// The app client's id.
    #[wasm_bindgen(js_name = getClientId)]
    pub fn get_client_id(&self) -> JsValue {
        self.client_id()
    }

    /// `{EncodedData}` from the advanced security script, if the page has loaded it.
    #[wasm_bindgen(js_name = getUserContextData)]
    pub fn get_user_context_data(&self, username: &JsValue) -> Result<JsValue, JsValue> {
        let script = global_property("AmazonCognitoAdvancedSecurityData");
        if script.is_undefined() {
            return Ok(script);
        }
        let mut context = JsValue::object();
        if self.advanced_security_data_collection_flag().is_truthy() {
            let get_data: Function = Reflect::get(&script, &"getData".into())?.unchecked_into();
            let data =
                get_data.call3(&script, username, &self.user_pool_id(), &self.client_id())?;
            if data.is_truthy() {
                context.insert("EncodedData", data);
            }
        }
        Ok(context)
    }

    /// Where this pool's users are kept.
    #[wasm_bindgen(getter)]
    pub fn storage(&self) -> JsValue {
        self.storage.object().into()
    }

    /// Keeps them elsewhere from now on.
    #[wasm_bindgen(setter)]
    pub fn set_storage(&self, storage: JsValue) {
        self.storage.replace(storage);
    }

    /// Upstream's own properties.
    #[wasm_bindgen(js_name = toJSON)]
    pub fn to_json(&self) -> JsValue {
        JsValue::object()
            .with("userPoolId", self.user_pool_id())
            .with("clientId", self.client_id())
            .with("client", self.client())
            .with(
                "advancedSecurityDataCollectionFlag",
                self.advanced_security_data_collection_flag(),
            )
            .with("storage", self.storage())
    }
}

super::fields::fields! {
    CognitoUserPool {
        user_pool_id, set_user_pool_id: "userPoolId";
        client_id, set_client_id: "clientId";
        client, set_client: "client";
        advanced_security_data_collection_flag, set_advanced_security_data_collection_flag:
            "advancedSecurityDataCollectionFlag";
        wrap_refresh_session_callback, set_wrap_refresh_session_callback:
            "wrapRefreshSessionCallback";
    }
}

// The two methods that make users whose `Pool` is `this`. wasm-bindgen gives `this` to free functions
// only; `pkg/classes.mjs` puts these on the class's prototype.

/// `CognitoUserPool.prototype.getCurrentUser`: who signed in last, or null.
#[wasm_bindgen(this, js_name = poolGetCurrentUser)]
pub fn get_current_user(this: JsValue) -> Result<JsValue, JsValue> {
    let client_id = this.text("clientId").unwrap_or_default();
    let storage = this.get("storage");
    let last_user = StorageCell::new(storage.clone()).get(&Keys::new(&client_id).last_user())?;
    match last_user.filter(|username| !username.is_empty()) {
        Some(username) => user_of(this, JsValue::from(username), storage),
        None => Ok(JsValue::NULL),
    }
}

/// `CognitoUserPool.prototype.signUp`
#[wasm_bindgen(this, js_name = poolSignUp)]
pub fn sign_up(
    this: JsValue,
    username: JsValue,
    password: JsValue,
    user_attributes: JsValue,
    validation_data: JsValue,
    callback: Function,
    client_metadata: JsValue,
) -> Result<(), JsValue> {
    let pool: Pool = this.unchecked_into();
    let client_id = pool.text("clientId").unwrap_or_default();
    let request = operation::sign_up(
        &client_id,
        username.clone(),
        password,
        Some(user_attributes),
        Some(validation_data),
        Some(client_metadata),
    );
    let client = pool.get("client").unwrap_or_default();
    let context_pool = pool.clone();
    let context = || context_pool.get_user_context_data(&username);
    conversation::send(&client, context, request, {
        let username = username.clone();
        Box::new(move |response| {
            let data = match response {
                Ok(data) => data,
                Err(error) => return callback.call2(&JsValue::UNDEFINED, &error, &JsValue::NULL),
            };
            let storage = pool.get("storage");
            let member = |key| data.get(key).unwrap_or_default();
            let result = JsValue::object()
                .with("user", user_of(pool.into(), username, storage)?)
                .with("userConfirmed", member("UserConfirmed"))
                .with("userSub", member("UserSub"))
                .with("codeDeliveryDetails", member("CodeDeliveryDetails"));
            callback.call2(&JsValue::UNDEFINED, &JsValue::NULL, &result)
        })
    })
    .map(drop)
}

fn user_of(pool: JsValue, username: JsValue, storage: Option<JsValue>) -> Result<JsValue, JsValue> {
    let data = JsValue::object()
        .with("Username", username)
        .with("Pool", pool)
        .with("Storage", storage);
    CognitoUser::new(&data).map(JsValue::from)
}
