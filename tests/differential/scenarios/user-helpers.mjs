// The methods of a user that upstream does not declare, but applications call and replace.

import { challenge, fails, ok, passwordVerifier, signedIn, tokens } from "../replies.mjs";
import { restored } from "../sign-in.mjs";
import { CLIENT_ID } from "../stage.mjs";
import { stored } from "./session.mjs";

const CALLBACKS = ["onSuccess", "onFailure", "mfaRequired", "newPasswordRequired"];
const PREFIX = `CognitoIdentityServiceProvider.${CLIENT_ID}`;
const DEVICE = {
  [`${PREFIX}.alice.deviceKey`]: "device-1",
  [`${PREFIX}.alice.randomPasswordKey`]: "random-1",
  [`${PREFIX}.alice.deviceGroupKey`]: "group-1",
};

/** `authenticateUserInternal`, called by the application with this answer of the service. */
const internal = (data, ...replies) => async (t) => {
  const user = t.user();
  t.reply(...replies);
  const helper = { getNewPasswordRequiredChallengeUserAttributePrefix: () => "userAttributes." };
  await t.step("authenticateUserInternal", () => user.authenticateUserInternal(data, helper, t.callbacks(...CALLBACKS)));
};

export default {
  async "cacheTokens: not signed in"(t) {
    const user = t.user();
    await t.step("cacheTokens", () => user.cacheTokens());
  },
  async "cacheTokens: writes the session again"(t) {
    const user = await restored(t);
    user.storage.clear();
    await t.step("cacheTokens", () => user.cacheTokens());
  },
  async "cacheTokens: a session without a refresh token"(t) {
    const user = await restored(t);
    user.getSignInUserSession().refreshToken = undefined;
    await t.step("cacheTokens", () => user.cacheTokens());
  },
  async "cacheTokens: under another name"(t) {
    const user = await restored(t);
    user.username = "renamed";
    await t.step("cacheTokens", () => user.cacheTokens());
  },
  async "clearCachedTokens, clearCachedUserData, clearCachedUser"(t) {
    for (const method of ["clearCachedTokens", "clearCachedUserData", "clearCachedUser"]) {
      const user = t.user("alice", { entries: { ...stored(), ...DEVICE, [`${PREFIX}.alice.userData`]: "{}" } });
      await t.step(method, () => user[method]());
    }
  },
  async "the device in the storage"(t) {
    const user = t.user("alice", { entries: DEVICE });
    await t.step("read", () => user.getCachedDeviceKeyAndPassword());
    await t.step("cleared", () => user.clearCachedDeviceKeyAndPassword());
    await t.step("read when there is none: the fields stay", () => user.getCachedDeviceKeyAndPassword());
    await t.step("written", () => user.cacheDeviceKeyAndPassword());
  },
  async "the device in the storage: only the key is there"(t) {
    const user = t.user("alice", { entries: { [`${PREFIX}.alice.deviceKey`]: "device-1" } });
    await t.step("read", () => user.getCachedDeviceKeyAndPassword());
  },
  async "the device in the storage: nothing to write"(t) {
    const user = t.user();
    await t.step("written", () => user.cacheDeviceKeyAndPassword());
  },
  async "getCognitoUserSession"(t) {
    const user = t.user();
    await t.step("of an answer", () => user.getCognitoUserSession(tokens()));
    await t.step("of nothing", () => user.getCognitoUserSession(undefined));
    await t.step("of an empty object", () => user.getCognitoUserSession({}));
  },
  "authenticateUserInternal: tokens": internal({ AuthenticationResult: tokens() }),
  "authenticateUserInternal: a challenge": internal({ ChallengeName: "SMS_MFA", ChallengeParameters: { a: "1" }, Session: "session-9" }),
  "authenticateUserInternal: a new password": internal({
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    ChallengeParameters: { userAttributes: '{"a":"1"}', requiredAttributes: '["userAttributes.b"]' },
    Session: "session-9",
  }),
  async "authenticateUserInternal: with a helper"(t) {
    const user = t.user();
    const helper = new t.lib.AuthenticationHelper("Example01");
    t.reply(ok({}));
    const NewDeviceMetadata = { DeviceKey: "device-1", DeviceGroupKey: "group-1" };
    await t.step("call", () => user.authenticateUserInternal({ AuthenticationResult: { ...tokens(), NewDeviceMetadata } }, helper, t.callbacks(...CALLBACKS)));
  },
  async "authenticateUserDefaultAuth"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), signedIn());
    await t.step("call", () => user.authenticateUserDefaultAuth(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "authenticateUserPlainUsernamePassword, whatever the flow type"(t) {
    const user = t.user();
    t.reply(signedIn());
    await t.step("call", () => user.authenticateUserPlainUsernamePassword(t.details(), t.callbacks(...CALLBACKS)));
  },

  async "replaced: cacheTokens"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    user.cacheTokens = function () {
      t.note("cacheTokens", [this === user, this.signInUserSession !== null]);
    };
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "replaced: authenticateUserInternal"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    user.authenticateUserInternal = (data, helper, callbacks) => {
      t.note("authenticateUserInternal", [data.ChallengeName, helper instanceof t.lib.AuthenticationHelper]);
      return callbacks.onSuccess("seen");
    };
    t.reply(challenge("SMS_MFA"));
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "replaced: authenticateUserInternal, after SRP"(t) {
    const user = t.user();
    user.authenticateUserInternal = (data, helper, callbacks) => callbacks.onSuccess(data.ChallengeName);
    t.reply(passwordVerifier(), challenge("SMS_MFA"));
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "replaced: methods of AuthenticationHelper and BigInteger"(t) {
    const noted = (prototype, name) => {
      const method = prototype[name];
      prototype[name] = function (...args) {
        t.note("computed", name);
        return method.apply(this, args);
      };
    };
    noted(t.lib.AuthenticationHelper.prototype, "getPasswordAuthenticationKey");
    noted(t.load("lib/BigInteger").default.prototype, "modPow");
    const user = t.user();
    t.reply(passwordVerifier(), signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "replaced: authenticateUserDefaultAuth and authenticateUserPlainUsernamePassword"(t) {
    const user = t.user();
    user.authenticateUserDefaultAuth = () => "default";
    user.authenticateUserPlainUsernamePassword = () => "plain";
    for (const flow of ["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_PASSWORD_AUTH"]) {
      user.setAuthenticationFlowType(flow);
      await t.step(flow, () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    }
  },
  async "replaced: getCognitoUserSession"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    const { getCognitoUserSession } = user;
    user.getCognitoUserSession = function (result) {
      t.note("getCognitoUserSession", Object.keys(result));
      return getCognitoUserSession.call(this, result);
    };
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "replaced: getUserContextData of the user"(t) {
    const user = t.user();
    user.getUserContextData = () => ({ EncodedData: "the application's own" });
    t.reply(ok());
    await t.step("confirmRegistration", () => user.confirmRegistration("123456", true, t.callback()));
  },
  async "replaced: refreshSession"(t) {
    const user = t.user("alice", { entries: stored({ issuedAt: t.now - 7200_000 }) });
    user.refreshSession = (token, callback, metadata) => {
      t.note("refreshSession", [token.getToken(), metadata]);
      callback(null, "session");
    };
    await t.step("getSession", () => user.getSession(t.callback(), { clientMetadata: { a: "1" } }));
  },
  async "replaced: fetchUserData"(t) {
    const user = await restored(t);
    user.fetchUserData = () => Promise.resolve("the application's own");
    await t.step("getUserData", () => user.getUserData(t.callback()));
  },
  async "replaced: createGetUserRequest"(t) {
    const user = await restored(t);
    user.createGetUserRequest = () => Promise.reject(new Error("the application's own"));
    await t.step("getUserData", () => user.getUserData(t.callback()));
  },
  async "replaced: getUserData, and updateAttributes"(t) {
    const user = await restored(t);
    user.getUserData = (callback, params) => {
      t.note("getUserData", params);
      callback();
    };
    t.reply(ok({ CodeDeliveryDetailsList: [] }));
    await t.step("updateAttributes", () => user.updateAttributes([], t.callback()));
  },
  async "replaced: clearCachedUser"(t) {
    const user = await restored(t);
    user.clearCachedUser = () => t.note("clearCachedUser", true);
    t.reply(ok(), ...Array.from({ length: 6 }, () => fails("NotAuthorizedException", "Refresh Token has been revoked")));
    await t.step("globalSignOut", () => user.globalSignOut(t.callbacks(...CALLBACKS)));
    await t.step("refreshSession", () => user.refreshSession(user.getSignInUserSession().getRefreshToken(), t.callback()));
    await t.step("signOut", () => user.signOut());
  },
  async "replaced: the user's own client"(t) {
    const user = t.user();
    user.client = {
      request(operation, params, callback) {
        t.note("asked", [operation, params, this === user.client]);
        callback(null, { CodeDeliveryDetails: {} });
      },
    };
    await t.step("resend", () => user.resendConfirmationCode(t.callback()));
  },
};
