//! What the JavaScript classes call.

use cognito_srp::{hmac_sha256, modulus, power, sha256};
use wasm_bindgen::prelude::*;

use crate::flow::{Flow, sign_in};
use crate::secret::Password;

use super::face::connect;
use super::host::User;
use super::steps;

/// Hands itself to the classes when the module is instantiated.
#[wasm_bindgen(start)]
fn start() {
    connect(Core);
}

/// Begins flows and computes.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Core;

/// A flow under way. `free` it after its last step.
#[wasm_bindgen]
pub struct FlowHandle {
    user: User,
    flow: Flow<JsValue>,
    /// The first request, until it is taken.
    first: JsValue,
}

#[wasm_bindgen]
impl Core {
    /// Signs a user in by SRP, as USER_SRP_AUTH or as the beginning of CUSTOM_AUTH.
    #[wasm_bindgen(js_name = signIn)]
    pub fn sign_in(
        &self,
        user: User,
        is_custom: bool,
        password: String,
        client_metadata: JsValue,
    ) -> Result<FlowHandle, JsValue> {
        let (flow, request) = sign_in::srp(
            &user,
            is_custom,
            Password::from(password),
            Some(client_metadata),
        )?;
        Ok(FlowHandle {
            user,
            flow,
            first: steps::send(request),
        })
    }

    /// Goes on after a request that the classes make themselves.
    pub fn answer(&self, user: User) -> FlowHandle {
        FlowHandle {
            user,
            flow: Flow::open(),
            first: JsValue::UNDEFINED,
        }
    }

    /// Answers DEVICE_SRP_AUTH.
    #[wasm_bindgen(js_name = proveDevice)]
    pub fn prove_device(
        &self,
        user: User,
        client_metadata: JsValue,
    ) -> Result<FlowHandle, JsValue> {
        let mut flow = Flow::open();
        let request = flow.offer_device(&user, Some(client_metadata))?;
        Ok(FlowHandle {
            user,
            flow,
            first: steps::send(request),
        })
    }

    /// SHA-256.
    pub fn sha256(&self, message: &[u8]) -> Vec<u8> {
        sha256(&[message]).to_vec()
    }

    /// HMAC-SHA-256.
    #[wasm_bindgen(js_name = hmacSha256)]
    pub fn hmac_sha256(&self, key: &[u8], message: &[u8]) -> Vec<u8> {
        hmac_sha256(key, &[message]).to_vec()
    }

    /// N, the group's prime, big-endian.
    pub fn modulus(&self) -> Vec<u8> {
        modulus().to_vec()
    }

    /// base^exponent mod N, all big-endian; nothing for numbers that do not fit.
    pub fn power(&self, base: &[u8], exponent: &[u8]) -> Option<Vec<u8>> {
        power(base, exponent).map(|power| power.to_vec())
    }
}

#[wasm_bindgen]
impl FlowHandle {
    /// The flow's first step.
    #[wasm_bindgen(getter)]
    pub fn first(&self) -> JsValue {
        self.first.clone()
    }

    /// The step after an answer: `error` if there is one, otherwise `data`.
    pub fn next(&mut self, error: JsValue, data: JsValue) -> Result<JsValue, JsValue> {
        let response = if error.is_truthy() {
            Err(error)
        } else {
            Ok(data)
        };
        self.flow
            .on_response(&self.user, response)
            .map(steps::describe)
    }
}
