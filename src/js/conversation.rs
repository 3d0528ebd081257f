//! Requests and their continuations.
//!
//! Callbacks, not futures: the first request leaves before the method that makes it returns, and an
//! application that answers requests itself (`pool.client.request = ...`) may do so synchronously, as its
//! tests do with upstream.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::flow::Request;
use crate::json::Json;

use super::shapes::Client;

/// What happens with an answer. Fails with what application code threw.
pub(super) type Continuation =
    Box<dyn FnOnce(Result<JsValue, JsValue>) -> Result<JsValue, JsValue>>;

/// Sends a request through a pool's client; `context` gives its `UserContextData`, if any.
pub(super) fn send(
    client: &JsValue,
    context: impl FnOnce() -> Result<JsValue, JsValue>,
    request: Request<JsValue>,
    then: Continuation,
) -> Result<JsValue, JsValue> {
    let mut body = request.body;
    if request.takes_context {
        let context = context()?;
        if context.is_truthy() {
            body.insert("UserContextData", context);
        }
    }
    let client: &Client = client.unchecked_ref();
    client.request(request.operation, &body, &node_callback(then))
}

/// A continuation as a callback `(error, data)`.
pub(super) fn node_callback(then: Continuation) -> JsValue {
    Closure::once_into_js(move |error: JsValue, data: JsValue| {
        then(if error.is_truthy() {
            Err(error)
        } else {
            Ok(data)
        })
    })
}

/// `callback(null, result)` or `callback(error, null)`
pub(super) fn call_back(
    callback: &Function,
    outcome: Result<JsValue, JsValue>,
) -> Result<JsValue, JsValue> {
    match outcome {
        Ok(result) => callback.call2(&JsValue::UNDEFINED, &JsValue::NULL, &result),
        Err(error) => callback.call2(&JsValue::UNDEFINED, &error, &JsValue::NULL),
    }
}

/// Goes on with a callback `(error, result)`.
pub(super) fn node(
    callback: Function,
    result: impl FnOnce(JsValue) -> JsValue + 'static,
) -> Continuation {
    Box::new(move |response| call_back(&callback, response.map(result)))
}
