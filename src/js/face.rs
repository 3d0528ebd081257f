//! The classes, which are JavaScript, and what they do for flows. Applications get the classes from here.

use wasm_bindgen::prelude::*;

use super::core::FlowHandle;
use super::host::User;

#[wasm_bindgen(module = "/src/js/core.js")]
extern "C" {
    /// Gives the classes what they call.
    pub(super) fn connect(flow: FlowHandle);
}

#[wasm_bindgen(module = "/src/js/host.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    pub(super) fn call(object: &JsValue, method: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = setField)]
    pub(super) fn set_field(user: &User, name: &str, value: JsValue);
    #[wasm_bindgen(catch)]
    pub(super) fn adopt(user: &User, result: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = deviceName)]
    pub(super) fn device_name() -> JsValue;
    pub(super) fn timestamp() -> String;
}

#[wasm_bindgen(module = "/src/js/json.js")]
extern "C" {
    pub(super) fn get(value: &JsValue, key: &str) -> Option<JsValue>;
    pub(super) fn set(object: &JsValue, key: &str, value: JsValue);
    pub(super) fn parsed(text: &JsValue) -> Option<JsValue>;
    #[wasm_bindgen(js_name = withoutPrefix)]
    pub(super) fn without_prefix(texts: &JsValue, prefix: &str) -> JsValue;
}

#[wasm_bindgen(module = "/src/js/bytes.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = randomBytes)]
    pub(super) fn random_bytes(length: usize) -> Result<Vec<u8>, JsValue>;
}

#[wasm_bindgen(module = "/src/js/errors.js")]
extern "C" {
    /// An `Error` with a code.
    pub(super) fn failure(code: &str, message: &str) -> JsValue;
}

/// Reexports a class of a file of this folder.
macro_rules! class {
    ($file:literal: $($class:ident)*) => {
        #[wasm_bindgen(module = $file)]
        extern "C" {
            $(
                #[doc = concat!("The class `", stringify!($class), "`, in `", $file, "`.")]
                #[wasm_bindgen(reexport)]
                pub type $class;

                /// Calls the constructor with its first argument.
                #[wasm_bindgen(constructor, catch)]
                pub fn new(data: &JsValue) -> Result<$class, JsValue>;
            )*
        }
    };
}

class! { "/src/js/authentication-details.js": AuthenticationDetails }
class! { "/src/js/authentication-helper.js": AuthenticationHelper }
class! { "/src/js/big-integer.js": BigInteger }
class! { "/src/js/client.js": Client }
class! { "/src/js/cognito-user-attribute.js": CognitoUserAttribute }
class! { "/src/js/cognito-user-pool.js": CognitoUserPool }
class! { "/src/js/cognito-user-session.js": CognitoUserSession }
class! { "/src/js/cognito-user.js": CognitoUser }
class! { "/src/js/cookie-storage.js": CookieStorage }
class! { "/src/js/date-helper.js": DateHelper }
class! { "/src/js/storage-helper.js": MemoryStorage StorageHelper }
class! { "/src/js/tokens.js": CognitoAccessToken CognitoIdToken CognitoJwtToken CognitoRefreshToken }
class! { "/src/js/user-agent.js": UserAgent }
class! { "/src/js/word-array.js": WordArray }

#[wasm_bindgen(module = "/src/js/user-agent.js")]
extern "C" {
    /// A function, in spite of the keyword: adds to the text that requests say of who sends them.
    #[wasm_bindgen(reexport, js_name = appendToCognitoUserAgent)]
    pub type AppendToCognitoUserAgent;
    /// A function: Amplify's note of its category.
    #[wasm_bindgen(reexport, js_name = addAuthCategoryToCognitoUserAgent)]
    pub type AddAuthCategoryToCognitoUserAgent;
    /// A function: Amplify's note of its framework.
    #[wasm_bindgen(reexport, js_name = addFrameworkToCognitoUserAgent)]
    pub type AddFrameworkToCognitoUserAgent;
    /// A function: the text.
    #[wasm_bindgen(reexport, js_name = getAmplifyUserAgent)]
    pub type GetAmplifyUserAgent;
}

/// Takes along the files that only the classes themselves import.
macro_rules! part {
    ($($file:literal: $name:ident,)*) => {
        $(
            #[wasm_bindgen(module = $file)]
            extern "C" {
                #[allow(dead_code, non_camel_case_types)]
                type $name;
            }
        )*
    };
}

part! {
    "/src/js/conversation.js": proceed,
    "/src/js/methods.js": methods,
    "/src/js/user/attributes.js": attributes,
    "/src/js/user/devices.js": devices,
    "/src/js/user/mfa.js": mfa,
    "/src/js/user/password.js": password,
    "/src/js/user/refresh.js": refresh,
    "/src/js/user/registration.js": registration,
    "/src/js/user/requests.js": requests,
    "/src/js/user/session.js": session,
    "/src/js/user/sign-in.js": signIn,
    "/src/js/user/sign-out.js": signOut,
    "/src/js/user/user-data.js": userData,
}
