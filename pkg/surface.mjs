// Which files the package has for applications, as upstream has them, and what each exports.

/** The index, in the order of upstream's CommonJS. */
export const INDEX = [
  "AuthenticationDetails",
  "AuthenticationHelper",
  "CognitoAccessToken",
  "CognitoIdToken",
  "CognitoRefreshToken",
  "CognitoUser",
  "CognitoUserAttribute",
  "CognitoUserPool",
  "CognitoUserSession",
  "CookieStorage",
  "DateHelper",
  "WordArray",
  "appendToCognitoUserAgent",
];

const INTERNALS = ["addAuthCategoryToCognitoUserAgent", "addFrameworkToCognitoUserAgent"];

/**
 * The deep files below `lib` and `es`: the module that has the names, and the names. The first is the
 * default export too, except in those that have none. (What only React Native can load is not here.)
 */
export const DEEP = {
  AuthenticationDetails: ready("AuthenticationDetails"),
  AuthenticationHelper: ready("AuthenticationHelper"),
  BigInteger: ready("BigInteger"),
  Client: ready("Client"),
  CognitoAccessToken: ready("CognitoAccessToken"),
  CognitoIdToken: ready("CognitoIdToken"),
  CognitoJwtToken: ready("CognitoJwtToken"),
  CognitoRefreshToken: ready("CognitoRefreshToken"),
  CognitoUser: ready("CognitoUser"),
  CognitoUserAttribute: ready("CognitoUserAttribute"),
  CognitoUserPool: ready("CognitoUserPool"),
  CognitoUserSession: ready("CognitoUserSession"),
  CookieStorage: ready("CookieStorage"),
  DateHelper: ready("DateHelper"),
  StorageHelper: ready("StorageHelper", "MemoryStorage"),
  UserAgent: ready(
    "UserAgent",
    "appendToCognitoUserAgent",
    "addAuthCategoryToCognitoUserAgent",
    "addFrameworkToCognitoUserAgent",
    "getAmplifyUserAgent",
  ),
  Platform: deepOnly("Platform", "getUserAgent"),
  "Platform/constants": { ...deepOnly("FRAMEWORK", "AUTH_CATEGORY"), hasDefault: false },
  "Platform/detectFramework": { ...deepOnly("detectFramework"), hasDefault: false },
  "Platform/index": deepOnly("Platform", "getUserAgent"),
  "Platform/version": { ...deepOnly("version"), hasDefault: false },
  internals: { ...ready(...INTERNALS), hasDefault: false },
  "internals/index": { ...ready(...INTERNALS), hasDefault: false },
  "utils/WordArray": ready("WordArray"),
  "utils/cryptoSecureRandomInt": deepOnly("cryptoSecureRandomInt"),
  "utils/cryptoSecureRandomInt.web": deepOnly("cryptoSecureRandomInt"),
};

function ready(...names) {
  return { module: "ready", names, hasDefault: true };
}

function deepOnly(...names) {
  return { module: "deep-only", names, hasDefault: true };
}
