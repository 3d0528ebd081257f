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

  /** Resolves with how far that leads. @returns {Promise<Stage>} */
  signIn({ username, password }) {
    const user = this.#user(username);
    const details = new AuthenticationDetails({ Username: username, Password: password });
    return stage(user, (callbacks) => user.authenticateUser(details, callbacks));
  }

  /** As the pool's triggers will have it; with a password, its proof comes first. @returns {Promise<Stage>} */
  customSignIn({ username, password }) {
    const user = this.#user(username);
    user.setAuthenticationFlowType("CUSTOM_AUTH");
    const details = new AuthenticationDetails({ Username: username, Password: password });
    return stage(user, (callbacks) =>
      password ? user.authenticateUser(details, callbacks) : user.initiateAuth(details, callbacks),
    );
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

/**
 * How far a sign-in has come: `view` names the challenge that waits for an answer, and is null at the end.
 *
 * @typedef {{ user: CognitoUser, view: string | null, challenge?: string, parameters?: Record<string, string> }} Stage
 */

/** Answers the challenge of a temporary password. @returns {Promise<Stage>} */
export function completeNewPassword(user, password) {
  return stage(user, (callbacks) => user.completeNewPasswordChallenge(password, {}, callbacks));
}

/** Answers SMS_MFA or SOFTWARE_TOKEN_MFA. @returns {Promise<Stage>} */
export function sendCode(user, challenge, code) {
  return stage(user, (callbacks) => user.sendMFACode(code, callbacks, challenge));
}

/** Chooses between these two. @returns {Promise<Stage>} */
export function selectFactor(user, factor) {
  return stage(user, (callbacks) => user.sendMFASelectionAnswer(factor, callbacks));
}

/** Answers a question of the pool's triggers, CUSTOM_CHALLENGE. @returns {Promise<Stage>} */
export function answerQuestion(user, answer) {
  return stage(user, (callbacks) => user.sendCustomChallengeAnswer(answer, callbacks));
}

/** The secret for an authenticator application, while signed in or when a sign-in asks for one. */
export function newSoftwareToken(user) {
  return new Promise((resolve, reject) => {
    user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
  });
}

/** Shows the application's first code; a sign-in that asked for it goes on. @returns {Promise<Stage>} */
export function verifySoftwareToken(user, code) {
  return stage(user, (callbacks) => user.verifySoftwareToken(code, "Authenticator", callbacks));
}

/** Whether sign-ins ask for the application's code. */
export async function preferSoftwareToken(user, enabled) {
  await session(user);
  const settings = { Enabled: enabled, PreferredMfa: enabled };
  return answered((callback) => user.setUserMfaPreference(null, settings, callback));
}

/** What the pool knows of the user: attributes, factors. */
export async function userData(user) {
  await session(user);
  return answered((callback) => user.getUserData(callback, { bypassCache: true, keepTokens: true }));
}

export async function updateAttributes(user, values) {
  await session(user);
  const list = Object.entries(values).map(([Name, Value]) => new CognitoUserAttribute({ Name, Value }));
  return answered((callback) => user.updateAttributes(list, callback));
}

export async function deleteAttribute(user, name) {
  await session(user);
  return answered((callback) => user.deleteAttributes([name], callback));
}

/** Has the pool send a code to an address. */
export async function sendAttributeCode(user, name) {
  await session(user);
  return new Promise((resolve, reject) => {
    user.getAttributeVerificationCode(name, { inputVerificationCode: resolve, onSuccess: resolve, onFailure: reject });
  });
}

export function verifyAttribute(user, name, code) {
  return succeeded((callbacks) => user.verifyAttribute(name, code, callbacks));
}

/** The devices that the pool has seen, and the key of this one. */
export async function devices(user) {
  await session(user);
  user.getCachedDeviceKeyAndPassword();
  const { Devices } = await succeeded((callbacks) => user.listDevices(20, null, callbacks));
  return { devices: Devices, own: user.deviceKey };
}

/** Whether this device counts instead of a second factor. */
export async function rememberDevice(user, remembered) {
  await session(user);
  return succeeded((callbacks) =>
    remembered ? user.setDeviceStatusRemembered(callbacks) : user.setDeviceStatusNotRemembered(callbacks),
  );
}

export async function forgetDevice(user, key) {
  await session(user);
  return succeeded((callbacks) =>
    key === user.deviceKey ? user.forgetDevice(callbacks) : user.forgetSpecificDevice(key, callbacks),
  );
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

/** A step of a sign-in, whatever it leads to. */
function stage(user, step) {
  return new Promise((resolve, reject) => {
    const asks = (view) => (challenge, parameters) => resolve({ user, view, challenge, parameters });
    step({
      onSuccess: () => resolve({ user, view: null }),
      onFailure: reject,
      newPasswordRequired: () => resolve({ user, view: "new-password" }),
      mfaRequired: asks("code"),
      totpRequired: asks("code"),
      selectMFAType: asks("select-factor"),
      mfaSetup: asks("set-up-factor"),
      customChallenge: (parameters) => resolve({ user, view: "question", parameters }),
    });
  });
}

function answered(call) {
  return new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))));
}

function succeeded(call) {
  return new Promise((resolve, reject) => call({ onSuccess: resolve, onFailure: reject }));
}
