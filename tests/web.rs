//! The JavaScript face in a browser, with `fetch` replaced by a script.

#![cfg(all(target_arch = "wasm32", feature = "js"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use amazon_cognito_identity::js::{
    CognitoUser, CognitoUserPool, CognitoUserSession, get_current_user,
};
use js_sys::{Array, Function, Object, Promise, Reflect, eval};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Helpers of the tests that are easier said in JavaScript. `log` is what happened, in order.
const STAGE: &str = r#"
(() => {
  const stage = { log: [], replies: [], requests: [] };
  const encode = (claims) => `h.${btoa(JSON.stringify(claims)).replaceAll("=", "")}.s`;
  const now = Math.floor(Date.now() / 1000);
  stage.jwt = (from, to) => encode({ iat: now + from, exp: now + to, origin_jti: "o" });
  stage.tokens = () => ({ AuthenticationResult: {
    IdToken: stage.jwt(0, 3600), AccessToken: stage.jwt(0, 3600), RefreshToken: "refresh" } });
  globalThis.fetch = async (url, options) => {
    stage.requests.push({ operation: options.headers["X-Amz-Target"].split(".")[1], body: options.body });
    const reply = stage.replies.shift() ?? {};
    if (reply.throw) throw reply.throw;
    return {
      ok: !reply.status, status: reply.status ?? 200,
      headers: { get: (name) => reply.headers?.[name] ?? null },
      json: async () => { if (reply.html) throw new SyntaxError("not JSON"); return reply.body ?? reply; },
    };
  };
  stage.store = (entries = {}) => {
    const map = new Map(Object.entries(entries));
    return {
      map,
      getItem: (key) => map.get(key) ?? null,
      setItem: (key, value) => { map.set(key, value); },
      removeItem: (key) => { map.delete(key); },
      clear: () => map.clear(),
    };
  };
  stage.details = (password) => ({
    getPassword: () => password, getValidationData: () => ({}), getClientMetadata: () => ({}) });
  stage.callbacks = (more = {}) => {
    let done;
    const callbacks = { called: new Promise((resolve) => { done = resolve; }) };
    for (const name of ["onSuccess", "onFailure", "newPasswordRequired"]) {
      callbacks[name] = function (...args) {
        stage.log.push([name, this === callbacks, ...args]);
        done(args[0]);
        return more[name]?.apply(this, args);
      };
    }
    return callbacks;
  };
  stage.node = () => {
    let done;
    const called = new Promise((resolve) => { done = resolve; });
    return Object.assign((...args) => { stage.log.push(args); done(args); return "returned"; }, { called });
  };
  return stage;
})()
"#;

struct Stage(JsValue);

impl Stage {
    fn new() -> Self {
        Self(eval(STAGE).unwrap())
    }

    /// Evaluates JavaScript with the stage at hand.
    fn js(&self, code: &str) -> JsValue {
        let function = Function::new_with_args("stage", &format!("return ({code});"));
        function.call1(&JsValue::UNDEFINED, &self.0).unwrap()
    }

    fn text(&self, code: &str) -> String {
        self.js(code)
            .as_string()
            .unwrap_or_else(|| "not a text".to_owned())
    }

    /// A pool over storage of its own.
    fn pool(&self, storage: &JsValue) -> JsValue {
        let data = self.js("({ UserPoolId: 'eu-west-1_abc', ClientId: 'c' })");
        Reflect::set(&data, &"Storage".into(), storage).unwrap();
        CognitoUserPool::new(&data, JsValue::UNDEFINED)
            .unwrap()
            .into()
    }

    fn user(&self, storage: &JsValue) -> CognitoUser {
        let data = Object::new();
        let pool = self.pool(storage);
        for (key, value) in [
            ("Username", &"alice".into()),
            ("Pool", &pool),
            ("Storage", storage),
        ] {
            Reflect::set(&data, &key.into(), value).unwrap();
        }
        CognitoUser::new(&data).unwrap()
    }

    /// Signs in with USER_PASSWORD_AUTH and waits for the callback.
    async fn signed_in(&self, storage: &JsValue) -> CognitoUser {
        let user = self.user(storage);
        self.js("stage.replies.push(stage.tokens())");
        self.sign_in(&user, &self.js("stage.callbacks()")).await;
        self.js("stage.log.length = stage.requests.length = 0");
        user
    }

    async fn sign_in(&self, user: &CognitoUser, callbacks: &JsValue) -> JsValue {
        user.set_authentication_flow_type("USER_PASSWORD_AUTH".into());
        let details = self.js("stage.details('pw')");
        user.authenticate_user(details.unchecked_ref(), callbacks.clone().unchecked_into())
            .unwrap();
        called(callbacks).await
    }
}

/// What the callback was called with, once it is.
async fn called(callback: &JsValue) -> JsValue {
    let promise: Promise = Reflect::get(callback, &"called".into())
        .unwrap()
        .unchecked_into();
    JsFuture::from(promise).await.unwrap()
}

fn message(error: &JsValue) -> String {
    assert!(error.is_instance_of::<js_sys::Error>(), "{error:?}");
    error.unchecked_ref::<js_sys::Error>().message().into()
}

fn property(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap()
}

#[test]
fn constructors_check_their_arguments() {
    let stage = Stage::new();
    let pool = |code| {
        message(
            &CognitoUserPool::new(&stage.js(code), JsValue::UNDEFINED)
                .err()
                .unwrap(),
        )
    };
    for code in [
        "undefined",
        "({})",
        "({ UserPoolId: 'a_b' })",
        "({ UserPoolId: '', ClientId: 'c' })",
    ] {
        assert_eq!(pool(code), "Both UserPoolId and ClientId are required.");
    }
    assert_eq!(
        pool("({ UserPoolId: 'no', ClientId: 'c' })"),
        "Invalid UserPoolId format."
    );
    for code in [
        "undefined",
        "({ Username: 'a' })",
        "({ Username: null, Pool: {} })",
    ] {
        let error = CognitoUser::new(&stage.js(code)).err().unwrap();
        assert_eq!(
            message(&error),
            "Username and Pool information are required."
        );
    }
    let error = CognitoUserSession::new(&stage.js("({ IdToken: {} })"))
        .err()
        .unwrap();
    assert_eq!(
        message(&error),
        "Id token and Access Token must be present."
    );
}

#[test]
fn early_failures_come_before_the_call_returns() {
    let stage = Stage::new();
    let user = stage.user(&stage.js("stage.store()"));
    let callbacks = stage.js("stage.callbacks({ onFailure: () => 'given back' })");
    let fail = |password: &str, flow: &str| {
        user.set_authentication_flow_type(flow.into());
        let details = stage.js(&format!("stage.details({password})"));
        user.authenticate_user(details.unchecked_ref(), callbacks.clone().unchecked_into())
            .unwrap()
    };
    for (password, flow, expected) in [
        ("''", "USER_PASSWORD_AUTH", "PASSWORD parameter is required"),
        (
            "undefined",
            "USER_SRP_AUTH",
            "PASSWORD parameter is required",
        ),
        ("'pw'", "OTHER", "Authentication flow type is invalid."),
    ] {
        assert_eq!(fail(password, flow), "given back");
        assert_eq!(stage.text("stage.log.at(-1)[2].message"), expected);
        assert!(
            stage.js("stage.log.at(-1)[1]").is_truthy(),
            "this is the callbacks object"
        );
    }
    let node = stage.js("stage.node()");
    let returned = user
        .get_session(node.clone().unchecked_into(), &JsValue::UNDEFINED)
        .unwrap();
    assert_eq!(returned, "returned");
    assert_eq!(
        stage.text("stage.log.at(-1)[0].message"),
        "Local storage is missing an ID Token, Please authenticate",
    );
    user.change_password(
        "a".into(),
        "b".into(),
        node.unchecked_into(),
        JsValue::UNDEFINED,
    )
    .unwrap();
    assert_eq!(
        stage.text("stage.log.at(-1)[0].message"),
        "User is not authenticated"
    );
    assert_eq!(stage.js("stage.requests.length"), 0);
}

#[test]
async fn the_first_request_leaves_before_the_call_returns() {
    let stage = Stage::new();
    let user = stage.user(&stage.js("stage.store()"));
    let details = stage.js("stage.details('pw')");
    let callbacks = stage.js("stage.callbacks()");
    user.authenticate_user(details.unchecked_ref(), callbacks.clone().unchecked_into())
        .unwrap();
    assert_eq!(stage.text("stage.requests[0].operation"), "InitiateAuth");
    // Dropped here, with the request under way.
    drop(user);
    assert_eq!(
        message(&called(&callbacks).await),
        "Unexpected response of the service: neither tokens nor a challenge",
    );
}

#[test]
async fn a_session_is_stored_in_upstreams_order() {
    let stage = Stage::new();
    let storage = stage.js("stage.store()");
    let user = stage.signed_in(&storage).await;
    let keys: Array = property(&storage, "map")
        .unchecked_into::<js_sys::Map>()
        .keys()
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let prefix = "CognitoIdentityServiceProvider.c";
    let names = [
        "alice.idToken",
        "alice.accessToken",
        "alice.refreshToken",
        "alice.clockDrift",
        "LastAuthUser",
    ];
    let expected: Vec<String> = names
        .iter()
        .map(|name| format!("{prefix}.{name}"))
        .collect();
    assert_eq!(
        keys.iter()
            .map(|key| key.as_string().unwrap())
            .collect::<Vec<_>>(),
        expected
    );
    assert_eq!(
        user.get_sign_in_user_session(),
        user.get_sign_in_user_session(),
        "one object"
    );

    user.sign_out(JsValue::UNDEFINED).unwrap();
    assert_eq!(property(&property(&storage, "map"), "size"), 0);
}

#[test]
async fn a_session_of_upstreams_is_taken_over() {
    let stage = Stage::new();
    let storage = stage.js(
        r#"stage.store(Object.fromEntries([
          ["LastAuthUser", "bob"], ["bob.idToken", stage.jwt(-60, 3600)], ["bob.accessToken", stage.jwt(-60, 3600)],
          ["bob.refreshToken", "r"], ["bob.clockDrift", "0"],
        ].map(([key, value]) => [`CognitoIdentityServiceProvider.c.${key}`, value])))"#,
    );
    let user = get_current_user(stage.pool(&storage)).unwrap();
    assert_eq!(property(&user, "username"), "bob");
    let get_session: Function = property(&user, "getSession").unchecked_into();
    get_session.call1(&user, &stage.js("stage.node()")).unwrap();
    assert!(
        stage
            .js("stage.log[0][0] === null && stage.log[0][1].isValid()")
            .is_truthy()
    );
}

#[test]
async fn concurrent_refreshes_are_one_request() {
    let stage = Stage::new();
    let user = stage.signed_in(&stage.js("stage.store()")).await;
    stage.js("stage.replies.push(stage.tokens())");
    let token = stage.js("({ getToken: () => 'refresh' })");
    let callbacks = [stage.js("stage.node()"), stage.js("stage.node()")];
    for callback in &callbacks {
        let callback = callback.clone().unchecked_into();
        user.refresh_session(token.unchecked_ref(), callback, JsValue::UNDEFINED)
            .unwrap();
    }
    for callback in &callbacks {
        called(callback).await;
    }
    assert_eq!(stage.js("stage.requests.length"), 1);
    assert_eq!(
        stage.text("stage.requests[0].body"),
        r#"{"ClientId":"c","AuthFlow":"REFRESH_TOKEN_AUTH","AuthParameters":{"REFRESH_TOKEN":"refresh","DEVICE_KEY":null}}"#,
    );
}

#[test]
async fn what_cannot_succeed_is_not_repeated() {
    let stage = Stage::new();
    let storage = stage.js("stage.store()");
    let user = stage.signed_in(&storage).await;
    stage.js("stage.replies.push({ status: 400, body: { __type: 'a#NotAuthorizedException', message: 'Refresh Token has expired' } })");
    let callback = stage.js("stage.node()");
    let token = stage.js("({ getToken: () => 'refresh' })");
    user.refresh_session(
        token.unchecked_ref(),
        callback.clone().unchecked_into(),
        JsValue::UNDEFINED,
    )
    .unwrap();
    called(&callback).await;
    assert_eq!(stage.js("stage.requests.length"), 1);
    let error = stage.js("stage.log[0][0]");
    assert_eq!(message(&error), "Refresh Token has expired");
    assert_eq!(property(&error, "code"), "NotAuthorizedException");
    assert_eq!(property(&error, "name"), "NotAuthorizedException");
    assert_eq!(property(&error, "statusCode"), 400);
    assert_eq!(
        property(&property(&storage, "map"), "size"),
        0,
        "the session is over"
    );
}

#[test]
async fn errors_say_what_happened() {
    let stage = Stage::new();
    let user = stage.user(&stage.js("stage.store()"));
    for (reply, code, text) in [
        (
            "{ throw: new TypeError('Failed to fetch') }",
            "NetworkError",
            "Network error",
        ),
        ("{ status: 502, html: true }", "UnknownError", "502"),
        (
            "{ status: 400, html: true, headers: { 'x-amzn-errortype': 'Oops:http' } }",
            "Oops",
            "400",
        ),
        (
            "{ ChallengeName: 'EMAIL_OTP' }",
            "UnsupportedChallenge",
            "Unsupported challenge: EMAIL_OTP",
        ),
    ] {
        stage.js(&format!("stage.replies.push({reply})"));
        let error = stage.sign_in(&user, &stage.js("stage.callbacks()")).await;
        assert_eq!(message(&error), text);
        assert_eq!(property(&error, "code"), code);
    }
    assert!(user.get_sign_in_user_session().is_null());
}

#[test]
async fn a_callback_that_throws_is_heard_of_once() {
    let stage = Stage::new();
    let user = stage.user(&stage.js("stage.store()"));
    let caught = stage.js(
        r#"new Promise((resolve) => addEventListener("error", (event) => {
          event.preventDefault(); event.stopImmediatePropagation(); resolve(event.error.message); }, { capture: true, once: true }))"#,
    );
    stage.js("stage.replies.push(stage.tokens())");
    let callbacks = stage.js("stage.callbacks({ onSuccess() { throw new Error('mine'); } })");
    stage.sign_in(&user, &callbacks).await;
    assert_eq!(JsFuture::from(Promise::from(caught)).await.unwrap(), "mine");
    assert_eq!(
        stage.js("stage.log.map(([name]) => name).join()"),
        "onSuccess"
    );
}

#[test]
async fn a_callback_may_use_the_user_again() {
    let stage = Stage::new();
    let storage = stage.js("stage.store()");
    let user = JsValue::from(stage.user(&storage));
    Reflect::set(&stage.0, &"user".into(), &user).unwrap();
    stage.js("stage.user.setAuthenticationFlowType('USER_PASSWORD_AUTH')");
    stage.js(
        "stage.replies.push(stage.tokens(), { UserAttributes: [{ Name: 'email', Value: 'a@b' }] })",
    );
    let inner = stage.js("stage.inner = stage.node()");
    stage.js(
        r#"stage.user.authenticateUser(stage.details("pw"), stage.callbacks({ onSuccess() {
          stage.user.username = "alice"; stage.user.signInUserSession.clockDrift = 0;
          stage.user.getUserAttributes(stage.inner); stage.user.getSession((e, s) => stage.log.push([s])); } }))"#,
    );
    called(&inner).await;
    assert_eq!(stage.text("stage.log.at(-1)[1][0].getValue()"), "a@b");
}

#[test]
async fn storage_that_fails_is_reported_and_signing_out_goes_on() {
    let stage = Stage::new();
    let full = stage.js(
        "Object.assign(stage.store(), { setItem() { throw new DOMException('full', 'QuotaExceededError'); } })",
    );
    let user = stage.user(&full);
    stage.js("stage.replies.push(stage.tokens())");
    let error = stage.sign_in(&user, &stage.js("stage.callbacks()")).await;
    assert_eq!(property(&error, "name"), "QuotaExceededError");

    let broken = stage.js(
        "Object.assign(stage.store(), { tries: 0, removeItem() { this.tries++; throw new Error('broken'); } })",
    );
    let user = stage.signed_in(&broken).await;
    assert_eq!(
        message(&user.sign_out(JsValue::UNDEFINED).unwrap_err()),
        "broken"
    );
    assert_eq!(property(&broken, "tries"), 6, "all keys are tried");
    assert!(user.get_sign_in_user_session().is_null());
}

#[test]
async fn signing_out_with_a_callback_revokes_and_always_clears() {
    let stage = Stage::new();
    let storage = stage.js("stage.store()");
    let user = stage.signed_in(&storage).await;
    let callback = stage.js("stage.node()");
    user.sign_out(callback.clone()).unwrap();
    assert_eq!(property(&property(&storage, "map"), "size"), 0, "at once");
    called(&callback).await;
    assert_eq!(stage.text("stage.requests[0].operation"), "RevokeToken");
    assert_eq!(
        stage.text("stage.requests[0].body"),
        r#"{"Token":"refresh","ClientId":"c"}"#
    );

    let callback = stage.js("stage.node()");
    user.sign_out(callback).unwrap();
    assert_eq!(
        stage.text("stage.log.at(-1)[0].message"),
        "Local storage is missing an ID Token, Please authenticate",
    );
}

#[test]
async fn requests_can_be_answered_by_the_application() {
    let stage = Stage::new();
    let user = stage.user(&stage.js("stage.store()"));
    let client = stage.js("({ request(operation, params, callback) { stage.log.push([operation]); callback(null, stage.tokens()); } })");
    user.set_client(client);
    user.set_authentication_flow_type("USER_PASSWORD_AUTH".into());
    let details = stage.js("stage.details('pw')");
    let callbacks = stage.js("stage.callbacks()");
    user.authenticate_user(details.unchecked_ref(), callbacks.unchecked_into())
        .unwrap();
    // Synchronously, as it answered.
    assert_eq!(
        stage.text("stage.log.map(([name]) => name).join()"),
        "InitiateAuth,onSuccess"
    );
    assert_eq!(stage.js("stage.requests.length"), 0);
}

#[test]
async fn one_pool_serves_several_users() {
    let stage = Stage::new();
    let storage = stage.js("stage.store()");
    let pool = stage.pool(&storage);
    Reflect::set(&stage.0, &"pool".into(), &pool).unwrap();
    for name in ["alice", "bob"] {
        let data = stage.js(&format!(
            "({{ Username: '{name}', Pool: stage.pool, Storage: stage.pool.storage }})"
        ));
        let user = CognitoUser::new(&data).unwrap();
        stage.js("stage.replies.push(stage.tokens())");
        stage.sign_in(&user, &stage.js("stage.callbacks()")).await;
        assert_eq!(user.pool(), pool);
    }
    assert_eq!(stage.text("stage.pool.getClientId()"), "c");
    assert_eq!(
        property(&get_current_user(pool).unwrap(), "username"),
        "bob"
    );
}
