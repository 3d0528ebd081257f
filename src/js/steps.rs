//! Steps as JavaScript objects.

use wasm_bindgen::prelude::*;

use crate::flow::{Challenge, Request, Step};
use crate::json::Json;

use super::json::array;

/// `{operation, body}`, `{callback, args}`, or `{confirmationNecessary}` at the end.
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
    let named = |callback, name, parameters| call(callback, &[JsValue::string(name), parameters]);
    match challenge {
        Challenge::NewPassword {
            user_attributes,
            required_attributes,
        } => {
            let required: Vec<_> = required_attributes
                .iter()
                .map(|name| JsValue::string(name))
                .collect();
            call("newPasswordRequired", &[user_attributes, array(&required)])
        }
        Challenge::SmsMfa(parameters) => named("mfaRequired", "SMS_MFA", parameters),
        Challenge::SoftwareTokenMfa(parameters) => {
            named("totpRequired", "SOFTWARE_TOKEN_MFA", parameters)
        }
        Challenge::SelectMfaType(parameters) => {
            named("selectMFAType", "SELECT_MFA_TYPE", parameters)
        }
        Challenge::MfaSetup(parameters) => named("mfaSetup", "MFA_SETUP", parameters),
        Challenge::Custom(parameters) => call("customChallenge", &[parameters]),
        Challenge::Other {
            name,
            parameters,
            available,
        } => {
            let mut args = vec![JsValue::string(&name), parameters];
            args.extend(available);
            call("otherChallenge", &args)
        }
    }
}

fn call(callback: &str, args: &[JsValue]) -> JsValue {
    JsValue::object()
        .with_text("callback", callback)
        .with("args", array(args))
}
