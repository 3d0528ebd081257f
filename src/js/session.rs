//! `CognitoUserSession`

use std::cell::RefCell;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use crate::error::Misuse;
use crate::json::Json;
use crate::session::{self, Tokens};

use super::data::{CognitoAccessToken, CognitoIdToken, CognitoRefreshToken};
use super::platform::now_seconds;
use super::shapes::Jwt;

/// The tokens of one sign-in.
#[wasm_bindgen]
pub struct CognitoUserSession {
    id_token: RefCell<JsValue>,
    refresh_token: RefCell<JsValue>,
    access_token: RefCell<JsValue>,
    clock_drift: RefCell<JsValue>,
}

impl CognitoUserSession {
    /// Tokens that have just been issued, or, with a clock drift, tokens from storage.
    pub(super) fn from_tokens(
        tokens: &Tokens,
        clock_drift: Option<f64>,
    ) -> Result<super::shapes::Session, JsValue> {
        let holding = |key, token: &str| JsValue::object().with_text(key, token);
        let id = CognitoIdToken::new(&holding("IdToken", &tokens.id));
        let access = CognitoAccessToken::new(&holding("AccessToken", &tokens.access));
        let refresh = CognitoRefreshToken::new(&holding("RefreshToken", &tokens.refresh));
        let data = JsValue::object()
            .with("IdToken", JsValue::from(id))
            .with("AccessToken", JsValue::from(access))
            .with("RefreshToken", JsValue::from(refresh))
            .with("ClockDrift", clock_drift.map(JsValue::from));
        Ok(JsValue::from(Self::new(&data)?).unchecked_into())
    }

    fn tokens(&self) -> (Jwt, Jwt) {
        (
            self.access_token().unchecked_into(),
            self.id_token().unchecked_into(),
        )
    }
}

#[wasm_bindgen]
impl CognitoUserSession {
    /// From `{IdToken, AccessToken, RefreshToken, ClockDrift}`, the last in seconds.
    #[wasm_bindgen(constructor)]
    pub fn new(data: &JsValue) -> Result<CognitoUserSession, JsValue> {
        let (Some(id_token), Some(access_token)) = (data.get("IdToken"), data.get("AccessToken"))
        else {
            return Err(Misuse::TokensRequired.into());
        };
        let session = Self {
            id_token: id_token.into(),
            refresh_token: data.get("RefreshToken").unwrap_or_default().into(),
            access_token: access_token.into(),
            clock_drift: Reflect::get(data, &"ClockDrift".into())?.into(),
        };
        if session.clock_drift().is_undefined() {
            session.set_clock_drift(session.calculate_clock_drift()?.into());
        }
        Ok(session)
    }

    /// The ID token.
    #[wasm_bindgen(js_name = getIdToken)]
    pub fn get_id_token(&self) -> JsValue {
        self.id_token()
    }

    /// The refresh token.
    #[wasm_bindgen(js_name = getRefreshToken)]
    pub fn get_refresh_token(&self) -> JsValue {
        self.refresh_token()
    }

    /// The access token.
    #[wasm_bindgen(js_name = getAccessToken)]
    pub fn get_access_token(&self) -> JsValue {
        self.access_token()
    }

    /// How far the local clock is ahead of the service's, in seconds.
    #[wasm_bindgen(js_name = getClockDrift)]
    pub fn get_clock_drift(&self) -> JsValue {
        self.clock_drift()
    }

    /// The same, taken from the tokens and the clock now.
    #[wasm_bindgen(js_name = calculateClockDrift)]
    pub fn calculate_clock_drift(&self) -> Result<f64, JsValue> {
        let (access, id) = self.tokens();
        let (access, id) = (
            number(&access.get_issued_at()?),
            number(&id.get_issued_at()?),
        );
        Ok(session::clock_drift(now_seconds(), access, id))
    }

    /// Whether both tokens are good now.
    #[wasm_bindgen(js_name = isValid)]
    pub fn is_valid(&self) -> Result<bool, JsValue> {
        let (access, id) = self.tokens();
        let (access, id) = (
            number(&access.get_expiration()?),
            number(&id.get_expiration()?),
        );
        Ok(session::is_valid(
            now_seconds(),
            number(&self.clock_drift()),
            access,
            id,
        ))
    }

    /// Upstream's own properties.
    #[wasm_bindgen(js_name = toJSON)]
    pub fn to_json(&self) -> JsValue {
        JsValue::object()
            .with("idToken", self.id_token())
            .with("refreshToken", self.refresh_token())
            .with("accessToken", self.access_token())
            .with("clockDrift", self.clock_drift())
    }
}

super::fields::fields! {
    CognitoUserSession {
        id_token, set_id_token: "idToken";
        refresh_token, set_refresh_token: "refreshToken";
        access_token, set_access_token: "accessToken";
        clock_drift, set_clock_drift: "clockDrift";
    }
}

/// A claim as a number, as JavaScript's comparisons take it: a text of digits counts, a missing one is NaN.
fn number(value: &JsValue) -> f64 {
    value.unchecked_into_f64()
}
