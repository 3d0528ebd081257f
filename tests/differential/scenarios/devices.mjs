// Remembered devices: confirmation after a sign-in, and signing in with one.

import { challenge, fails, ok, page, passwordVerifier, rejects, signedIn, tokens, USER_ID } from "../replies.mjs";
import { CLIENT_ID } from "../stage.mjs";

const CALLBACKS = ["onSuccess", "onFailure", "mfaRequired", "totpRequired", "customChallenge", "newPasswordRequired"];
const DEVICE = { DeviceKey: "eu-west-1_0f1e2d3c-1111-4222-8333-444455556666", DeviceGroupKey: "-aBcD1eF2" };
const NETWORK = rejects(new TypeError("fetch failed"));

/** Tokens, with the offer to confirm this device. */
const offered = (NewDeviceMetadata = DEVICE) => ok({ ChallengeParameters: {}, AuthenticationResult: { ...tokens(), NewDeviceMetadata } });

const ASKS_DEVICE = challenge("DEVICE_SRP_AUTH", {}, "session-device");

/** The service's half of the device's SRP. */
const deviceVerifier = (parameters = {}) => {
  const reply = passwordVerifier({ USERNAME: "alice", DEVICE_KEY: DEVICE.DeviceKey, USER_ID_FOR_SRP: undefined, ...parameters });
  return ok({ ...JSON.parse(reply.text), ChallengeName: "DEVICE_PASSWORD_VERIFIER", Session: "session-verifier" });
};

/** What a remembered device left in the storage for a user of this name. */
function remembered(username = USER_ID) {
  const prefix = `CognitoIdentityServiceProvider.${CLIENT_ID}.${username}`;
  return {
    [`${prefix}.deviceKey`]: DEVICE.DeviceKey,
    [`${prefix}.randomPasswordKey`]: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJw==",
    [`${prefix}.deviceGroupKey`]: DEVICE.DeviceGroupKey,
  };
}

/** An SRP sign-in with what a device left meets these replies. */
const signingIn = (entries, ...replies) => async (t) => {
  const user = t.user("alice", { entries });
  t.reply(passwordVerifier(), ...replies);
  await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
};

/** The device's part alone, of a user who knows one. */
const proving = (...replies) => async (t) => {
  const user = knowing(t);
  t.reply(...replies);
  await t.step("answer", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS)));
};

/** A user who knows a device and is in the middle of a sign-in. */
const knowing = (t) =>
  Object.assign(t.user(), {
    Session: "session-2",
    deviceKey: DEVICE.DeviceKey,
    deviceGroupKey: DEVICE.DeviceGroupKey,
    randomPassword: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJw==",
  });

export default {
  "new: confirmed": signingIn({}, offered(), ok({})),
  "new: the user is to be asked": signingIn({}, offered(), ok({ UserConfirmationNecessary: true })),
  "new: the user need not be asked": signingIn({}, offered(), ok({ UserConfirmationNecessary: false })),
  "new: a confirmation that is no boolean": signingIn({}, offered(), ok({ UserConfirmationNecessary: "true" })),
  "new: not confirmed": signingIn({}, offered(), fails("InvalidParameterException", "Invalid device key given.")),
  "new: not confirmed, no network": signingIn({}, offered(), NETWORK),
  "new: not confirmed, HTML page": signingIn({}, offered(), page(502)),
  "new: confirmed without JSON": signingIn({}, offered(), page(200)),
  "new: null for the device": signingIn({}, offered(null)),
  "new: replaces the one that was there": signingIn(remembered(), offered({ DeviceKey: "device-2", DeviceGroupKey: "group-2" }), ok({})),
  async "new: a salt with its top bit set"(t) {
    t.draw("f123456789abcdef0123456789abcdef");
    await signingIn({}, offered(), ok({}))(t);
  },
  async "new: a salt with leading zeros"(t) {
    t.draw("000000456789abcdef0123456789abcd");
    await signingIn({}, offered(), ok({}))(t);
  },
  async "new: after a password sign-in"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(offered(), ok({ UserConfirmationNecessary: true }));
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "new: after a code"(t) {
    const user = Object.assign(t.user(), { Session: "session-2" });
    t.reply(offered(), ok({ UserConfirmationNecessary: true }));
    await t.step("sendMFACode", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS)));
  },
  async "new: after a code, not confirmed"(t) {
    const user = Object.assign(t.user(), { Session: "session-2" });
    t.reply(offered(), fails("InvalidParameterException", "Invalid device key given."));
    await t.step("sendMFACode", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS)));
  },
  async "new: after a question"(t) {
    const user = Object.assign(t.user(), { Session: "session-2" });
    t.reply(offered(), ok({}));
    await t.step("answer", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS)));
  },
  async "new: after a new password"(t) {
    const user = Object.assign(t.user(), { Session: "session-2" });
    t.reply(offered(), ok({}));
    await t.step("complete", () => user.completeNewPasswordChallenge("New-horse-2", {}, t.callbacks(...CALLBACKS)));
  },
  async "new: onSuccess throws"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(offered(), ok({}));
    const onSuccess = () => {
      throw new Error("the application's own bug");
    };
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks("onFailure", { onSuccess })));
  },
  "new: no navigator": { settings: () => ({ navigator: undefined }), run: signingIn({}, offered(), ok({})) },
  async "new: remembered at the next sign-in"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), offered(), ok({}), passwordVerifier(), ASKS_DEVICE, deviceVerifier(), signedIn());
    await t.step("first", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    await t.step("signOut", () => user.signOut());
    await t.step("second", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },

  "known: whole journey": signingIn(remembered(), ASKS_DEVICE, deviceVerifier(), signedIn()),
  "known: without a refresh token": signingIn(remembered(), ASKS_DEVICE, deviceVerifier(), signedIn({ refreshToken: null })),
  "known: the device's proof is not asked for": signingIn(remembered(), signedIn()),
  "known: a code is asked for instead": signingIn(remembered(), challenge("SMS_MFA", {})),
  async "known: with a password"(t) {
    const user = t.user("alice", { entries: remembered("alice") });
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(ASKS_DEVICE, deviceVerifier(), signedIn());
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "known: after a question"(t) {
    const user = Object.assign(t.user("alice", { entries: remembered("alice") }), { Session: "session-2" });
    t.reply(ASKS_DEVICE, deviceVerifier(), signedIn());
    await t.step("answer", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS)));
  },
  async "known: after a new password"(t) {
    const user = knowing(t);
    t.reply(ASKS_DEVICE, deviceVerifier(), signedIn());
    await t.step("complete", () => user.completeNewPasswordChallenge("New-horse-2", {}, t.callbacks(...CALLBACKS)));
  },
  async "known: after a code"(t) {
    const user = knowing(t);
    t.reply(ASKS_DEVICE, deviceVerifier(), signedIn());
    await t.step("sendMFACode", () => user.sendMFACode("123456", t.callbacks(...CALLBACKS)));
  },
  "known: refused at the first request": proving(ASKS_DEVICE, fails("NotAuthorizedException", "Invalid session for the user.")),
  "known: refused at the second request": proving(ASKS_DEVICE, deviceVerifier(), fails("NotAuthorizedException", "Incorrect username or password.")),
  "known: the service has forgotten it": proving(ASKS_DEVICE, fails("ResourceNotFoundException", "Device does not exist.")),
  "known: no network at the first request": proving(ASKS_DEVICE, NETWORK),
  "known: no network at the second request": proving(ASKS_DEVICE, deviceVerifier(), NETWORK),
  "known: HTML page at the second request": proving(ASKS_DEVICE, deviceVerifier(), page(502)),
  "known: B of zero": proving(ASKS_DEVICE, deviceVerifier({ SRP_B: "0" })),
  "known: no parameters": proving(ASKS_DEVICE, ok({ ChallengeName: "DEVICE_PASSWORD_VERIFIER", Session: "s" })),
  "known: no tokens at the end": proving(ASKS_DEVICE, deviceVerifier(), ok({})),
  "known: another challenge at the end": proving(ASKS_DEVICE, deviceVerifier(), challenge("SMS_MFA", {}, "session-9")),
  async "known: asked for a device that nobody knows"(t) {
    const user = Object.assign(t.user(), { Session: "session-2" });
    t.reply(ASKS_DEVICE, fails("InvalidParameterException", "Missing required parameter DEVICE_KEY"));
    await t.step("answer", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS)));
  },
  async "known: getDeviceResponse, called by the application"(t) {
    const user = knowing(t);
    t.reply(deviceVerifier(), signedIn());
    await t.step("getDeviceResponse", () => user.getDeviceResponse(t.callbacks(...CALLBACKS), { source: "web" }));
  },
  async "known: the service forgets it twice"(t) {
    const user = t.user("alice", { entries: remembered() });
    const forgotten = fails("ResourceNotFoundException", "Device does not exist.");
    t.reply(passwordVerifier(), forgotten, forgotten, signedIn());
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
};
