// What flows ask of a user.

/** The client's id, as the user's pool gives it. */
export function clientId(user) {
  return user.pool.getClientId();
}

/** What the user's pool is called in proofs. */
export function poolName(user) {
  return user.pool.getUserPoolName();
}

/** The user has another name from now on. */
export function renamed(user) {
  user.userDataKey = `${user.keyPrefix}.${user.username}.userData`;
}

/** Makes an `AuthenticationResult` the user's session. */
export function adopt(user, result) {
  user.signInUserSession = user.getCognitoUserSession(result);
  user.challengeName = undefined;
  user.cacheTokens();
}

/** What this device is called in the user's list of devices. */
export function deviceName() {
  return globalThis.navigator?.userAgent ?? "nodejs";
}
