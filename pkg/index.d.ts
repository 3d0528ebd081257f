/**
 * Amazon Cognito user pools for browsers and Node.
 *
 * The names, callbacks and errors are those of `amazon-cognito-identity-js`. Errors are `Error`s with the
 * service's code as `name` and `code`, and its HTTP status as `statusCode`.
 */

export type NodeCallback<E, T> = (err?: E, result?: T) => void;

/** What the service tells the triggers of a pool, from the application. */
export type ClientMetadata = { [key: string]: string } | undefined;

/** An error of the service, the network or this package. */
export interface CognitoError extends Error {
  /** Such as `NotAuthorizedException`, or `NetworkError`. */
  code?: string;
  /** HTTP status of the service's answer. */
  statusCode?: number;
}

/** Where a code was sent. */
export interface CodeDeliveryDetails {
  AttributeName: string;
  DeliveryMedium: string;
  Destination: string;
}

/** Synchronous storage such as `localStorage`. */
export interface ICognitoStorage {
  setItem(key: string, value: string): void;
  getItem(key: string): string | null | undefined;
  removeItem(key: string): void;
  clear(): void;
}

/** `pool.client`: sends requests. Replace `request` to see or answer them yourself. */
export interface Client {
  endpoint: string;
  fetchOptions: object;
  request(operation: string, params: object, callback: (error: any, data?: any) => void): void;
}

export interface ICognitoUserPoolData {
  /** Such as `eu-west-1_Ab3dEf6`. */
  UserPoolId: string;
  ClientId: string;
  /** Where requests go instead of `https://cognito-idp.<region>.amazonaws.com/`. */
  endpoint?: string;
  fetchOptions?: { credentials?: RequestCredentials };
  /** `localStorage` by default, or memory where there is none. */
  Storage?: ICognitoStorage;
  AdvancedSecurityDataCollectionFlag?: boolean;
}

/** What a token refresh calls back. */
export type SessionCallback = (error: CognitoError | null, session: CognitoUserSession | null) => void;

export interface ISignUpResult {
  user: CognitoUser;
  userConfirmed: boolean;
  userSub: string;
  codeDeliveryDetails: CodeDeliveryDetails;
}

/** One app client of one user pool. */
export class CognitoUserPool {
  /**
   * @param wrapRefreshSessionCallback gets the callback of each token refresh and gives the one to call
   * @throws if the ids are missing or malformed
   */
  constructor(
    data: ICognitoUserPoolData,
    wrapRefreshSessionCallback?: (callback: SessionCallback) => SessionCallback,
  );

  userPoolId: string;
  clientId: string;
  client: Client;
  advancedSecurityDataCollectionFlag: boolean;
  storage: ICognitoStorage;
  wrapRefreshSessionCallback: ((callback: SessionCallback) => SessionCallback) | undefined;

  getUserPoolId(): string;
  /** What follows `_` in the pool's id. */
  getUserPoolName(): string;
  getClientId(): string;
  /** Who signed in last; without a request. */
  getCurrentUser(): CognitoUser | null;
  signUp(
    username: string,
    password: string,
    userAttributes: ReadonlyArray<CognitoUserAttribute | ICognitoUserAttributeData>,
    validationData: ReadonlyArray<CognitoUserAttribute | ICognitoUserAttributeData> | null,
    callback: NodeCallback<CognitoError, ISignUpResult>,
    clientMetadata?: ClientMetadata,
  ): void;
  /** Of the advanced security script, if the page has loaded it. */
  getUserContextData(username: string): { EncodedData?: string } | undefined;
  toJSON(): object;
}

export interface ICognitoUserAttributeData {
  Name: string;
  Value: string;
}

export class CognitoUserAttribute implements ICognitoUserAttributeData {
  constructor(data?: Partial<ICognitoUserAttributeData>);

  Name: string;
  Value: string;

  getName(): string;
  setName(name: string): this;
  getValue(): string;
  setValue(value: string): this;
  toString(): string;
  toJSON(): ICognitoUserAttributeData;
}

export interface IAuthenticationDetailsData {
  Username: string;
  Password?: string;
  ValidationData?: { [key: string]: any };
  AuthParameters?: { [key: string]: string };
  ClientMetadata?: ClientMetadata;
}

export class AuthenticationDetails {
  constructor(data?: IAuthenticationDetailsData);

  username: string;
  password: string | undefined;
  validationData: { [key: string]: any };
  authParameters: { [key: string]: string };
  clientMetadata: { [key: string]: string };

  getUsername(): string;
  getPassword(): string | undefined;
  getValidationData(): { [key: string]: any };
  getAuthParameters(): { [key: string]: string };
  getClientMetadata(): { [key: string]: string };
}

/** Called with the object itself as `this`. */
export interface IAuthenticationCallback {
  onSuccess(session: CognitoUserSession, userConfirmationNecessary?: boolean): void;
  onFailure(error: any): void;
  /**
   * The user signed in with a temporary password: answer with `completeNewPasswordChallenge`.
   *
   * @param userAttributes what the service knows of the user
   * @param requiredAttributes names of the attributes that the answer must have
   */
  newPasswordRequired?(userAttributes: any, requiredAttributes: any): void;
}

export interface ICognitoUserData {
  Username: string;
  Pool: CognitoUserPool;
  /** `localStorage` by default, or memory where there is none. */
  Storage?: ICognitoStorage;
}

export interface GetSessionOptions {
  clientMetadata?: ClientMetadata;
}

/** A user of a pool, signed in or not. */
export class CognitoUser {
  /** @throws if the name or the pool is missing */
  constructor(data: ICognitoUserData);

  username: string;
  readonly pool: CognitoUserPool;
  /** Of the challenge that waits for an answer. */
  Session: string | null;
  client: Client;
  signInUserSession: CognitoUserSession | null;
  authenticationFlowType: string;
  storage: ICognitoStorage;
  readonly keyPrefix: string;
  readonly userDataKey: string;
  deviceKey: string | undefined;

  /** The name; after SRP the service's name for the user. */
  getUsername(): string;
  getAuthenticationFlowType(): string;
  /** How `authenticateUser` signs in: with `USER_SRP_AUTH`, the default, or `USER_PASSWORD_AUTH`. */
  setAuthenticationFlowType(authenticationFlowType: string): void;
  /** The session in memory. */
  getSignInUserSession(): CognitoUserSession | null;
  /** Makes a session this user's, in memory and in storage. */
  setSignInUserSession(session: CognitoUserSession): void;

  authenticateUser(details: AuthenticationDetails, callbacks: IAuthenticationCallback): void;
  completeNewPasswordChallenge(
    newPassword: string,
    requiredAttributeData: any,
    callbacks: IAuthenticationCallback,
    clientMetadata?: ClientMetadata,
  ): void;
  /** `callback(null, 'SUCCESS')` */
  confirmRegistration(
    code: string,
    forceAliasCreation: boolean,
    callback: NodeCallback<any, any>,
    clientMetadata?: ClientMetadata,
  ): void;
  /** `callback(null, answer of the service)` */
  resendConfirmationCode(callback: NodeCallback<CognitoError, any>, clientMetadata?: ClientMetadata): void;
  /** The answer of the service goes to `inputVerificationCode`, or to `onSuccess` if there is none. */
  forgotPassword(
    callbacks: {
      onSuccess: (data: any) => void;
      onFailure: (error: CognitoError) => void;
      inputVerificationCode?: (data: any) => void;
    },
    clientMetadata?: ClientMetadata,
  ): void;
  /** `onSuccess('SUCCESS')` */
  confirmPassword(
    code: string,
    newPassword: string,
    callbacks: { onSuccess: (success: string) => void; onFailure: (error: CognitoError) => void },
    clientMetadata?: ClientMetadata,
  ): void;
  /** `callback(null, 'SUCCESS')` */
  changePassword(
    oldPassword: string,
    newPassword: string,
    callback: NodeCallback<CognitoError, "SUCCESS">,
    clientMetadata?: ClientMetadata,
  ): void;
  getUserAttributes(callback: NodeCallback<CognitoError, CognitoUserAttribute[]>): void;
  /** `callback(null, 'SUCCESS')` */
  deleteUser(callback: NodeCallback<CognitoError, string>, clientMetadata?: ClientMetadata): void;
  /** Ends all the user's sessions. `onSuccess('SUCCESS')` */
  globalSignOut(callbacks: { onSuccess: (message: string) => void; onFailure: (error: CognitoError) => void }): void;
  /** Forgets the session here at once; with a callback, also revokes its refresh token. */
  signOut(callback?: (error?: CognitoError) => void): void;
  /** The session from memory, from storage, or refreshed; only then the callback comes later. */
  getSession(
    callback: (error: CognitoError | null, session: CognitoUserSession | null) => void,
    options?: GetSessionOptions,
  ): void;
  refreshSession(
    refreshToken: CognitoRefreshToken,
    callback: NodeCallback<any, any>,
    clientMetadata?: ClientMetadata,
  ): void;
  toJSON(): object;
}

export interface ICognitoUserSessionData {
  IdToken: CognitoIdToken;
  AccessToken: CognitoAccessToken;
  RefreshToken?: CognitoRefreshToken;
  /** Seconds that the local clock is ahead; taken from the tokens by default. */
  ClockDrift?: number;
}

/** The tokens of one sign-in. */
export class CognitoUserSession {
  /** @throws if the ID token or the access token is missing */
  constructor(data: ICognitoUserSessionData);

  idToken: CognitoIdToken;
  refreshToken: CognitoRefreshToken;
  accessToken: CognitoAccessToken;
  clockDrift: number;

  getIdToken(): CognitoIdToken;
  getRefreshToken(): CognitoRefreshToken;
  getAccessToken(): CognitoAccessToken;
  /** Seconds. */
  getClockDrift(): number;
  calculateClockDrift(): number;
  isValid(): boolean;
  toJSON(): object;
}

/** A JSON web token. Its signature is not checked here. */
interface CognitoJwtToken {
  jwtToken: string;
  payload: { [id: string]: any };

  getJwtToken(): string;
  /** Unix seconds. */
  getExpiration(): number;
  /** Unix seconds. */
  getIssuedAt(): number;
  /** The claims; an empty object if they cannot be read. */
  decodePayload(): { [id: string]: any };
}

export interface CognitoIdToken extends CognitoJwtToken {}
export class CognitoIdToken {
  constructor(data?: { IdToken: string });
}

export interface CognitoAccessToken extends CognitoJwtToken {}
export class CognitoAccessToken {
  constructor(data?: { AccessToken: string });
}

export class CognitoRefreshToken {
  constructor(data?: { RefreshToken: string });

  token: string;

  getToken(): string;
}

export {};
