// What the package exports, in upstream's order.

export {
  AuthenticationDetails,
  AuthenticationHelper,
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  CognitoUserSession,
  CookieStorage,
  DateHelper,
  appendToCognitoUserAgent,
  WordArray,
} from "glue";
