import type { CognitoAccessToken, CognitoIdToken, CognitoRefreshToken } from "./tokens.js";

export interface ICognitoUserSessionData {
  IdToken: CognitoIdToken;
  AccessToken: CognitoAccessToken;
  RefreshToken?: CognitoRefreshToken | undefined;
  /** Seconds that the local clock is ahead; taken from the tokens by default. */
  ClockDrift?: number | undefined;
}

/** The tokens of one sign-in. */
export declare class CognitoUserSession {
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
}
