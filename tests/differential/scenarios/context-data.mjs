// AmazonCognitoAdvancedSecurityData: the service's own script, if a page has loaded it.

import { ok, passwordVerifier, signedIn } from "../replies.mjs";

/** A scenario on a page whose script answers with this. */
const collecting = (getData, run) => ({
  settings: (world) => ({
    AmazonCognitoAdvancedSecurityData: {
      getData(...args) {
        world.record({ getData: args });
        return getData(...args);
      },
    },
  }),
  run,
});

const encoded = () => "encoded";
const CALLBACKS = ["onSuccess", "onFailure"];

async function look(t) {
  const pool = t.pool();
  await t.step("of the pool", () => pool.getUserContextData("alice"));
  await t.step("without a name", () => pool.getUserContextData());
  const user = t.user();
  await t.step("of the user", () => user.getUserContextData());
}

export default {
  "collected": collecting(encoded, look),
  "nothing to tell": collecting(() => undefined, look),
  "an empty text": collecting(() => "", look),
  "it throws": collecting(() => {
    throw new Error("the script's own bug");
  }, look),
  "no script": look,
  "undefined for a script": { settings: () => ({ AmazonCognitoAdvancedSecurityData: undefined }), run: look },
  "switched off": collecting(encoded, async (t) => {
    const pool = t.pool({ AdvancedSecurityDataCollectionFlag: false });
    await t.step("of the pool", () => pool.getUserContextData("alice"));
    t.reply(ok());
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, t.callback()));
  }),
  "other flags": collecting(encoded, async (t) => {
    for (const flag of [undefined, null, 0, "", "false", true]) {
      await t.step(JSON.stringify(flag) ?? "undefined", () => {
        const pool = t.pool({ AdvancedSecurityDataCollectionFlag: flag });
        return [pool.advancedSecurityDataCollectionFlag, pool.getUserContextData("alice")];
      });
    }
  }),
  "the flag changed afterwards": collecting(encoded, async (t) => {
    const pool = t.pool();
    pool.advancedSecurityDataCollectionFlag = false;
    await t.step("of the pool", () => pool.getUserContextData("alice"));
  }),
  "sign-up": collecting(encoded, async (t) => {
    const pool = t.pool();
    t.reply(ok({ UserConfirmed: false, UserSub: "sub-1" }));
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, t.callback(), { source: "web" }));
  }),
  "SRP sign-in": collecting(encoded, async (t) => {
    const user = t.user();
    t.reply(passwordVerifier(), signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  }),
  "password sign-in": collecting(encoded, async (t) => {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  }),
  "custom sign-in and answer": collecting(encoded, async (t) => {
    const user = t.user();
    t.reply(ok({ ChallengeName: "CUSTOM_CHALLENGE", ChallengeParameters: {}, Session: "s" }), signedIn());
    await t.step("initiateAuth", () => user.initiateAuth(t.details(), t.callbacks(...CALLBACKS, "customChallenge")));
    await t.step("answer", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS)));
  }),
  "code, selection, new password, software token": collecting(encoded, async (t) => {
    const user = Object.assign(t.user(), { Session: "s" });
    t.reply(ok({ ChallengeName: "SMS_MFA", ChallengeParameters: {}, Session: "s2" }), signedIn(), signedIn());
    await t.step("select", () => user.sendMFASelectionAnswer("SMS_MFA", t.callbacks(...CALLBACKS, "mfaRequired")));
    await t.step("code", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS)));
    await t.step("new password", () => user.completeNewPasswordChallenge("New-horse-2", {}, t.callbacks(...CALLBACKS)));
    const other = Object.assign(t.user("bob"), { Session: "s" });
    t.reply(ok({ Status: "SUCCESS", Session: "s2" }), signedIn());
    await t.step("software token", () => other.verifySoftwareToken("123456", "phone", t.callbacks(...CALLBACKS)));
  }),
  "refresh, confirmation, forgotten password": collecting(encoded, async (t) => {
    const user = t.user();
    t.reply(signedIn({ refreshToken: null }), ok(), ok(), ok(), ok());
    await t.step("refresh", () => user.refreshSession({ getToken: () => "refresh-token-1" }, t.callback()));
    await t.step("confirm", () => user.confirmRegistration("123456", false, t.callback()));
    await t.step("resend", () => user.resendConfirmationCode(t.callback()));
    await t.step("forgot", () => user.forgotPassword(t.callbacks(...CALLBACKS)));
    await t.step("confirm password", () => user.confirmPassword("123456", "New-horse-2", t.callbacks(...CALLBACKS)));
  }),
  "nothing to tell: an empty object goes along": collecting(() => "", async (t) => {
    const user = t.user();
    t.reply(ok());
    await t.step("confirm", () => user.confirmRegistration("123456", false, t.callback()));
  }),
};
