import { CognitoUserSession } from "../cognito-user-session.js";
import { CognitoAccessToken, CognitoIdToken, CognitoRefreshToken } from "../tokens.js";

export const session = {
  /** Makes a session the user's, in memory and in storage. */
  setSignInUserSession(signInUserSession) {
    this.clearCachedUserData();
    this.signInUserSession = signInUserSession;
    this.cacheTokens();
  },

  /** The session in memory, or null. */
  getSignInUserSession() {
    return this.signInUserSession;
  },

  /** The session, from memory, from storage or refreshed. `callback(null, session)`, at once unless it must be refreshed */
  getSession(callback, options = {}) {
    if (this.username == null) {
      return callback(new Error("Username is null. Cannot retrieve a new session"), null);
    }
    if (this.signInUserSession?.isValid()) return callback(null, this.signInUserSession);
    const stored = storedSession(this);
    if (!stored) {
      callback(new Error("Local storage is missing an ID Token, Please authenticate"), null);
      return undefined;
    }
    if (stored.isValid()) {
      this.signInUserSession = stored;
      return callback(null, stored);
    }
    if (!stored.getRefreshToken().getToken()) {
      return callback(new Error("Cannot retrieve a new session. Please authenticate."), null);
    }
    this.refreshSession(stored.getRefreshToken(), callback, options.clientMetadata);
    return undefined;
  },

  /** A session from an `AuthenticationResult`. */
  getCognitoUserSession(authResult) {
    return new CognitoUserSession({
      IdToken: new CognitoIdToken(authResult),
      AccessToken: new CognitoAccessToken(authResult),
      RefreshToken: new CognitoRefreshToken(authResult),
    });
  },

  /** Writes the session to storage. */
  cacheTokens() {
    const { idToken, accessToken, refreshToken, clockDrift, lastUser } = keys(this);
    const { signInUserSession: current } = this;
    this.storage.setItem(idToken, current.getIdToken().getJwtToken());
    this.storage.setItem(accessToken, current.getAccessToken().getJwtToken());
    this.storage.setItem(refreshToken, current.getRefreshToken().getToken());
    this.storage.setItem(clockDrift, `${current.getClockDrift()}`);
    this.storage.setItem(lastUser, this.username);
  },

  /** Removes it from storage. */
  clearCachedTokens() {
    const { idToken, accessToken, refreshToken, lastUser, clockDrift } = keys(this);
    removeAll(this.storage, [idToken, accessToken, refreshToken, lastUser, clockDrift]);
  },

  /** Removes it with the user's data; what belongs to the device stays. */
  clearCachedUser() {
    try {
      this.clearCachedTokens();
    } finally {
      this.clearCachedUserData();
    }
  },
};

/** The session in storage, valid or not; undefined without an ID token. */
export function storedSession(user) {
  const { storage } = user;
  const { idToken, accessToken, refreshToken, clockDrift } = keys(user);
  const id = storage.getItem(idToken);
  if (!id) return undefined;
  return new CognitoUserSession({
    IdToken: new CognitoIdToken({ IdToken: id }),
    AccessToken: new CognitoAccessToken({ AccessToken: storage.getItem(accessToken) }),
    RefreshToken: new CognitoRefreshToken({ RefreshToken: storage.getItem(refreshToken) }),
    ClockDrift: parseInt(storage.getItem(clockDrift), 0) || 0,
  });
}

/** Removes all that the storage lets go, then throws its first objection. */
function removeAll(storage, names) {
  const objections = names.flatMap((name) => {
    try {
      storage.removeItem(name);
      return [];
    } catch (error) {
      return [error];
    }
  });
  if (objections.length > 0) throw objections[0];
}

function keys({ keyPrefix, username }) {
  const prefix = `${keyPrefix}.${username}`;
  return {
    idToken: `${prefix}.idToken`,
    accessToken: `${prefix}.accessToken`,
    refreshToken: `${prefix}.refreshToken`,
    clockDrift: `${prefix}.clockDrift`,
    lastUser: `${keyPrefix}.LastAuthUser`,
  };
}
