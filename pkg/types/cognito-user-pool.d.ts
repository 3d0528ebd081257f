import type { CognitoUserAttribute, ICognitoUserAttributeData } from "./attribute.js";
import type { ClientMetadata, CodeDeliveryDetails, CognitoError, NodeCallback } from "./callbacks.js";
import type { Client } from "./client.js";
import type { CognitoUser } from "./cognito-user.js";
import type { ICognitoStorage } from "./storage.js";

export interface ICognitoUserPoolData {
  /** Such as `eu-west-1_Ab3dEf6`. */
  UserPoolId: string;
  ClientId: string;
  /** Where requests go instead of `https://cognito-idp.<region>.amazonaws.com/`. */
  endpoint?: string | undefined;
  /** Of the options for `fetch`, this one is taken. */
  fetchOptions?: { credentials?: RequestCredentials | undefined } | undefined;
  /** `localStorage` by default, or memory where there is none. */
  Storage?: ICognitoStorage | undefined;
  AdvancedSecurityDataCollectionFlag?: boolean | undefined;
  /** Whether the app client gives another refresh token at each refresh; the old one is then good no more. */
  RefreshTokenRotation?: boolean | undefined;
}

export interface ISignUpResult {
  user: CognitoUser;
  userConfirmed: boolean;
  userSub: string;
  codeDeliveryDetails: CodeDeliveryDetails;
}

/** One app client of one user pool. */
export declare class CognitoUserPool {
  /**
   * @param wrapRefreshSessionCallback gets the callback of each token refresh and gives the one to call
   * @throws if the ids are missing or malformed
   */
  constructor(data: ICognitoUserPoolData, wrapRefreshSessionCallback?: (target: NodeCallback.Any) => NodeCallback.Any);

  userPoolId: string;
  clientId: string;
  client: Client;
  advancedSecurityDataCollectionFlag: boolean;
  storage: ICognitoStorage;
  refreshTokenRotation?: boolean;
  wrapRefreshSessionCallback?: (target: NodeCallback.Any) => NodeCallback.Any;

  getUserPoolId(): string;
  /** What follows `_` in the pool's id. */
  getUserPoolName(): string;
  getClientId(): string;
  signUp(
    username: string,
    password: string,
    userAttributes: ReadonlyArray<CognitoUserAttribute | ICognitoUserAttributeData> | null,
    validationData: ReadonlyArray<CognitoUserAttribute | ICognitoUserAttributeData> | null,
    callback: NodeCallback<CognitoError, ISignUpResult>,
    clientMetadata?: ClientMetadata,
  ): void;
  /** Who signed in last; without a request. */
  getCurrentUser(): CognitoUser | null;
  /** Of the script for advanced security, if the page has loaded it. */
  getUserContextData(username: string): { EncodedData?: string } | undefined;
}
