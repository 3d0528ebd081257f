import { SUCCESS, requestSignedInFor } from "./requests.js";
import { storedSession } from "./session.js";

export const signOut = {
  /**
   * Forgets the session here, in any case and at once. With a callback it then has the service revoke the
   * refresh token, and calls back with the error if that failed.
   */
  signOut(callback) {
    if (typeof callback !== "function") return this.cleanClientData();
    let token;
    let problem;
    try {
      token = tokenToRevoke(this);
    } catch (error) {
      problem = error;
    }
    try {
      this.cleanClientData();
    } catch (error) {
      problem ??= error;
    }
    if (token) this.revokeToken({ token, callback: (error) => callback(error ?? problem) });
    else callback(problem);
    return undefined;
  },

  /** Ends all the user's sessions everywhere. `onSuccess('SUCCESS')` */
  globalSignOut(callbacks) {
    const body = (token) => ({ AccessToken: token });
    return requestSignedInFor(this, callbacks, "GlobalSignOut", body, () => {
      this.clearCachedUser();
      return callbacks.onSuccess(SUCCESS);
    });
  },

  /** Has the service revoke the refresh token of the session in memory. `callback()` or `callback(error)` */
  revokeTokens(callback = () => {}) {
    if (typeof callback !== "function") {
      throw new Error("Invalid revokeTokenCallback. It should be a function.");
    }
    if (!this.signInUserSession) return callback(new Error("User is not authenticated"));
    if (!this.signInUserSession.getAccessToken()) return callback(new Error("No Access token available"));
    const token = this.signInUserSession.getRefreshToken().getToken();
    if (token && this.isSessionRevocable(this.signInUserSession.getAccessToken())) {
      return this.revokeToken({ token, callback });
    }
    callback();
    return undefined;
  },

  /** Whether the pool issues tokens that can be revoked. */
  isSessionRevocable(token) {
    try {
      return Boolean(token.decodePayload().origin_jti);
    } catch {
      return false;
    }
  },

  revokeToken({ token, callback }) {
    const body = { Token: token, ClientId: this.pool.getClientId() };
    this.client.requestWithRetry("RevokeToken", body, (error) => (error ? callback(error) : callback()));
  },

  /** Forgets the session here. */
  cleanClientData() {
    this.signInUserSession = null;
    this.clearCachedUser();
  },
};

/** The refresh token of the session, if the service can revoke it. An expired session is not renewed for that. */
function tokenToRevoke(user) {
  if (!user.signInUserSession && user.username == null) {
    throw new Error("Username is null. Cannot retrieve a new session");
  }
  const session = user.signInUserSession ?? storedSession(user);
  if (!session) throw new Error("Local storage is missing an ID Token, Please authenticate");
  return user.isSessionRevocable(session.getAccessToken()) ? session.getRefreshToken().getToken() : undefined;
}
