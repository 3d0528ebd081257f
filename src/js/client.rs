//! `pool.client`: one POST for each request.

use std::cell::RefCell;

use js_sys::{Function, JSON, Object, Promise, TypeError};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::error::{Error, ServiceError};
use crate::json::Json;

use super::error::network;
use super::platform::{rethrow, to_text};
use super::user_agent::USER_AGENT;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn fetch(endpoint: &str, options: &JsValue) -> Result<Promise, JsValue>;

    /// What `fetch` resolves to. By shape: tests and proxies of applications make their own.
    type Response;

    #[wasm_bindgen(method, structural, catch)]
    fn json(this: &Response) -> Result<JsValue, JsValue>;

    /// The headers of a response.
    type Headers;

    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &Headers, name: &str) -> Result<JsValue, JsValue>;
}

/// Sends requests to one endpoint. Replace `request` of an instance to see or answer them yourself.
#[wasm_bindgen]
pub struct Client {
    endpoint: RefCell<String>,
    fetch_options: RefCell<JsValue>,
}

impl Client {
    /// Only `credentials` is taken from the options for fetch, as upstream does.
    pub(super) fn new(endpoint: String, fetch_options: Option<&JsValue>) -> Self {
        let credentials = fetch_options.and_then(|options| options.get("credentials"));
        let credentials = credentials.filter(JsValue::is_truthy);
        let fetch_options = JsValue::object().with("credentials", credentials);
        Self {
            endpoint: endpoint.into(),
            fetch_options: fetch_options.into(),
        }
    }
}

#[wasm_bindgen]
impl Client {
    /// Sends one request, before it returns, and calls `callback(error)` or `callback(null, data)`
    /// later, once.
    pub fn request(
        &self,
        operation: &str,
        params: &JsValue,
        callback: Function,
    ) -> Result<(), JsValue> {
        let target = ["AWSCognitoIdentityProviderService.", operation].concat();
        let headers = JsValue::object()
            .with_text("Content-Type", "application/x-amz-json-1.1")
            .with_text("X-Amz-Target", &target)
            .with_text("X-Amz-User-Agent", USER_AGENT)
            .with_text("Cache-Control", "no-store");
        let fetch_options = self.fetch_options.borrow().clone();
        let options = Object::assign(&Object::new(), fetch_options.unchecked_ref());
        let options = JsValue::from(options)
            .with("headers", headers)
            .with_text("method", "POST")
            .with_text("mode", "cors")
            .with("body", JsValue::from(JSON::stringify(params)?));

        let endpoint = self.endpoint.borrow().clone();
        let pending = fetch(&endpoint, &options);
        spawn_local(async move {
            let called = match answer(pending).await {
                Ok(data) => callback.call2(&JsValue::UNDEFINED, &JsValue::NULL, &data),
                Err(error) => callback.call1(&JsValue::UNDEFINED, &error),
            };
            if let Err(thrown) = called {
                rethrow(thrown);
            }
        });
        Ok(())
    }

    /// Where requests go.
    #[wasm_bindgen(getter)]
    pub fn endpoint(&self) -> String {
        self.endpoint.borrow().clone()
    }

    /// Sends later requests elsewhere.
    #[wasm_bindgen(setter)]
    pub fn set_endpoint(&self, endpoint: String) {
        self.endpoint.replace(endpoint);
    }

    /// What every request gives fetch beside its own options.
    #[wasm_bindgen(getter, js_name = fetchOptions)]
    pub fn fetch_options(&self) -> JsValue {
        self.fetch_options.borrow().clone()
    }

    /// Replaces them.
    #[wasm_bindgen(setter, js_name = fetchOptions)]
    pub fn set_fetch_options(&self, options: JsValue) {
        self.fetch_options.replace(options);
    }

    /// Upstream's own properties.
    #[wasm_bindgen(js_name = toJSON)]
    pub fn to_json(&self) -> JsValue {
        JsValue::object()
            .with_text("endpoint", &self.endpoint())
            .with("fetchOptions", self.fetch_options())
    }
}

/// The body of a good answer, or the error.
async fn answer(pending: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    let response = JsFuture::from(Promise::resolve(&pending?))
        .await
        .map_err(|cause| {
            // An abort, for example, stays what it is.
            if cause.is_instance_of::<TypeError>() {
                network(&cause)
            } else {
                cause
            }
        })?;
    let response: Response = response.unchecked_into();
    // Some operations answer with no body at all.
    let data = match response.json() {
        Ok(data) => JsFuture::from(Promise::resolve(&data))
            .await
            .unwrap_or_else(|_| JsValue::object()),
        Err(_) => JsValue::object(),
    };
    if response.get("ok").is_some_and(|ok| ok.is_truthy()) {
        return Ok(data);
    }
    Err(Error::Service(service_error(&response, &data)).into())
}

/// What an answer other than 2xx says, which may come from something between us and the service.
fn service_error(response: &JsValue, data: &JsValue) -> ServiceError {
    let status = response
        .get("status")
        .and_then(|status| status.as_f64())
        .unwrap_or_default() as u16;
    let code = data.text("__type").or_else(|| data.text("code"));
    if let Some(code) = code.as_deref().and_then(|code| code.rsplit('#').next()) {
        let message = data.text("message").or_else(|| data.text("Message"));
        return ServiceError {
            code: code.to_owned(),
            message,
            status,
        };
    }
    let header = response
        .get("headers")
        .map(JsCast::unchecked_into::<Headers>);
    let header = header.and_then(|headers| headers.get("x-amzn-errortype").ok()?.as_string());
    let code = header
        .as_deref()
        .and_then(|header| header.split(':').next());
    ServiceError {
        code: code.unwrap_or("UnknownError").to_owned(),
        message: response.get("status").map(|status| to_text(&status)),
        status,
    }
}
