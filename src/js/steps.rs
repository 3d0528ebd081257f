//! Steps as JavaScript objects.

use wasm_bindgen::prelude::*;

use crate::flow::{Challenge, Request, Step};
use crate::json::Json;

/// `{operation, body}`, `{callback, args}`, or `{confirmationNecessary}` at the end. `args` is an object
/// whose values are the arguments in their order.
pub(super) fn describe(step: Step<JsValue>) -> JsValue {
    match step {
        Step::Send(request) => send(request),
        Step::Challenge(challenge) => ask(challenge),
        Step::Done {
            confirmation_necessary,
        } => JsValue::object().with(
            "confirmationNecessary",
            JsValue::from(confirmation_necessary),
        ),
    }
}

pub(super) fn send(request: Request<JsValue>) -> JsValue {
    JsValue::object()
        .with_text("operation", request.operation)
        .with("body", request.body)
}

/// The callback that a challenge is put to the application by, as upstream names it.
fn ask(challenge: Challenge<JsValue>) -> JsValue {
    let named = |callback, name, parameters| {
        let args = JsValue::object().with_text("name", name);
        call(callback, args.with("parameters", parameters))
    };
    match challenge {
        Challenge::NewPassword {
            user_attributes,
            required_attributes,
        } => {
            let args = JsValue::object()
                .with("attributes", user_attributes)
                .with("required", required_attributes);
            call("newPasswordRequired", args)
        }
        Challenge::SmsMfa(parameters) => named("mfaRequired", "SMS_MFA", parameters),
        Challenge::SoftwareTokenMfa(parameters) => {
            named("totpRequired", "SOFTWARE_TOKEN_MFA", parameters)
        }
        Challenge::SelectMfaType(parameters) => {
            named("selectMFAType", "SELECT_MFA_TYPE", parameters)
        }
        Challenge::MfaSetup(parameters) => named("mfaSetup", "MFA_SETUP", parameters),
        Challenge::Custom(parameters) => call(
            "customChallenge",
            JsValue::object().with("parameters", parameters),
        ),
        Challenge::Other {
            name,
            parameters,
            available,
        } => {
            let args = JsValue::object()
                .with_text("name", &name)
                .with("parameters", parameters)
                .with("available", available);
            call("otherChallenge", args)
        }
    }
}

fn call(callback: &str, args: JsValue) -> JsValue {
    JsValue::object()
        .with_text("callback", callback)
        .with("args", args)
}
