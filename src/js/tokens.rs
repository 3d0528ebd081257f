//! `CognitoIdToken`, `CognitoAccessToken` and `CognitoRefreshToken`

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use crate::json::Json;
use crate::session;

/// What both JWT classes do.
macro_rules! jwt_class {
    ($class:ident, $member:literal) => {
        #[doc = concat!("The JWT `", $member, "`. Its signature is not checked: that is for its receiver.")]
        #[wasm_bindgen]
        pub struct $class {
            jwt_token: RefCell<JsValue>,
            payload: RefCell<JsValue>,
        }

        impl $class {
            pub(super) fn from_text(jwt: &str) -> Self {
                let payload = payload(jwt).into();
                Self { jwt_token: JsValue::from_str(jwt).into(), payload }
            }
        }

        #[wasm_bindgen]
        impl $class {
            #[doc = concat!("From `{", $member, "}`.")]
            #[wasm_bindgen(constructor)]
            pub fn new(data: &JsValue) -> Self {
                Self::from_text(&data.text($member).unwrap_or_default())
            }

            /// The token as the service gave it.
            #[wasm_bindgen(js_name = getJwtToken)]
            pub fn get_jwt_token(&self) -> JsValue {
                self.jwt_token()
            }

            /// The claim `exp`: Unix seconds.
            #[wasm_bindgen(js_name = getExpiration)]
            pub fn get_expiration(&self) -> JsValue {
                self.payload().get("exp").unwrap_or_default()
            }

            /// The claim `iat`: Unix seconds.
            #[wasm_bindgen(js_name = getIssuedAt)]
            pub fn get_issued_at(&self) -> JsValue {
                self.payload().get("iat").unwrap_or_default()
            }

            /// The claims, read again; an empty object if there is nothing to read.
            #[wasm_bindgen(js_name = decodePayload)]
            pub fn decode_payload(&self) -> JsValue {
                payload(&self.jwt_token().as_string().unwrap_or_default())
            }

            /// Upstream's own properties.
            #[wasm_bindgen(js_name = toJSON)]
            pub fn to_json(&self) -> JsValue {
                JsValue::object().with("jwtToken", self.jwt_token()).with("payload", self.payload())
            }
        }

        super::fields::fields! {
            $class {
                jwt_token, set_jwt_token: "jwtToken";
                payload, set_payload: "payload";
            }
        }
    };
}

jwt_class!(CognitoIdToken, "IdToken");
jwt_class!(CognitoAccessToken, "AccessToken");

/// The token that buys new ones.
#[wasm_bindgen]
pub struct CognitoRefreshToken {
    token: RefCell<JsValue>,
}

impl CognitoRefreshToken {
    pub(super) fn from_text(token: &str) -> Self {
        Self {
            token: JsValue::from_str(token).into(),
        }
    }
}

#[wasm_bindgen]
impl CognitoRefreshToken {
    /// From `{RefreshToken}`.
    #[wasm_bindgen(constructor)]
    pub fn new(data: &JsValue) -> Self {
        Self::from_text(&data.text("RefreshToken").unwrap_or_default())
    }

    /// The token as the service gave it.
    #[wasm_bindgen(js_name = getToken)]
    pub fn get_token(&self) -> JsValue {
        self.token()
    }

    /// Upstream's own property.
    #[wasm_bindgen(js_name = toJSON)]
    pub fn to_json(&self) -> JsValue {
        JsValue::object().with("token", self.token())
    }
}

super::fields::fields! {
    CognitoRefreshToken {
        token, set_token: "token";
    }
}

/// The claims of a JWT, or an empty object.
fn payload(jwt: &str) -> JsValue {
    let json = String::from_utf8_lossy(&session::payload(jwt)).into_owned();
    JsValue::parse(&json).unwrap_or_else(JsValue::object)
}
