/**
 * Amazon Cognito user pools for browsers and Node.
 *
 * The names, callbacks and errors are those of `amazon-cognito-identity-js`. Errors are `Error`s with the
 * service's code as `name` and `code`, and its HTTP status as `statusCode`.
 */

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
  WordArray,
  appendToCognitoUserAgent,
} from "./types/index.js";

// Upstream declares `UserAgent` as exported, which it is not; as a type it stays.
export type {
  BigInteger,
  ChallengeName,
  Client,
  ClientMetadata,
  CodeDeliveryDetails,
  CognitoError,
  GetSessionCallback,
  GetSessionOptions,
  GetUserDataOptions,
  IAuthenticationCallback,
  IAuthenticationDetailsData,
  ICognitoStorage,
  ICognitoUserAttributeData,
  ICognitoUserData,
  ICognitoUserPoolData,
  ICognitoUserSessionData,
  ICookieStorageData,
  IMfaSettings,
  ISignUpResult,
  ISuccessCallback,
  MFAOption,
  NodeCallback,
  UpdateAttributesNodeCallback,
  UserAgent,
  UserData,
} from "./types/index.js";
