// Several challenges in a row, as pools are configured, and what users do in one visit.

import { challenge, fails, ok, passwordVerifier, rejects, signedIn, tokens } from "../replies.mjs";
import { restored, signIn } from "../sign-in.mjs";
import { stored } from "./session.mjs";

const CALLBACKS = ["onSuccess", "onFailure", "mfaRequired", "totpRequired", "selectMFAType", "mfaSetup", "customChallenge", "newPasswordRequired"];
const QUESTION = challenge("CUSTOM_CHALLENGE", { question: "2 + 2?" }, "session-question");
const NEW_PASSWORD = challenge("NEW_PASSWORD_REQUIRED", { userAttributes: '{"email":"a@b"}', requiredAttributes: "[]" }, "session-password");
const SMS = challenge("SMS_MFA", { CODE_DELIVERY_DESTINATION: "+*******1234" }, "session-sms");
const TOTP = challenge("SOFTWARE_TOKEN_MFA", {}, "session-totp");
const SELECT = challenge("SELECT_MFA_TYPE", { MFAS_CAN_CHOOSE: '["SMS_MFA","SOFTWARE_TOKEN_MFA"]' }, "session-select");
const SETUP = challenge("MFA_SETUP", { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' }, "session-setup");
const DEVICE = { DeviceKey: "device-1", DeviceGroupKey: "group-1" };
const newDevice = () => ok({ AuthenticationResult: { ...tokens(), NewDeviceMetadata: DEVICE } });
const REVOCABLE = { accessClaims: { origin_jti: "origin-1" } };

export default {
  async "new password, then set-up of an app, then tokens"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), NEW_PASSWORD, SETUP, ok({ SecretCode: "SECRET", Session: "session-a" }), ok({ Status: "SUCCESS", Session: "session-b" }), signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    await t.step("new password", () => user.completeNewPasswordChallenge("New-horse-2", {}, t.callbacks(...CALLBACKS)));
    await t.step("associate", () => user.associateSoftwareToken(t.callbacks("associateSecretCode", "onFailure")));
    await t.step("verify", () => user.verifySoftwareToken("123456", "phone", t.callbacks(...CALLBACKS)));
  },
  async "question, new password, code by SMS, new device"(t) {
    const user = t.user();
    t.reply(QUESTION, NEW_PASSWORD, SMS, newDevice(), ok({ UserConfirmationNecessary: true }), ok());
    await t.step("initiateAuth", () => user.initiateAuth(t.details(), t.callbacks(...CALLBACKS)));
    await t.step("answer", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS)));
    await t.step("new password", () => user.completeNewPasswordChallenge("New-horse-2", { name: "Alice" }, t.callbacks(...CALLBACKS)));
    await t.step("code", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS)));
    await t.step("remember", () => user.setDeviceStatusRemembered(t.callbacks("onSuccess", "onFailure")));
  },
  async "selection, code of an app, new device, sign-out, sign-in without a code"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), SELECT, TOTP, newDevice(), ok({}), passwordVerifier(), signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    await t.step("select", () => user.sendMFASelectionAnswer("SOFTWARE_TOKEN_MFA", t.callbacks(...CALLBACKS)));
    await t.step("code", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS), "SOFTWARE_TOKEN_MFA"));
    await t.step("signOut", () => user.signOut());
    await t.step("again", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "SRP, then questions, then tokens"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("CUSTOM_AUTH");
    t.reply(passwordVerifier(), QUESTION, QUESTION, signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    await t.step("first", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS), { try: "1" }));
    await t.step("second", () => user.sendCustomChallengeAnswer("5", t.callbacks(...CALLBACKS), { try: "2" }));
  },
  async "everything in one callbacks object, with `this`"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), NEW_PASSWORD, SELECT, SMS, signedIn());
    const callbacks = t.callbacks("onSuccess", "onFailure", {
      newPasswordRequired(attributes) {
        delete attributes.email;
        return user.completeNewPasswordChallenge("New-horse-2", attributes, this);
      },
      selectMFAType() {
        return user.sendMFASelectionAnswer("SMS_MFA", this);
      },
      mfaRequired(name) {
        return user.sendMFACode("123456", this, name);
      },
    });
    await t.step("sign in", () => user.authenticateUser(t.details(), callbacks));
  },
  async "a challenge survives a reload with the session that the application kept"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), TOTP);
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    const kept = JSON.parse(JSON.stringify({ username: user.getUsername(), Session: user.Session }));
    const reloaded = t.watch("reloaded", new t.lib.CognitoUser({ Username: kept.username, Pool: user.pool, Storage: user.storage }));
    reloaded.Session = kept.Session;
    t.reply(signedIn());
    await t.step("code", () => reloaded.sendMFACode("123456", t.callbacks(...CALLBACKS), "SOFTWARE_TOKEN_MFA"));
    await t.step("found", () => user.pool.getCurrentUser().getSession(t.callback()));
  },
  async "a sign-in that is given up in the middle, then another"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), SMS, passwordVerifier(), signedIn());
    await t.step("first", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    await t.step("signOut", () => user.signOut());
    await t.step("second", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "signed in anew while signed in, and refused"(t) {
    const user = await signIn(t);
    t.reply(fails("NotAuthorizedException", "Incorrect username or password."));
    await t.step("again", () => user.authenticateUser(t.details({ Password: "wrong" }), t.callbacks(...CALLBACKS)));
    await t.step("the session is still there", () => user.getSession(t.callback()));
  },
  async "attributes: changed, verified, read"(t) {
    const user = await restored(t);
    t.reply(
      ok({ CodeDeliveryDetailsList: [{ AttributeName: "email" }] }),
      ok({ Username: "alice", UserAttributes: [{ Name: "email_verified", Value: "false" }] }),
      ok(),
      ok({ Username: "alice", UserAttributes: [{ Name: "email_verified", Value: "true" }] }),
    );
    await t.step("update", () => user.updateAttributes([{ Name: "email", Value: "new@example.com" }], t.callback()));
    await t.step("verify", () => user.verifyAttribute("email", "123456", t.callbacks("onSuccess", "onFailure")));
    await t.step("cached", () => user.getUserData(t.callback()));
    await t.step("read", () => user.getUserAttributes(t.callback()));
  },
  async "an hour later: refreshed, used, signed out with a callback"(t) {
    const user = await signIn(t, signedIn(REVOCABLE));
    t.now += 3601_000;
    await t.step("expired", () => user.changePassword("a", "b", t.callback()));
    t.reply(signedIn({ ...REVOCABLE, issuedAt: t.now, refreshToken: null }), ok());
    await t.step("getSession", () => user.getSession(t.callback()));
    await t.step("changePassword", () => user.changePassword("a", "b", t.callback()));
    t.reply(ok());
    await t.step("revokeTokens", () => user.revokeTokens(t.callback()));
    await t.step("signOut", () => user.signOut());
  },
  async "offline for a while: the session stays and is refreshed later"(t) {
    const user = t.user("alice", { entries: stored({ issuedAt: t.now - 7200_000 }) });
    t.reply(...Array.from({ length: 6 }, () => rejects(new TypeError("fetch failed"))), signedIn({ refreshToken: null }));
    await t.step("offline", () => user.getSession(t.callback()));
    await t.step("online", () => user.getSession(t.callback()));
  },
  async "the wrapper sees every refresh: getSession, getUserData, refreshSessionIfPossible"(t) {
    const Storage = t.storage({ ...stored({ issuedAt: t.now - 7200_000 }), "CognitoIdentityServiceProvider.1example23456789client.alice.userData": "{}" });
    const wrap = (callback) => (error, session) => {
      t.note("wrapper saw", [error, session?.isValid()]);
      return callback(error, session);
    };
    const pool = t.pool({ Storage }, wrap);
    const user = t.watch("user", new t.lib.CognitoUser({ Username: "alice", Pool: pool, Storage }));
    const refreshed = () => signedIn({ refreshToken: null });
    t.reply(refreshed(), ok({ Username: "alice" }), refreshed(), refreshed());
    await t.step("getSession", () => user.getSession(t.callback()));
    await t.step("getUserData", () => user.getUserData(t.callback(), { bypassCache: true }));
    await t.step("refreshSessionIfPossible", () => void user.refreshSessionIfPossible());
  },
  async "two pools of one page do not meet"(t) {
    const Storage = t.storage();
    const { CognitoUser } = t.lib;
    const users = ["client-a", "client-b"].map((ClientId) => {
      const user = new CognitoUser({ Username: "alice", Pool: t.pool({ Storage, ClientId }), Storage });
      user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
      return user;
    });
    for (const user of users) {
      t.reply(signedIn({ refreshToken: `of ${user.pool.getClientId()}` }));
      await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    }
    await t.step("the first signs out", () => users[0].signOut());
    await t.step("the second stays", () => users[1].pool.getCurrentUser().getSession(t.callback()));
  },
};
