import type { CognitoUserSession } from "./session.js";

/** Called with `(null, result)`, or with the error. */
export type NodeCallback<E, T> = (err?: E, result?: T) => void;

export declare namespace NodeCallback {
  export type Any = NodeCallback<Error | undefined, any>;
}

/** The same with the service's whole answer. */
export type UpdateAttributesNodeCallback<E, T, K> = (err?: E, result?: T, details?: K) => void;

/** What the service tells the triggers of a pool, from the application. */
export type ClientMetadata = { [key: string]: string } | undefined;

/** An error of the service, the network or this package. */
export interface CognitoError extends Error {
  /** Such as `NotAuthorizedException`, or `NetworkError`. Errors of wrong use have none. */
  code?: string;
  /** HTTP status of the service's answer. */
  statusCode?: number;
  cause?: unknown;
}

/** Where a code was sent. */
export interface CodeDeliveryDetails {
  AttributeName: string;
  DeliveryMedium: string;
  Destination: string;
}

/** What has to be answered before somebody is signed in. */
export type ChallengeName =
  | "CUSTOM_CHALLENGE"
  | "MFA_SETUP"
  | "NEW_PASSWORD_REQUIRED"
  | "SELECT_MFA_TYPE"
  | "SMS_MFA"
  | "SOFTWARE_TOKEN_MFA"
  | "ADMIN_NO_SRP_AUTH"
  | "DEVICE_PASSWORD_VERIFIER"
  | "DEVICE_SRP_AUTH"
  | "EMAIL_OTP"
  | "PASSWORD"
  | "PASSWORD_SRP"
  | "PASSWORD_VERIFIER"
  | "SELECT_CHALLENGE"
  | "SMS_OTP"
  | "WEB_AUTHN";

/** Called as methods: `this` is the object itself. */
export interface IAuthenticationCallback {
  /** @param userConfirmationNecessary whether to ask the user if this device is to be remembered */
  onSuccess(session: CognitoUserSession, userConfirmationNecessary?: boolean): void;
  onFailure(err: any): void;
  /**
   * The password was a temporary one: answer with `completeNewPasswordChallenge`.
   *
   * @param userAttributes what the service knows of the user
   * @param requiredAttributes names of the attributes that the answer must have
   */
  newPasswordRequired?(userAttributes: any, requiredAttributes: any): void;
  /** Answer with `sendMFACode`. */
  mfaRequired?(challengeName: ChallengeName, challengeParameters: any): void;
  /** Answer with `sendMFACode` and the type `SOFTWARE_TOKEN_MFA`. */
  totpRequired?(challengeName: ChallengeName, challengeParameters: any): void;
  /** Answer with `sendCustomChallengeAnswer`. */
  customChallenge?(challengeParameters: any): void;
  /** Go on with `associateSoftwareToken`. */
  mfaSetup?(challengeName: ChallengeName, challengeParameters: any): void;
  /** Answer with `sendMFASelectionAnswer`. */
  selectMFAType?(challengeName: ChallengeName, challengeParameters: any): void;
  /**
   * All other challenges, such as `EMAIL_OTP`, `SELECT_CHALLENGE` and `WEB_AUTHN`; without this callback they are
   * failures. Answer with `sendChallengeAnswer`.
   *
   * @param availableChallenges what `SELECT_CHALLENGE` lets the user choose from
   */
  otherChallenge?(challengeName: string, challengeParameters: any, availableChallenges?: string[]): void;
}

/** Called as methods: `this` is the object itself. */
export interface ISuccessCallback<T> {
  onSuccess(result: T): void;
  onFailure(err: any): void;
}
