//! `CognitoUser`

use std::rc::Rc;

use js_sys::{Array, Function, Object};
use wasm_bindgen::prelude::*;

use crate::account::Account;
use crate::error::Misuse;
use crate::flow::{Flow, NewPassword, SignInPassword, SignInSrp, operation};
use crate::json::Json;
use crate::platform::random;
use crate::secret::Password;
use crate::storage::{Item, Storage};

use super::conversation::{call_back, node};
use super::data::CognitoUserAttribute;
use super::platform::to_text;
use super::refresh::{refresh, send_with_retry};
use super::shapes::{Callbacks, Details, Pool, RefreshToken};
use super::storage::StorageCell;
use super::user_state::User;

/// A user of a pool, signed in or not.
#[wasm_bindgen]
pub struct CognitoUser {
    pub(super) state: Rc<User>,
}

#[wasm_bindgen]
impl CognitoUser {
    /// From `{Username, Pool, Storage}`.
    #[wasm_bindgen(constructor)]
    pub fn new(data: &JsValue) -> Result<CognitoUser, JsValue> {
        let (Some(username), Some(pool)) = (data.get("Username"), data.get("Pool")) else {
            return Err(Misuse::UserRequired.into());
        };
        let client = pool.get("client").unwrap_or_default();
        let pool: Pool = pool.unchecked_into();
        let client_id = to_text(&pool.get_client_id()?);
        // Only SRP needs it, and a pool of an application's own making may not have it.
        let pool_name = pool
            .get_user_pool_name()
            .ok()
            .and_then(|name| name.as_string());
        let storage = StorageCell::new(data.get("Storage"));
        let pool_name = pool_name.unwrap_or_default();
        let account = Account::new(client_id, pool_name, to_text(&username), storage);
        let state = User {
            account,
            pool,
            client: client.into(),
            session: JsValue::NULL.into(),
            flow_type: JsValue::from_str("USER_SRP_AUTH").into(),
        };
        Ok(Self {
            state: state.into(),
        })
    }

    /// Signs in. Calls `onSuccess(session)`, `newPasswordRequired(attributes, required)` or
    /// `onFailure(error)`.
    #[wasm_bindgen(js_name = authenticateUser)]
    pub fn authenticate_user(
        &self,
        details: &Details,
        callbacks: Callbacks,
    ) -> Result<JsValue, JsValue> {
        let password = details.get_password()?;
        let validation_data = details.get_validation_data()?;
        let metadata = if Object::keys(validation_data.unchecked_ref::<Object>()).length() > 0 {
            validation_data
        } else {
            details.get_client_metadata()?
        };
        // Taken out first: a callback may set the type while this one is still being answered.
        let flow_type = self.state.flow_type.borrow().as_string();
        let flow: Box<dyn Flow<JsValue, StorageCell>> = match flow_type.as_deref() {
            Some("USER_SRP_AUTH") if password.is_null() || password.is_undefined() => {
                return callbacks.on_failure(&Misuse::PasswordRequired.into());
            }
            Some("USER_SRP_AUTH") => {
                let random = random(SignInSrp::<JsValue>::RANDOM_BYTES)?;
                let password = Password::from(to_text(&password));
                Box::new(SignInSrp::new(password, Some(metadata), random))
            }
            Some("USER_PASSWORD_AUTH") if password.is_falsy() => {
                return callbacks.on_failure(&Misuse::PasswordRequired.into());
            }
            Some("USER_PASSWORD_AUTH") => Box::new(SignInPassword::new(password, Some(metadata))),
            _ => return callbacks.on_failure(&Misuse::InvalidFlow.into()),
        };
        self.state.clone().begin(flow, callbacks)
    }

    /// Answers `newPasswordRequired`. Calls what `authenticateUser` calls.
    #[wasm_bindgen(js_name = completeNewPasswordChallenge)]
    pub fn complete_new_password_challenge(
        &self,
        new_password: JsValue,
        required_attributes: JsValue,
        callbacks: Callbacks,
        client_metadata: JsValue,
    ) -> Result<JsValue, JsValue> {
        if new_password.is_falsy() {
            return callbacks.on_failure(&Misuse::NewPasswordRequired.into());
        }
        let flow = NewPassword::new(new_password, required_attributes, Some(client_metadata));
        self.state.clone().begin(Box::new(flow), callbacks)
    }

    /// Confirms the registration with the code that was sent. `callback(null, 'SUCCESS')`
    #[wasm_bindgen(js_name = confirmRegistration)]
    pub fn confirm_registration(
        &self,
        code: JsValue,
        force_alias_creation: JsValue,
        callback: Function,
        client_metadata: JsValue,
    ) -> Result<JsValue, JsValue> {
        let request = operation::confirm_sign_up(
            self.state.account.client_id(),
            code,
            self.username(),
            force_alias_creation,
            Some(client_metadata),
        );
        self.state.send(request, node(callback, |_| SUCCESS.into()))
    }

    /// Sends another registration code. `callback(null, answer)`
    #[wasm_bindgen(js_name = resendConfirmationCode)]
    pub fn resend_confirmation_code(
        &self,
        callback: Function,
        client_metadata: JsValue,
    ) -> Result<JsValue, JsValue> {
        let client_id = self.state.account.client_id();
        let metadata = Some(client_metadata);
        let request = operation::resend_confirmation_code(client_id, self.username(), metadata);
        self.state.send(request, node(callback, |answer| answer))
    }

    /// Sends a code to set a new password with. Calls `inputVerificationCode(answer)` if there is one,
    /// otherwise `onSuccess(answer)`.
    #[wasm_bindgen(js_name = forgotPassword)]
    pub fn forgot_password(
        &self,
        callbacks: Callbacks,
        client_metadata: JsValue,
    ) -> Result<JsValue, JsValue> {
        let client_id = self.state.account.client_id();
        let request = operation::forgot_password(client_id, self.username(), Some(client_metadata));
        self.state.send(request, {
            Box::new(move |response| match response {
                Err(error) => callbacks.on_failure(&error),
                Ok(answer) if callbacks.has("inputVerificationCode") => {
                    callbacks.call("inputVerificationCode", &Array::of1(&answer))
                }
                Ok(answer) => callbacks.on_success(&answer),
            })
        })
    }

    /// Sets a new password with that code. `onSuccess('SUCCESS')`
    #[wasm_bindgen(js_name = confirmPassword)]
    pub fn confirm_password(
        &self,
        code: JsValue,
        new_password: JsValue,
        callbacks: Callbacks,
        client_metadata: JsValue,
    ) -> Result<JsValue, JsValue> {
        let request = operation::confirm_forgot_password(
            self.state.account.client_id(),
            self.username(),
            code,
            new_password,
            Some(client_metadata),
        );
        self.state.send(request, {
            Box::new(move |response| match response {
                Err(error) => callbacks.on_failure(&error),
                Ok(_) => callbacks.on_success(&SUCCESS.into()),
            })
        })
    }

    /// Replaces the password. `callback(null, 'SUCCESS')`
    #[wasm_bindgen(js_name = changePassword)]
    pub fn change_password(
        &self,
        old_password: JsValue,
        new_password: JsValue,
        callback: Function,
        client_metadata: JsValue,
    ) -> Result<JsValue, JsValue> {
        let Some(token) = self.state.access_token()? else {
            return call_back(&callback, Err(Misuse::NotAuthenticated.into()));
        };
        let metadata = Some(client_metadata);
        let request = operation::change_password(old_password, new_password, token, metadata);
        self.state.send(request, node(callback, |_| SUCCESS.into()))
    }

    /// What the service knows of the user. `callback(null, CognitoUserAttribute[])`
    #[wasm_bindgen(js_name = getUserAttributes)]
    pub fn get_user_attributes(&self, callback: Function) -> Result<JsValue, JsValue> {
        let Some(token) = self.state.access_token()? else {
            return call_back(&callback, Err(Misuse::NotAuthenticated.into()));
        };
        let attribute = |data: &JsValue| JsValue::from(CognitoUserAttribute::new(data));
        let attributes = move |answer: JsValue| {
            let list = answer.get("UserAttributes").unwrap_or_default().elements();
            list.iter().map(attribute).collect::<Array>().into()
        };
        self.state
            .send(operation::get_user(token), node(callback, attributes))
    }

    /// Removes the user for good. `callback(null, 'SUCCESS')`
    #[wasm_bindgen(js_name = deleteUser)]
    pub fn delete_user(
        &self,
        callback: Function,
        client_metadata: JsValue,
    ) -> Result<JsValue, JsValue> {
        let Some(token) = self.state.access_token()? else {
            return call_back(&callback, Err(Misuse::NotAuthenticated.into()));
        };
        let user = self.state.clone();
        self.state
            .send(operation::delete_user(token, Some(client_metadata)), {
                Box::new(move |response| {
                    let outcome = response.and_then(|_| user.account.clear());
                    call_back(&callback, outcome.map(|()| SUCCESS.into()))
                })
            })
    }

    /// Ends all the user's sessions everywhere. `onSuccess('SUCCESS')`
    #[wasm_bindgen(js_name = globalSignOut)]
    pub fn global_sign_out(&self, callbacks: Callbacks) -> Result<JsValue, JsValue> {
        let Some(token) = self.state.access_token()? else {
            return callbacks.on_failure(&Misuse::NotAuthenticated.into());
        };
        let user = self.state.clone();
        self.state.send(operation::global_sign_out(token), {
            Box::new(
                move |response| match response.and_then(|_| user.account.clear()) {
                    Ok(()) => callbacks.on_success(&SUCCESS.into()),
                    Err(error) => callbacks.on_failure(&error),
                },
            )
        })
    }

    /// Forgets the session here, in any case and at once. With a callback it then revokes the refresh
    /// token, and calls back with the error if that failed.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self, callback: JsValue) -> Result<JsValue, JsValue> {
        let user = &self.state;
        let Ok(callback) = callback.dyn_into::<Function>() else {
            return user.clear().map(|()| JsValue::UNDEFINED);
        };
        let token = user.token_to_revoke();
        let cleared = user.clear().err();
        match token {
            Ok(Some(token)) => {
                let request = operation::revoke_token(&token, user.account.client_id());
                send_with_retry(user.clone(), request, 1, {
                    Box::new(move |response| {
                        let error = response.err().or(cleared).unwrap_or_default();
                        callback.call1(&JsValue::UNDEFINED, &error)
                    })
                })
            }
            Ok(None) => callback.call1(&JsValue::UNDEFINED, &cleared.unwrap_or_default()),
            Err(error) => callback.call1(&JsValue::UNDEFINED, &error),
        }
    }

    /// The session, from memory, from storage or refreshed. `callback(null, session)`, before this
    /// returns unless it must be refreshed.
    #[wasm_bindgen(js_name = getSession)]
    pub fn get_session(&self, callback: Function, options: &JsValue) -> Result<JsValue, JsValue> {
        let user = &self.state;
        if user.account.fields().username.is_none() {
            return call_back(&callback, Err(Misuse::UsernameIsNull.into()));
        }
        if let Some(session) = user.valid_session()? {
            return call_back(&callback, Ok(session.into()));
        }
        let Some((session, refresh_token)) = user.stored_session()? else {
            return call_back(&callback, Err(Misuse::NotSignedIn.into()));
        };
        if session.is_valid()? {
            user.session.replace(session.clone().into());
            return call_back(&callback, Ok(session.into()));
        }
        if refresh_token.is_empty() {
            return call_back(&callback, Err(Misuse::NoRefreshToken.into()));
        }
        let metadata = options.get("clientMetadata").unwrap_or_default();
        refresh(user, refresh_token, callback, metadata).map(|()| JsValue::UNDEFINED)
    }

    /// New tokens for a refresh token. `callback(null, session)`
    #[wasm_bindgen(js_name = refreshSession)]
    pub fn refresh_session(
        &self,
        refresh_token: &RefreshToken,
        callback: Function,
        client_metadata: JsValue,
    ) -> Result<(), JsValue> {
        let refresh_token = to_text(&refresh_token.get_token()?);
        refresh(&self.state, refresh_token, callback, client_metadata)
    }

    /// Makes a session the user's, in memory and in storage.
    #[wasm_bindgen(js_name = setSignInUserSession)]
    pub fn adopt_sign_in_user_session(&self, session: JsValue) -> Result<(), JsValue> {
        let account = &self.state.account;
        account.storage().remove(&account.key(Item::UserData))?;
        self.state.session.replace(session.clone());
        self.state.store_session(session.unchecked_ref())
    }

    /// The session in memory, or null.
    #[wasm_bindgen(js_name = getSignInUserSession)]
    pub fn get_sign_in_user_session(&self) -> JsValue {
        self.sign_in_user_session()
    }

    /// The user's name; after SRP the service's name for the user.
    #[wasm_bindgen(js_name = getUsername)]
    pub fn get_username(&self) -> JsValue {
        self.username()
    }

    /// How `authenticateUser` signs in.
    #[wasm_bindgen(js_name = getAuthenticationFlowType)]
    pub fn get_authentication_flow_type(&self) -> JsValue {
        self.authentication_flow_type()
    }

    /// Chooses `USER_SRP_AUTH`, the default, or `USER_PASSWORD_AUTH`.
    #[wasm_bindgen(js_name = setAuthenticationFlowType)]
    pub fn choose_authentication_flow_type(&self, flow_type: JsValue) {
        self.set_authentication_flow_type(flow_type);
    }
}

/// What upstream says where there is nothing else to say.
const SUCCESS: &str = "SUCCESS";
