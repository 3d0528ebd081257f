// All that this page does with the package, as promises over its callbacks.

import { AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool } from "amazon-cognito-identity";

/** The users of one pool, as one client sees them. */
export class Accounts {
  #pool;

  /** @param {{ userPoolId: string, clientId: string, endpoint: string }} config */
  constructor({ userPoolId, clientId, endpoint }) {
    this.#pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint });
  }

  /** The user who was signed in when the page was left, with a valid session; otherwise null. */
  async current() {
    const user = this.#pool.getCurrentUser();
    if (user === null) return null;
    await session(user);
    return user;
  }

  signUp({ username, email, password }) {
    const attributes = [new CognitoUserAttribute({ Name: "email", Value: email })];
    return answered((callback) => this.#pool.signUp(username, password, attributes, null, callback));
  }

  confirm({ username, code }) {
    return answered((callback) => this.#user(username).confirmRegistration(code, false, callback));
  }

  resendCode(username) {
    return answered((callback) => this.#user(username).resendConfirmationCode(callback));
  }

  /** Resolves with the user, and with `newPasswordRequired` when the password given was a temporary one. */
  signIn({ username, password }) {
    const user = this.#user(username);
    const details = new AuthenticationDetails({ Username: username, Password: password });
    return new Promise((resolve, reject) => {
      user.authenticateUser(details, {
        onSuccess: () => resolve({ user, newPasswordRequired: false }),
        newPasswordRequired: () => resolve({ user, newPasswordRequired: true }),
        onFailure: reject,
      });
    });
  }

  forgotPassword(username) {
    return succeeded((callbacks) => this.#user(username).forgotPassword(callbacks));
  }

  resetPassword({ username, code, password }) {
    return succeeded((callbacks) => this.#user(username).confirmPassword(code, password, callbacks));
  }

  #user(username) {
    return new CognitoUser({ Username: username, Pool: this.#pool });
  }
}

/** Ends the first sign-in of a user whose temporary password was accepted. */
export function completeNewPassword(user, password) {
  return succeeded((callbacks) => user.completeNewPasswordChallenge(password, {}, callbacks));
}

/** The user's session; an expired one is refreshed on the way. */
export function session(user) {
  return answered((callback) => user.getSession(callback));
}

/** New ID and access tokens. */
export async function refresh(user) {
  const { refreshToken } = tokens(await session(user));
  return answered((callback) => user.refreshSession(refreshToken, callback));
}

/** The three tokens of a session. */
export function tokens(of) {
  return { idToken: of.getIdToken(), accessToken: of.getAccessToken(), refreshToken: of.getRefreshToken() };
}

/** The user's attributes as the pool has them now: `{ email: "…", … }`. */
export async function attributes(user) {
  await session(user);
  const list = await answered((callback) => user.getUserAttributes(callback));
  return Object.fromEntries(list.map((attribute) => [attribute.getName(), attribute.getValue()]));
}

export async function changePassword(user, { current, password }) {
  await session(user);
  return answered((callback) => user.changePassword(current, password, callback));
}

/** Signs out here and revokes the refresh token. */
export function signOut(user) {
  return answered((callback) => user.signOut(callback));
}

export async function signOutEverywhere(user) {
  await session(user);
  return succeeded((callbacks) => user.globalSignOut(callbacks));
}

export async function deleteAccount(user) {
  await session(user);
  return answered((callback) => user.deleteUser(callback));
}

function answered(call) {
  return new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))));
}

function succeeded(call) {
  return new Promise((resolve, reject) => call({ onSuccess: resolve, onFailure: reject }));
}
