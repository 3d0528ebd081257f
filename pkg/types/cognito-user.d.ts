import type { CognitoUserAttribute, ICognitoUserAttributeData } from "./attribute.js";
import type { AuthenticationDetails } from "./authentication-details.js";
import type { AuthenticationHelper } from "./authentication-helper.js";
import type {
  ChallengeName,
  ClientMetadata,
  CognitoError,
  IAuthenticationCallback,
  ISuccessCallback,
  NodeCallback,
  UpdateAttributesNodeCallback,
} from "./callbacks.js";
import type { Client } from "./client.js";
import type { CognitoUserPool } from "./cognito-user-pool.js";
import type { CognitoUserSession } from "./session.js";
import type { ICognitoStorage } from "./storage.js";
import type { CognitoAccessToken, CognitoRefreshToken } from "./tokens.js";

export interface ICognitoUserData {
  Username: string;
  Pool: CognitoUserPool;
  /** `localStorage` by default, or memory where there is none; not the pool's. */
  Storage?: ICognitoStorage | undefined;
}

export interface GetSessionOptions {
  clientMetadata?: ClientMetadata;
}

export interface GetUserDataOptions {
  /** Asks the service even if there is an answer in storage, and then renews the tokens, so that they agree with it. */
  bypassCache?: boolean | undefined;
  /** Leaves the tokens as they are. */
  keepTokens?: boolean | undefined;
  clientMetadata?: ClientMetadata;
}

/** A method in the type, so that callbacks may declare one of the two cases alone, as upstream has them do. */
export type GetSessionCallback = {
  call(error: CognitoError | null, session: CognitoUserSession | null): void;
}["call"];

export interface IMfaSettings {
  PreferredMfa?: boolean;
  Enabled?: boolean;
}

export interface MFAOption {
  DeliveryMedium: "SMS" | "EMAIL";
  AttributeName: string;
}

/** The service's answer to GetUser. */
export interface UserData {
  MFAOptions: MFAOption[];
  PreferredMfaSetting: string;
  UserAttributes: ICognitoUserAttributeData[];
  UserMFASettingList: string[];
  Username: string;
}

/** A user of a pool, signed in or not. */
export declare class CognitoUser {
  /** @throws if the name or the pool is missing */
  constructor(data: ICognitoUserData);

  username: string;
  pool: CognitoUserPool;
  /** Of the challenge that waits for an answer. */
  Session: string | null;
  client: Client;
  signInUserSession: CognitoUserSession | null;
  authenticationFlowType: string;
  storage: ICognitoStorage;
  keyPrefix: string;
  userDataKey: string;
  challengeName?: ChallengeName | undefined;
  deviceKey?: string | null | undefined;
  deviceGroupKey?: string | null | undefined;
  randomPassword?: string | null | undefined;
  verifierDevices?: string | undefined;

  /** The name; after SRP the service's name for the user. */
  getUsername(): string;
  getAuthenticationFlowType(): string;
  /** How `authenticateUser` signs in: `USER_SRP_AUTH`, the default, `USER_PASSWORD_AUTH`, `CUSTOM_AUTH` or `USER_AUTH`. */
  setAuthenticationFlowType(authenticationFlowType: string): void;
  /** The session in memory. */
  getSignInUserSession(): CognitoUserSession | null;
  /** Makes a session this user's, in memory and in storage. */
  setSignInUserSession(signInUserSession: CognitoUserSession): void;
  getUserContextData(): { EncodedData?: string } | undefined;

  // Sign-in.

  authenticateUser(authenticationDetails: AuthenticationDetails, callbacks: IAuthenticationCallback): void;
  authenticateUserDefaultAuth(authenticationDetails: AuthenticationDetails, callbacks: IAuthenticationCallback): void;
  authenticateUserPlainUsernamePassword(
    authenticationDetails: AuthenticationDetails,
    callbacks: IAuthenticationCallback,
  ): void;
  /**
   * By what the pool's triggers ask, without a password; with the flow type `USER_AUTH` by a factor of the user's
   * choice, which `AuthParameters` may name as `PREFERRED_CHALLENGE`.
   */
  initiateAuth(authenticationDetails: AuthenticationDetails, callbacks: IAuthenticationCallback): void;
  /** Goes on from an answer of the service; the helper may be left out. */
  authenticateUserInternal(
    dataAuthenticate: any,
    authenticationHelper: AuthenticationHelper | null | undefined,
    callbacks: IAuthenticationCallback,
  ): void;
  getDeviceResponse(callbacks: IAuthenticationCallback, clientMetadata?: ClientMetadata): void;
  /** Answers `newPasswordRequired`. */
  completeNewPasswordChallenge(
    newPassword: string,
    requiredAttributeData: any,
    callbacks: IAuthenticationCallback,
    clientMetadata?: ClientMetadata,
  ): void;
  /** Answers `customChallenge`. */
  sendCustomChallengeAnswer(
    answerChallenge: any,
    callback: IAuthenticationCallback,
    clientMetaData?: ClientMetadata,
  ): void;
  /** Answers `mfaRequired`, and `totpRequired` with the type `SOFTWARE_TOKEN_MFA`. */
  sendMFACode(
    confirmationCode: string,
    callbacks: IAuthenticationCallback,
    mfaType?: string,
    clientMetadata?: ClientMetadata,
  ): void;
  /** Answers `selectMFAType` with `SMS_MFA` or `SOFTWARE_TOKEN_MFA`. */
  sendMFASelectionAnswer(answerChallenge: string, callbacks: IAuthenticationCallback): void;

  /**
   * Answers `otherChallenge`.
   *
   * @param responses beside `USERNAME`, as the service documents them, such as `{ EMAIL_OTP_CODE: "123456" }`
   */
  sendChallengeAnswer(
    challengeName: string,
    responses: { [name: string]: string },
    callbacks: IAuthenticationCallback,
    clientMetadata?: ClientMetadata,
  ): void;

  // The session.

  /** The session from memory, from storage, or refreshed; only then the callback comes later. */
  getSession(
    callback: (...result: [error: CognitoError, session: null] | [error: null, session: CognitoUserSession]) => void,
    options?: GetSessionOptions,
  ): void;
  getSession(callback: GetSessionCallback, options?: GetSessionOptions): void;
  refreshSession(
    refreshToken: CognitoRefreshToken,
    callback: NodeCallback<any, any>,
    clientMetadata?: ClientMetadata,
  ): void;
  refreshSessionIfPossible(options?: GetSessionOptions): Promise<void>;
  /** A session from an `AuthenticationResult`. */
  getCognitoUserSession(authResult: any): CognitoUserSession;
  cacheTokens(): void;
  clearCachedTokens(): void;
  /** Forgets tokens and user data, not the device. */
  clearCachedUser(): void;
  /** Forgets the session here at once; with a callback, also revokes its refresh token. */
  signOut(callback?: (err?: CognitoError) => void): void;
  /** Ends all the user's sessions. `onSuccess('SUCCESS')` */
  globalSignOut(callbacks: ISuccessCallback<string>): void;
  revokeTokens(callback?: (err?: CognitoError) => void): void;
  revokeToken(data: { token: string; callback: (err?: CognitoError) => void }): void;
  isSessionRevocable(token: CognitoAccessToken): boolean;
  cleanClientData(): void;

  // Registration and passwords.

  /** `callback(null, 'SUCCESS')` */
  confirmRegistration(
    code: string,
    forceAliasCreation: boolean,
    callback: NodeCallback<any, any>,
    clientMetadata?: ClientMetadata,
  ): void;
  /** `callback(null, answer of the service)` */
  resendConfirmationCode(callback: NodeCallback<CognitoError, any>, clientMetaData?: ClientMetadata): void;
  /** The answer of the service goes to `inputVerificationCode`, or to `onSuccess` if there is none. */
  forgotPassword(
    callbacks: ISuccessCallback<any> & { inputVerificationCode?(data: any): void },
    clientMetaData?: ClientMetadata,
  ): void;
  /** `onSuccess('SUCCESS')` */
  confirmPassword(
    verificationCode: string,
    newPassword: string,
    callbacks: ISuccessCallback<string>,
    clientMetaData?: ClientMetadata,
  ): void;
  /** `callback(null, 'SUCCESS')` */
  changePassword(
    oldPassword: string,
    newPassword: string,
    callback: NodeCallback<CognitoError, "SUCCESS">,
    clientMetadata?: ClientMetadata,
  ): void;
  /** `callback(null, 'SUCCESS')` */
  deleteUser(callback: NodeCallback<CognitoError, string>, clientMetadata?: ClientMetadata): void;

  // Attributes.

  getUserAttributes(callback: NodeCallback<CognitoError, CognitoUserAttribute[]>): void;
  /** `callback(null, 'SUCCESS', answer of the service)` */
  updateAttributes(
    attributes: ReadonlyArray<CognitoUserAttribute | ICognitoUserAttributeData>,
    callback: UpdateAttributesNodeCallback<CognitoError, string, any>,
    clientMetadata?: ClientMetadata,
  ): void;
  /** `callback(null, 'SUCCESS')` */
  deleteAttributes(attributeList: ReadonlyArray<string>, callback: NodeCallback<CognitoError, string>): void;
  /** Where the code went goes to `inputVerificationCode`; if there is none, `onSuccess('SUCCESS')`. */
  getAttributeVerificationCode(
    name: string,
    callback: ISuccessCallback<string> & { inputVerificationCode?(data: any): void | null },
    clientMetadata?: ClientMetadata,
  ): void;
  /** `onSuccess('SUCCESS')` */
  verifyAttribute(attributeName: string, confirmationCode: string, callbacks: ISuccessCallback<string>): void;
  /** The answer to GetUser, from storage if it is there. */
  getUserData(callback: NodeCallback<CognitoError, UserData>, params?: GetUserDataOptions): void;
  isFetchUserDataAndTokenRequired(params?: GetUserDataOptions): boolean;
  fetchUserData(): Promise<UserData>;
  createGetUserRequest(): Promise<UserData>;
  /** As text. */
  getUserDataFromCache(): string | null;
  cacheUserData(userData: UserData): void;
  clearCachedUserData(): void;

  // Second factors.

  /** `callback(null, 'SUCCESS')` */
  setUserMfaPreference(
    smsMfaSettings: IMfaSettings | null,
    softwareTokenMfaSettings: IMfaSettings | null,
    callback: NodeCallback<CognitoError, string>,
    emailMfaSettings?: IMfaSettings | null,
  ): void;
  /** @deprecated by the service: `setUserMfaPreference` */
  enableMFA(callback: NodeCallback<CognitoError, string>): void;
  /** @deprecated by the service: `setUserMfaPreference` */
  disableMFA(callback: NodeCallback<CognitoError, string>): void;
  /** @deprecated by the service: `getUserData` */
  getMFAOptions(callback: NodeCallback<CognitoError, MFAOption[]>): void;
  /** Begins to set up an authenticator application, signed in or at `mfaSetup`. */
  associateSoftwareToken(callbacks: { associateSecretCode(secretCode: string): void; onFailure(err: any): void }): void;
  /** Shows its first code. `onSuccess` gets the service's answer; at `mfaSetup`, the session. */
  verifySoftwareToken(
    totpCode: string,
    friendlyDeviceName: string,
    callbacks: Omit<IAuthenticationCallback, "onSuccess"> & { onSuccess(result: any): void },
  ): void;

  // Devices.

  /** `onSuccess(answer of the service)` about this device */
  getDevice(callbacks: ISuccessCallback<any>): void;
  /** `onSuccess('SUCCESS')` */
  forgetDevice(callbacks: ISuccessCallback<string>): void;
  /** `onSuccess('SUCCESS')` */
  forgetSpecificDevice(deviceKey: string, callbacks: ISuccessCallback<string>): void;
  /** `onSuccess('SUCCESS')` */
  setDeviceStatusRemembered(callbacks: ISuccessCallback<string>): void;
  /** `onSuccess('SUCCESS')` */
  setDeviceStatusNotRemembered(callbacks: ISuccessCallback<string>): void;
  /** `onSuccess(answer of the service)` */
  listDevices(limit: number, paginationToken: string | null, callbacks: ISuccessCallback<any>): void;
  cacheDeviceKeyAndPassword(): void;
  /** Takes over the device that storage has for this user, if any. */
  getCachedDeviceKeyAndPassword(): void;
  clearCachedDeviceKeyAndPassword(): void;
}
