//! What a `CognitoUser` knows and does behind its methods.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, parse_int};
use wasm_bindgen::prelude::*;

use crate::account::Account;
use crate::error::Misuse;
use crate::flow::{Challenge, Flow, Request, Step};
use crate::json::Json;
use crate::platform::now_millis;
use crate::session::Tokens;

use super::conversation::{self, Continuation};
use super::platform::to_text;
use super::session::CognitoUserSession;
use super::shapes::{Callbacks, Pool, Session};
use super::storage::StorageCell;

/// What a `CognitoUser` is a handle of. Conversations under way hold it too, so that they end well when
/// the application drops the object.
pub(super) struct User {
    pub(super) account: Account<StorageCell>,
    pub(super) pool: Pool,
    pub(super) client: RefCell<JsValue>,
    /// A `CognitoUserSession`, or null.
    pub(super) session: RefCell<JsValue>,
    pub(super) flow_type: RefCell<JsValue>,
}

impl User {
    /// Starts a flow.
    pub(super) fn begin(
        self: Rc<Self>,
        mut flow: Box<dyn Flow<JsValue, StorageCell>>,
        callbacks: Callbacks,
    ) -> Result<JsValue, JsValue> {
        match flow.start(&self.account) {
            Ok(request) => self.converse(flow, request, callbacks),
            Err(error) => callbacks.on_failure(&error),
        }
    }

    /// Sends a flow's request and goes on as the flow says.
    pub(super) fn converse(
        self: Rc<Self>,
        mut flow: Box<dyn Flow<JsValue, StorageCell>>,
        request: Request<JsValue>,
        callbacks: Callbacks,
    ) -> Result<JsValue, JsValue> {
        let user = self.clone();
        self.send(request, {
            Box::new(move |response| {
                match flow.on_response(&user.account, response, now_millis()) {
                    Ok(Step::Send(request)) => user.converse(flow, request, callbacks),
                    Ok(Step::Challenge(challenge)) => ask(&callbacks, challenge),
                    Ok(Step::Done(tokens)) => match user.adopt(&tokens) {
                        Ok(session) => callbacks.on_success(&session),
                        Err(error) => callbacks.on_failure(&error),
                    },
                    Err(error) => callbacks.on_failure(&error),
                }
            })
        })
    }

    /// Sends one request.
    pub(super) fn send(
        &self,
        request: Request<JsValue>,
        then: Continuation,
    ) -> Result<JsValue, JsValue> {
        let context = || self.pool.get_user_context_data(&self.username());
        conversation::send(&self.client(), context, request, then)
    }

    pub(super) fn client(&self) -> JsValue {
        self.client.borrow().clone()
    }

    pub(super) fn username(&self) -> JsValue {
        self.account
            .fields()
            .username
            .as_deref()
            .map_or(JsValue::NULL, JsValue::from_str)
    }

    /// Makes new tokens the user's session, in memory and in storage.
    pub(super) fn adopt(&self, tokens: &Tokens) -> Result<JsValue, JsValue> {
        let session = CognitoUserSession::from_tokens(tokens, None)?;
        self.session.replace(session.clone().into());
        self.store_session(&session)?;
        Ok(session.into())
    }

    pub(super) fn store_session(&self, session: &Session) -> Result<(), JsValue> {
        let tokens = Tokens {
            id: to_text(&session.get_id_token()?.get_jwt_token()?),
            access: to_text(&session.get_access_token()?.get_jwt_token()?),
            refresh: to_text(&session.get_refresh_token()?.get_token()?),
        };
        self.account
            .store_tokens(&tokens, &to_text(&session.get_clock_drift()?))
    }

    pub(super) fn clear(&self) -> Result<(), JsValue> {
        self.session.replace(JsValue::NULL);
        self.account.clear()
    }

    pub(super) fn session(&self) -> Option<Session> {
        let session = self.session.borrow().clone();
        session.is_truthy().then(|| session.unchecked_into())
    }

    pub(super) fn valid_session(&self) -> Result<Option<Session>, JsValue> {
        match self.session() {
            Some(session) if session.is_valid()? => Ok(Some(session)),
            _ => Ok(None),
        }
    }

    /// The access token of a valid session.
    pub(super) fn access_token(&self) -> Result<Option<JsValue>, JsValue> {
        match self.valid_session()? {
            Some(session) => session.get_access_token()?.get_jwt_token().map(Some),
            None => Ok(None),
        }
    }

    /// The session in storage, valid or not, and its refresh token.
    pub(super) fn stored_session(&self) -> Result<Option<(Session, String)>, JsValue> {
        let Some(stored) = self.account.stored_tokens()? else {
            return Ok(None);
        };
        let drift = parse_int(&stored.clock_drift.unwrap_or_default(), 0);
        let drift = if drift.is_nan() { 0.0 } else { drift };
        let session = CognitoUserSession::from_tokens(&stored.tokens, Some(drift))?;
        Ok(Some((session, stored.tokens.refresh)))
    }

    /// The refresh token of the session, if the service can revoke it. An expired session is not renewed
    /// for that.
    pub(super) fn token_to_revoke(&self) -> Result<Option<String>, JsValue> {
        let session = match self.session() {
            Some(session) => session,
            None if self.username().is_null() => return Err(Misuse::UsernameIsNull.into()),
            None => self.stored_session()?.ok_or(Misuse::NotSignedIn)?.0,
        };
        let claims = session.get_access_token()?.decode_payload()?;
        let revocable = claims.get("origin_jti").is_some_and(|id| id.is_truthy());
        let token = session.get_refresh_token()?.get_token()?.as_string();
        Ok(token.filter(|token| revocable && !token.is_empty()))
    }

    /// `DEVICE_KEY` of a refresh, with upstream's null: what storage answers, once somebody signed in.
    pub(super) fn device_key_to_refresh(&self) -> Result<Option<JsValue>, JsValue> {
        let Some(key) = self.account.device_to_refresh()? else {
            return Ok(None);
        };
        let device_key = self.account.storage().raw(&key)?;
        self.account.fields().device_key = device_key.as_string();
        Ok(Some(device_key))
    }

    /// The pool may put its own callback around those of refreshes.
    pub(super) fn wrap_refresh_callback(&self, callback: Function) -> Result<Function, JsValue> {
        let wraps = self
            .pool
            .get("wrapRefreshSessionCallback")
            .is_some_and(|wrap| wrap.is_truthy());
        if wraps {
            self.pool.wrap_refresh_session_callback(&callback)
        } else {
            Ok(callback)
        }
    }
}

/// Puts a challenge to the application.
fn ask(callbacks: &Callbacks, challenge: Challenge<JsValue>) -> Result<JsValue, JsValue> {
    match challenge {
        Challenge::NewPassword {
            user_attributes,
            required_attributes,
        } => {
            let required: Array = required_attributes.iter().map(JsValue::from).collect();
            callbacks.call(
                "newPasswordRequired",
                &Array::of2(&user_attributes, &required),
            )
        }
    }
}
