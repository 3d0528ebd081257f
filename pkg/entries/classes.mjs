// Everything that the entries and the deep files export. It waits for the WebAssembly module, which
// `ready.mjs` has inline and `init.mjs` loads.

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
  default as initAsync,
  getAmplifyUserAgent,
  initSync,
} from "glue";
export { whenNeeded } from "face/core.js";
