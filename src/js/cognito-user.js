import { methods } from "./methods.js";
import { defaultStorage } from "./storage-helper.js";
import { attributes } from "./user/attributes.js";
import { devices } from "./user/devices.js";
import { mfa } from "./user/mfa.js";
import { password } from "./user/password.js";
import { refresh } from "./user/refresh.js";
import { registration } from "./user/registration.js";
import { session } from "./user/session.js";
import { signIn } from "./user/sign-in.js";
import { signOut } from "./user/sign-out.js";
import { userData } from "./user/user-data.js";

/** A user of a pool, signed in or not. The methods are in the folder `user`. */
export function CognitoUser(data) {
  if (data?.Username == null || data.Pool == null) {
    throw new Error("Username and Pool information are required.");
  }
  this.username = data.Username || "";
  this.pool = data.Pool;
  /** Of the challenge that waits for an answer. */
  this.Session = null;
  this.client = data.Pool.client;
  this.signInUserSession = null;
  this.authenticationFlowType = "USER_SRP_AUTH";
  this.storage = data.Storage || defaultStorage(data.Pool);
  this.keyPrefix = `CognitoIdentityServiceProvider.${this.pool.getClientId()}`;
  this.userDataKey = `${this.keyPrefix}.${this.username}.userData`;
}

const accessors = {
  getUsername() {
    return this.username;
  },

  getAuthenticationFlowType() {
    return this.authenticationFlowType;
  },

  /** Chooses `USER_SRP_AUTH`, the default, `USER_PASSWORD_AUTH`, `CUSTOM_AUTH` or `USER_AUTH`. */
  setAuthenticationFlowType(authenticationFlowType) {
    this.authenticationFlowType = authenticationFlowType;
  },

  /** What the script for advanced security says of this user. */
  getUserContextData() {
    return this.pool.getUserContextData(this.username);
  },
};

methods(
  CognitoUser,
  accessors,
  signIn,
  session,
  refresh,
  signOut,
  registration,
  password,
  attributes,
  userData,
  mfa,
  devices,
);
