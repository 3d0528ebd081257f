/** A JSON web token. Its signature is not checked here. */
export declare class CognitoJwtToken {
  constructor(token?: string);

  jwtToken: string;
  /** The claims; empty if they could not be read. */
  payload: { [key: string]: any };

  getJwtToken(): string;
  /** Unix seconds. */
  getExpiration(): number;
  /** Unix seconds. */
  getIssuedAt(): number;
  /** The claims, read again. */
  decodePayload(): { [id: string]: any };
}

/** Says who the user is. */
export declare class CognitoIdToken extends CognitoJwtToken {
  constructor(data?: { IdToken: string });
}

/** Says what the user may do. */
export declare class CognitoAccessToken extends CognitoJwtToken {
  constructor(data?: { AccessToken: string });
}

/** Buys new tokens. */
export declare class CognitoRefreshToken {
  constructor(data?: { RefreshToken: string });

  token: string;

  getToken(): string;
}
