import { decodeBase64 } from "./bytes.js";
import { derive, methods } from "./methods.js";

/** What both JWT classes do. The signature is not checked: that is for whoever receives the token. */
export function CognitoJwtToken(token) {
  this.jwtToken = text(token);
  this.payload = this.decodePayload();
}

methods(CognitoJwtToken, {
  getJwtToken() {
    return this.jwtToken;
  },

  getExpiration() {
    return this.payload?.exp;
  },

  getIssuedAt() {
    return this.payload?.iat;
  },

  /** The claims, read again; an empty object if there is nothing to read. */
  decodePayload() {
    try {
      return JSON.parse(new TextDecoder().decode(decodeBase64(this.jwtToken.split(".")[1])));
    } catch {
      return {};
    }
  },
});

/** Says who the user is. */
export function CognitoIdToken(data) {
  CognitoJwtToken.call(this, data?.IdToken);
}
derive(CognitoIdToken, CognitoJwtToken);

/** Says what the user may do. */
export function CognitoAccessToken(data) {
  CognitoJwtToken.call(this, data?.AccessToken);
}
derive(CognitoAccessToken, CognitoJwtToken);

/** Buys new tokens. */
export function CognitoRefreshToken(data) {
  this.token = text(data?.RefreshToken);
}

methods(CognitoRefreshToken, {
  getToken() {
    return this.token;
  },
});

function text(value) {
  return typeof value === "string" ? value : "";
}
