//! What the JavaScript classes call.

use cognito_srp::{hmac_sha256, modulus, power, sha256};
use wasm_bindgen::prelude::*;

use crate::flow::{Flow, sign_in};
use crate::secret::Password;

use super::face::connect;
use super::host::User;
use super::steps;

/// Hands a flow to the classes when the module is instantiated: its class has all that they call.
#[wasm_bindgen(start)]
fn start() {
    connect(FlowHandle::answer(JsValue::UNDEFINED.unchecked_into()));
}

/// A flow under way. `free` it after its last step.
#[wasm_bindgen]
pub struct FlowHandle {
    user: User,
    flow: Flow<JsValue>,
    /// The first request, until it is taken.
    first: JsValue,
}

/// How flows begin, and what else is computed: static methods.
#[wasm_bindgen]
impl FlowHandle {
    /// Signs a user in by SRP, as USER_SRP_AUTH or as the beginning of CUSTOM_AUTH.
    #[wasm_bindgen(js_name = signIn)]
    pub fn sign_in(
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
    pub fn answer(user: User) -> FlowHandle {
        FlowHandle {
            user,
            flow: Flow::open(),
            first: JsValue::UNDEFINED,
        }
    }

    /// Answers DEVICE_SRP_AUTH.
    #[wasm_bindgen(js_name = proveDevice)]
    pub fn prove_device(user: User, client_metadata: JsValue) -> Result<FlowHandle, JsValue> {
        let mut flow = Flow::open();
        let request = flow.offer_device(&user, Some(client_metadata))?;
        Ok(FlowHandle {
            user,
            flow,
            first: steps::send(request),
        })
    }

    /// The sums of the protocol, for who does it step by step. All numbers are big-endian.
    ///
    /// - `sha256`: the hash of `first`.
    /// - `hmac`: HMAC-SHA-256 of `second` under the key `first`.
    /// - `power`: first^second mod N; nothing for numbers that do not fit.
    /// - `modulus`: N, the group's prime.
    ///
    /// In one function, since each brings its own conversions, twice.
    pub fn compute(what: &str, first: &[u8], second: &[u8]) -> Option<Vec<u8>> {
        match what {
            "sha256" => Some(sha256(&[first]).to_vec()),
            "hmac" => Some(hmac_sha256(first, &[second]).to_vec()),
            "power" => power(first, second).map(|power| power.to_vec()),
            "modulus" => Some(modulus().to_vec()),
            _ => None,
        }
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
    pub fn next(&mut self, error: Option<JsValue>, data: JsValue) -> Result<JsValue, JsValue> {
        let response = error.map_or(Ok(data), Err);
        self.flow
            .on_response(&self.user, response)
            .map(steps::describe)
    }
}
