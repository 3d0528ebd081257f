//! What the tests stand on; the part in JavaScript is `stage.js`.

use amazon_cognito_identity::js::FlowHandle;
use js_sys::{Array, JSON, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/tests/web/stage.js")]
extern "C" {
    fn restore(flow: FlowHandle);
    fn describe(value: &JsValue) -> String;
    #[wasm_bindgen(js_name = draw)]
    fn draw_next(values: Array);

    pub fn replace(global: &str, value: &JsValue);
    pub fn forbid(global: &str);
    #[wasm_bindgen(js_name = stopClock)]
    pub fn stop_clock(millis: f64);
    pub fn jwt(seconds: i32) -> String;
    pub async fn uncaught() -> JsValue;
    #[wasm_bindgen(js_name = watchFlows)]
    fn watch_flows_of(flow: FlowHandle) -> Flows;

    pub type Flows;
    #[wasm_bindgen(method)]
    pub fn all(this: &Flows) -> usize;
    #[wasm_bindgen(method)]
    pub fn freed(this: &Flows) -> usize;

    pub type Service;
    #[wasm_bindgen(constructor)]
    fn new() -> Service;
    #[wasm_bindgen(method, getter)]
    fn replies(this: &Service) -> Array;
    #[wasm_bindgen(method, getter, js_name = requests)]
    fn requested(this: &Service) -> Array;

    pub type Callbacks;
    #[wasm_bindgen(constructor)]
    pub fn new() -> Callbacks;
    #[wasm_bindgen(method, getter)]
    pub fn callback(this: &Callbacks) -> JsValue;
    #[wasm_bindgen(method, js_name = on)]
    fn on_js(this: &Callbacks, name: &str, action: JsValue);
    #[wasm_bindgen(method, js_name = next)]
    async fn next_text(this: &Callbacks) -> JsValue;
    #[wasm_bindgen(method, js_name = isSilent)]
    pub fn is_silent(this: &Callbacks) -> bool;

    #[derive(Clone)]
    pub type Store;
    #[wasm_bindgen(constructor)]
    pub fn new() -> Store;
    #[wasm_bindgen(method, setter)]
    fn set_before(this: &Store, before: JsValue);
    #[wasm_bindgen(method, js_name = entries)]
    fn entries_js(this: &Store) -> JsValue;
    #[wasm_bindgen(method, js_name = setItem)]
    pub fn set_item(this: &Store, key: &str, value: &str);
}

/// Any flow, for the sake of its class.
fn flow() -> FlowHandle {
    FlowHandle::answer(JsValue::UNDEFINED.unchecked_into())
}

/// Counts the flows that begin from now on.
pub fn watch_flows() -> Flows {
    watch_flows_of(flow())
}

/// A page as it was before any test, with a service of its own behind `fetch`.
pub fn open() -> Service {
    restore(flow());
    let service = Service::new();
    let fetch = js_sys::Function::from(property(&service, "fetch")).bind0(&service);
    replace("fetch", &fetch);
    service
}

impl Service {
    /// Gives this answer to the next request.
    pub fn reply(&self, body: Value) -> &Self {
        self.reply_text(200, &body.to_string())
    }

    /// Refuses the next request.
    pub fn refuse(&self, code: &str, message: &str) -> &Self {
        let body = json!({ "__type": code, "message": message });
        self.reply_text(400, &body.to_string())
    }

    /// Gives any answer at all; status 0 is none.
    pub fn reply_text(&self, status: u16, text: &str) -> &Self {
        self.replies()
            .push(&js(&json!({ "status": status, "text": text })));
        self
    }

    /// What was asked since the last time this was called.
    pub fn requests(&self) -> Vec<Request> {
        let requests = value(&self.requested().splice(0, u32::MAX, &JsValue::UNDEFINED));
        let requests = requests.as_array().unwrap().iter();
        requests
            .filter(|request| !request.is_null())
            .map(Request::of)
            .collect()
    }
}

/// A request as it was sent.
#[derive(Debug)]
pub struct Request {
    pub operation: String,
    pub text: String,
    pub body: Value,
    /// Where to; null if it did not go through `fetch`.
    pub url: Value,
}

impl Request {
    fn of(request: &Value) -> Self {
        let text = request["body"].as_str().unwrap().to_owned();
        Self {
            operation: request["operation"].as_str().unwrap().to_owned(),
            body: serde_json::from_str(&text).unwrap(),
            text,
            url: request["url"].clone(),
        }
    }
}

impl Callbacks {
    /// What a callback does besides keeping what it is told.
    pub fn on(&self, name: &str, action: impl Fn() -> Result<(), JsValue> + 'static) {
        self.on_js(name, Closure::<dyn Fn() -> _>::new(action).into_js_value());
    }

    /// The name of the callback that was called first, or will be, and its arguments; each once.
    pub async fn next(&self) -> Value {
        serde_json::from_str(&self.next_text().await.as_string().unwrap()).unwrap()
    }
}

impl Store {
    /// What happens before each access: `before(method, key)`.
    pub fn before(&self, before: impl Fn(String, String) -> Result<(), JsValue> + 'static) {
        self.set_before(Closure::<dyn Fn(_, _) -> _>::new(before).into_js_value());
    }

    /// All that is stored.
    pub fn entries(&self) -> Value {
        value(&self.entries_js())
    }

    /// The keys without the prefix of the client, in the order in which they came.
    pub fn names(&self) -> Vec<String> {
        let entries = self.entries();
        let keys = entries.as_object().unwrap().keys();
        keys.map(|key| key.trim_start_matches(PREFIX).to_owned())
            .collect()
    }
}

/// Precedes the keys of the client `client`.
pub const PREFIX: &str = "CognitoIdentityServiceProvider.client.";

/// Makes these the next random values.
pub fn draw(values: &[Vec<u8>]) {
    draw_next(
        values
            .iter()
            .map(|value| Uint8Array::from(value.as_slice()))
            .collect(),
    );
}

/// Good tokens, in the form of an answer.
pub fn tokens() -> Value {
    json!({ "AuthenticationResult": {
        "IdToken": jwt(3600), "AccessToken": jwt(3600), "RefreshToken": "refresh",
    } })
}

/// A JSON value as JavaScript has it.
pub fn js(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).unwrap()
}

/// A JavaScript value as JSON; undefined is null.
pub fn value(value: &JsValue) -> Value {
    if value.is_undefined() {
        return Value::Null;
    }
    serde_json::from_str(&describe(value)).unwrap()
}

/// A member of an object.
pub fn property(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap()
}
