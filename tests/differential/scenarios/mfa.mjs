import { challenge, fails, ok, page, passwordVerifier, rejects, signedIn } from "../replies.mjs";

const CALLBACKS = [
  ...["onSuccess", "onFailure", "mfaRequired", "totpRequired", "selectMFAType", "mfaSetup"],
  ...["customChallenge", "newPasswordRequired"],
];
const SMS = challenge("SMS_MFA", { CODE_DELIVERY_DELIVERY_MEDIUM: "SMS", CODE_DELIVERY_DESTINATION: "+*******1234", USER_ID_FOR_SRP: "alice" });
const TOTP = challenge("SOFTWARE_TOKEN_MFA", { FRIENDLY_DEVICE_NAME: "phone", USER_ID_FOR_SRP: "alice" });
const SELECT = challenge("SELECT_MFA_TYPE", { MFAS_CAN_CHOOSE: '["SMS_MFA","SOFTWARE_TOKEN_MFA"]', USER_ID_FOR_SRP: "alice" });
const SETUP = challenge("MFA_SETUP", { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]', USER_ID_FOR_SRP: "alice" });
const WRONG = fails("CodeMismatchException", "Invalid code or auth state for the user.");
const NETWORK = rejects(new TypeError("fetch failed"));

/** A sign-in that is answered with this challenge, and the user. */
async function challenged(t, reply, callbacks = t.callbacks(...CALLBACKS)) {
  const user = t.user();
  t.reply(passwordVerifier(), reply);
  await t.step("authenticateUser", () => user.authenticateUser(t.details(), callbacks));
  return user;
}

const asking = (reply) => async (t) => void (await challenged(t, reply));

/** The user as the challenge leaves them, without the sign-in that leads there. */
function waiting(t, data = {}) {
  const user = t.user();
  return Object.assign(user, { Session: "session-2" }, data);
}

/** `sendMFACode` with these arguments after the callbacks meets these replies. */
const sending = (replies, ...more) => async (t) => {
  const user = waiting(t);
  t.reply(...replies);
  await t.step("sendMFACode", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS), ...more));
};

/** `sendMFASelectionAnswer` with this answer meets this reply. */
const selecting = (answer, reply) => async (t) => {
  const user = waiting(t);
  t.reply(reply);
  await t.step("sendMFASelectionAnswer", () => user.sendMFASelectionAnswer(answer, t.callbacks(...CALLBACKS)));
};

export default {
  "asked: by SMS": asking(SMS),
  "asked: by an app": asking(TOTP),
  "asked: which": asking(SELECT),
  "asked: to set up": asking(SETUP),
  "asked: without parameters": asking(ok({ ChallengeName: "SMS_MFA", Session: "session-2" })),
  "asked: without a session": asking(ok({ ChallengeName: "SOFTWARE_TOKEN_MFA", ChallengeParameters: {} })),
  async "asked: without mfaRequired"(t) {
    await challenged(t, SMS, t.callbacks("onSuccess", "onFailure"));
  },
  async "asked: without totpRequired"(t) {
    await challenged(t, TOTP, t.callbacks("onSuccess", "onFailure"));
  },
  async "asked: without selectMFAType"(t) {
    await challenged(t, SELECT, t.callbacks("onSuccess", "onFailure"));
  },
  async "asked: without mfaSetup"(t) {
    await challenged(t, SETUP, t.callbacks("onSuccess", "onFailure"));
  },
  async "asked: mfaRequired throws"(t) {
    const mfaRequired = () => {
      throw new Error("the application's own bug");
    };
    await challenged(t, SMS, t.callbacks("onSuccess", "onFailure", { mfaRequired }));
  },
  async "asked: after a password sign-in"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(SMS, signedIn());
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    await t.step("sendMFACode", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS)));
  },
  async "asked: after a new password"(t) {
    const user = await challenged(t, challenge("NEW_PASSWORD_REQUIRED", { userAttributes: "{}", requiredAttributes: "[]" }));
    t.reply(TOTP, signedIn());
    await t.step("complete", () => user.completeNewPasswordChallenge("New-horse-2", {}, t.callbacks(...CALLBACKS)));
    await t.step("sendMFACode", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS), "SOFTWARE_TOKEN_MFA"));
  },

  async "whole journey: by SMS"(t) {
    const user = await challenged(t, SMS);
    t.reply(signedIn());
    await t.step("sendMFACode", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS)));
    await t.step("getSession", () => user.getSession(t.callback()));
  },
  async "whole journey: by an app, from inside totpRequired, with `this`"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), TOTP, signedIn());
    const callbacks = t.callbacks("onSuccess", "onFailure", {
      totpRequired(name) {
        user.sendMFACode("123456", this, name);
      },
    });
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), callbacks));
  },
  async "whole journey: selected, then by SMS"(t) {
    const user = await challenged(t, SELECT);
    t.reply(challenge("SMS_MFA", {}, "session-3"), signedIn());
    await t.step("select", () => user.sendMFASelectionAnswer("SMS_MFA", t.callbacks(...CALLBACKS)));
    await t.step("sendMFACode", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS), "SMS_MFA"));
  },
  async "whole journey: set up while signing in"(t) {
    const user = await challenged(t, SETUP);
    t.reply(ok({ SecretCode: "SECRETCODE234567", Session: "session-3" }), ok({ Status: "SUCCESS", Session: "session-4" }), signedIn());
    await t.step("associate", () => user.associateSoftwareToken(t.callbacks("associateSecretCode", "onFailure")));
    await t.step("verify", () => user.verifySoftwareToken("123456", "phone", t.callbacks("onSuccess", "onFailure")));
  },

  "code: success": sending([signedIn()]),
  "code: of an app": sending([signedIn()], "SOFTWARE_TOKEN_MFA"),
  "code: SMS_MFA named": sending([signedIn()], "SMS_MFA"),
  "code: another kind named": sending([signedIn()], "EMAIL_OTP"),
  "code: an empty kind": sending([signedIn()], ""),
  "code: client metadata": sending([signedIn()], undefined, { source: "web" }),
  "code: wrong": sending([WRONG]),
  "code: expired": sending([fails("ExpiredCodeException", "Your software token has already been used once.")]),
  "code: session gone": sending([fails("NotAuthorizedException", "Invalid session for the user, session is expired.")]),
  "code: too often": sending([fails("TooManyFailedAttemptsException", "Attempt limit exceeded, please try after some time.")]),
  "code: network error": sending([NETWORK]),
  "code: HTML page": sending([page(502)]),
  "code: success without JSON": sending([page(200)]),
  "code: neither tokens nor challenge": sending([ok({})]),
  "code: answered with another question": sending([challenge("CUSTOM_CHALLENGE", { question: "2 + 2?" }, "session-3")]),
  "code: answered with another code": sending([challenge("SOFTWARE_TOKEN_MFA", {}, "session-3")]),
  "code: answered with a new password": sending([challenge("NEW_PASSWORD_REQUIRED", { userAttributes: "{}", requiredAttributes: "[]" }, "session-3")]),
  async "code: with a device"(t) {
    const user = waiting(t, { deviceKey: "device-1" });
    t.reply(signedIn());
    await t.step("sendMFACode", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS)));
  },
  async "code: a second try"(t) {
    const user = waiting(t);
    t.reply(WRONG, signedIn());
    await t.step("wrong", () => user.sendMFACode("000000", t.callbacks(...CALLBACKS)));
    await t.step("right", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS)));
  },
  async "code: onSuccess throws"(t) {
    const user = waiting(t);
    t.reply(signedIn());
    const onSuccess = () => {
      throw new Error("the application's own bug");
    };
    await t.step("sendMFACode", () => user.sendMFACode("123456", t.callbacks("onFailure", { onSuccess })));
  },

  "selection: SMS": selecting("SMS_MFA", challenge("SMS_MFA", { CODE_DELIVERY_DESTINATION: "+*******1234" }, "session-3")),
  "selection: app": selecting("SOFTWARE_TOKEN_MFA", challenge("SOFTWARE_TOKEN_MFA", {}, "session-3")),
  "selection: something else": selecting("EMAIL_OTP", challenge("EMAIL_OTP", { CODE_DELIVERY_DESTINATION: "a***@e***" }, "session-3")),
  "selection: nothing": selecting(undefined, fails("InvalidParameterException", "Missing required parameter ANSWER")),
  "selection: refused": selecting("SMS_MFA", fails("NotAuthorizedException", "Invalid session for the user.")),
  "selection: network error": selecting("SMS_MFA", NETWORK),
  "selection: HTML page": selecting("SMS_MFA", page(502)),
  "selection: success without JSON": selecting("SMS_MFA", page(200)),
};
