import { rethrow } from "../errors.js";
import { accessToken, notAuthenticated } from "./requests.js";

export const userData = {
  /**
   * The answer of GetUser, from storage if it is there. `callback(null, data)`. With `bypassCache` it is asked
   * for in any case, and the tokens are renewed unless `keepTokens` is set.
   */
  getUserData(callback, params) {
    if (accessToken(this) === undefined) {
      this.clearCachedUserData();
      return callback(notAuthenticated(), null);
    }
    const cached = this.getUserDataFromCache();
    if (!cached) {
      answer(this.fetchUserData(), callback);
      return undefined;
    }
    if (this.isFetchUserDataAndTokenRequired(params)) {
      const renewed = this.fetchUserData().then((data) =>
        params.keepTokens ? data : this.refreshSessionIfPossible(params).then(() => data),
      );
      answer(renewed, callback);
      return undefined;
    }
    let outcome;
    try {
      outcome = [null, JSON.parse(cached)];
    } catch (error) {
      this.clearCachedUserData();
      outcome = [error, null];
    }
    callback(...outcome);
    return undefined;
  },

  isFetchUserDataAndTokenRequired(params) {
    return params?.bypassCache ?? false;
  },

  /** Asks the service, and keeps the answer. */
  fetchUserData() {
    return this.createGetUserRequest().then((data) => {
      this.cacheUserData(data);
      return data;
    });
  },

  createGetUserRequest() {
    return this.client.promisifyRequest("GetUser", {
      AccessToken: this.signInUserSession.getAccessToken().getJwtToken(),
    });
  },

  /** Renews the tokens; a failure to do so is not told. */
  refreshSessionIfPossible(options = {}) {
    return new Promise((resolve) => {
      const refreshToken = this.signInUserSession.getRefreshToken();
      if (refreshToken?.getToken()) this.refreshSession(refreshToken, resolve, options.clientMetadata);
      else resolve();
    });
  },

  getUserDataFromCache() {
    return this.storage.getItem(this.userDataKey);
  },

  cacheUserData(data) {
    this.storage.setItem(this.userDataKey, JSON.stringify(data));
  },

  clearCachedUserData() {
    this.storage.removeItem(this.userDataKey);
  },
};

function answer(promise, callback) {
  promise.then((data) => callback(null, data), (error) => callback(error)).catch(rethrow);
}
