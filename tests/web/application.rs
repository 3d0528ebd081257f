//! The classes as an application holds them.

use amazon_cognito_identity::js::{AuthenticationDetails, CognitoUser, CognitoUserPool};
use serde_json::json;
use wasm_bindgen::prelude::*;

use crate::stage::{Callbacks, Service, js};

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    pub type Pool;
    #[wasm_bindgen(method, catch, js_name = getCurrentUser)]
    pub fn current_user(this: &Pool) -> Result<Option<User>, JsValue>;
    #[wasm_bindgen(method, getter)]
    pub fn client(this: &Pool) -> Client;
    #[wasm_bindgen(method, getter)]
    pub fn storage(this: &Pool) -> JsValue;

    pub type Client;
    #[wasm_bindgen(method, setter)]
    pub fn set_request(this: &Client, request: JsValue);

    #[derive(Clone)]
    pub type User;
    #[wasm_bindgen(method, getter)]
    pub fn username(this: &User) -> String;
    #[wasm_bindgen(method, getter, js_name = signInUserSession)]
    pub fn session(this: &User) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = Session)]
    pub fn challenge_session(this: &User) -> JsValue;
    #[wasm_bindgen(method, setter, js_name = deviceKey)]
    pub fn set_device_key(this: &User, key: &str);
    #[wasm_bindgen(method, setter, js_name = deviceGroupKey)]
    pub fn set_device_group_key(this: &User, key: &str);
    #[wasm_bindgen(method, setter, js_name = randomPassword)]
    pub fn set_random_password(this: &User, password: &str);

    #[wasm_bindgen(method, js_name = setAuthenticationFlowType)]
    pub fn set_flow(this: &User, flow: &str);
    #[wasm_bindgen(method, catch, js_name = authenticateUser)]
    pub fn authenticate(
        this: &User,
        details: &AuthenticationDetails,
        callbacks: &Callbacks,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = initiateAuth)]
    pub fn initiate_auth(
        this: &User,
        details: &AuthenticationDetails,
        callbacks: &Callbacks,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = completeNewPasswordChallenge)]
    pub fn complete_new_password(
        this: &User,
        password: &str,
        attributes: &JsValue,
        callbacks: &Callbacks,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = sendMFACode)]
    pub fn send_mfa_code(
        this: &User,
        code: &str,
        callbacks: &Callbacks,
        mfa_type: Option<&str>,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = sendMFASelectionAnswer)]
    pub fn send_mfa_selection(
        this: &User,
        answer: &str,
        callbacks: &Callbacks,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = associateSoftwareToken)]
    pub fn associate_software_token(this: &User, callbacks: &Callbacks) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = verifySoftwareToken)]
    pub fn verify_software_token(
        this: &User,
        code: &str,
        device: &str,
        callbacks: &Callbacks,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = sendCustomChallengeAnswer)]
    pub fn send_custom_answer(
        this: &User,
        answer: &str,
        callbacks: &Callbacks,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = getSession)]
    pub fn get_session(this: &User, callback: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = refreshSession)]
    pub fn refresh_session(this: &User, token: &JsValue, callback: &JsValue)
    -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = getUserAttributes)]
    pub fn get_attributes(this: &User, callback: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = signOut)]
    pub fn sign_out(this: &User, callback: &JsValue) -> Result<(), JsValue>;
}

impl Pool {
    /// The client `client` of a pool, over this storage; undefined is the page's own.
    pub fn new(name: &str, storage: &JsValue) -> Self {
        let data = js(&json!({ "UserPoolId": format!("eu-west-1_{name}"), "ClientId": "client" }));
        set(&data, "Storage", storage);
        CognitoUserPool::new(&data).unwrap().unchecked_into()
    }

    /// Has requests answered before they return, without `fetch`.
    pub fn answered_by(&self, service: &Service) {
        let request = js_sys::Function::from(crate::stage::property(service, "request"));
        self.client().set_request(request.bind0(service).into());
    }

    /// A user in the storage of the pool.
    pub fn user(&self, name: &str) -> User {
        let data = js(&json!({ "Username": name }));
        set(&data, "Pool", self);
        set(&data, "Storage", &self.storage());
        CognitoUser::new(&data).unwrap().unchecked_into()
    }
}

impl User {
    /// Signs in with the password `pw`.
    pub fn sign_in(&self, flow: &str, callbacks: &Callbacks) -> Result<JsValue, JsValue> {
        self.set_flow(flow);
        self.authenticate(&details("pw"), callbacks)
    }
}

/// A user `alice` of a pool `pool`, who signs in with the password that is sent.
pub fn alice(storage: &JsValue) -> User {
    let user = Pool::new("pool", storage).user("alice");
    user.set_flow("USER_PASSWORD_AUTH");
    user
}

/// The same, signed in.
pub async fn signed_in(service: &Service, storage: &JsValue) -> User {
    let (user, callbacks) = (alice(storage), Callbacks::new());
    service.reply(crate::stage::tokens());
    user.authenticate(&details("pw"), &callbacks).unwrap();
    assert_eq!(callbacks.next().await[0], "onSuccess");
    service.requests();
    user
}

/// What a user types.
pub fn details(password: &str) -> AuthenticationDetails {
    AuthenticationDetails::new(&js(&json!({ "Username": "alice", "Password": password }))).unwrap()
}

fn set(object: &JsValue, name: &str, value: &JsValue) {
    js_sys::Reflect::set(object, &name.into(), value).unwrap();
}
