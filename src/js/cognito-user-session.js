import { methods } from "./methods.js";

/** The tokens of one sign-in. */
export function CognitoUserSession(data) {
  const { IdToken, RefreshToken, AccessToken, ClockDrift } = data ?? {};
  if (IdToken == null || AccessToken == null) {
    throw new Error("Id token and Access Token must be present.");
  }
  this.idToken = IdToken;
  this.refreshToken = RefreshToken;
  this.accessToken = AccessToken;
  this.clockDrift = ClockDrift === undefined ? this.calculateClockDrift() : ClockDrift;
}

methods(CognitoUserSession, {
  getIdToken() {
    return this.idToken;
  },

  getRefreshToken() {
    return this.refreshToken;
  },

  getAccessToken() {
    return this.accessToken;
  },

  /** How far the local clock is ahead of the service's, in seconds. */
  getClockDrift() {
    return this.clockDrift;
  },

  /** The same, taken from the tokens and the clock now. */
  calculateClockDrift() {
    return now() - Math.min(this.accessToken.getIssuedAt(), this.idToken.getIssuedAt());
  },

  /** Whether both tokens are good now. */
  isValid() {
    const adjusted = now() - this.clockDrift;
    return adjusted < this.accessToken.getExpiration() && adjusted < this.idToken.getExpiration();
  },
});

function now() {
  return Math.floor(new Date() / 1000);
}
