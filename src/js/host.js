// What flows ask of a user.

import { DateHelper } from "./date-helper.js";

/** Calls a method of the user or of the user's pool. */
export function call(object, method) {
  return object[method]();
}

/** Sets a field of the user; another name has other data in storage. */
export function setField(user, name, value) {
  user[name] = value;
  if (name === "username") user.userDataKey = `${user.keyPrefix}.${value}.userData`;
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

/** The time as a claim has it. */
export function timestamp() {
  return new DateHelper().getNowString();
}
