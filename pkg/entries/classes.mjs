// Everything that the entries and the deep files export. It waits for the WebAssembly module, which
// `ready.mjs` has inline and `init.mjs` loads.

import { __wbg_set_wasm } from "glue";
import * as glue from "imports";

export {
  AuthenticationDetails,
  AuthenticationHelper,
  BigInteger,
  Client,
  CognitoAccessToken,
  CognitoIdToken,
  CognitoJwtToken,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  CognitoUserSession,
  CookieStorage,
  DateHelper,
  MemoryStorage,
  StorageHelper,
  UserAgent,
  WordArray,
  addAuthCategoryToCognitoUserAgent,
  addFrameworkToCognitoUserAgent,
  appendToCognitoUserAgent,
  getAmplifyUserAgent,
} from "glue";
export { whenNeeded } from "face/core.js";

/** What the module is to be instantiated with. */
export const imports = { "./cognito_bg.js": glue };

let running;

/** Takes over an instance of the module. One is enough, should several have been made at the same time. */
export function run({ exports }) {
  if (running) return;
  running = true;
  __wbg_set_wasm(exports);
  exports.__wbindgen_start();
}
