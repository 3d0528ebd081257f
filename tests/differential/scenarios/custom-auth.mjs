import { challenge, fails, ok, page, passwordVerifier, rejects, signedIn, throws } from "../replies.mjs";
import { CLIENT_ID } from "../stage.mjs";

const CALLBACKS = ["onSuccess", "onFailure", "customChallenge", "newPasswordRequired", "mfaRequired", "totpRequired"];
const PREFIX = `CognitoIdentityServiceProvider.${CLIENT_ID}`;
const ASKED = challenge("CUSTOM_CHALLENGE", { question: "2 + 2?", USERNAME: "alice" }, "session-3");
const NETWORK = rejects(new TypeError("fetch failed"));

/** `initiateAuth` with details of this data meets this reply. */
const initiating = (data, reply) => async (t) => {
  const user = t.user();
  user.setAuthenticationFlowType("CUSTOM_AUTH");
  t.reply(reply);
  const details = t.details(data);
  await t.step("initiateAuth", () => user.initiateAuth(details, t.callbacks(...CALLBACKS)));
  await t.step("the details afterwards", () => details);
};

/** `authenticateUser` with CUSTOM_AUTH, which starts with SRP, meets these replies. */
const withSrp = (data, ...replies) => async (t) => {
  const user = t.user();
  user.setAuthenticationFlowType("CUSTOM_AUTH");
  t.reply(...replies);
  await t.step("authenticateUser", () => user.authenticateUser(t.details(data), t.callbacks(...CALLBACKS)));
};

/** A user who has been asked a question, in a pool with these settings. */
async function asked(t, entries = {}) {
  const user = t.user("alice", { entries });
  user.setAuthenticationFlowType("CUSTOM_AUTH");
  t.reply(ASKED);
  await t.step("initiateAuth", () => user.initiateAuth(t.details(), t.callbacks(...CALLBACKS)));
  return user;
}

/** `sendCustomChallengeAnswer` with this answer meets this reply. */
const answering = (reply, answer = "4", ...more) => async (t) => {
  const user = await asked(t);
  t.reply(reply);
  await t.step("answer", () => user.sendCustomChallengeAnswer(answer, t.callbacks(...CALLBACKS), ...more));
};

export default {
  "without SRP: a question": initiating({}, ASKED),
  "without SRP: tokens at once": initiating({}, signedIn()),
  "without SRP: parameters of the application's own": initiating({ AuthParameters: { SECRET_HASH: "hash", USERNAME: "overwritten" } }, ASKED),
  "without SRP: validation data": initiating({ ValidationData: { a: "1" }, ClientMetadata: { b: "2" } }, ASKED),
  "without SRP: client metadata": initiating({ ClientMetadata: { b: "2" } }, ASKED),
  "without SRP: not enabled": initiating({}, fails("InvalidParameterException", "Custom auth flow is not enabled for the client.")),
  "without SRP: unknown user": initiating({}, fails("UserNotFoundException", "User does not exist.")),
  "without SRP: refused by a trigger": initiating({}, fails("UserLambdaValidationException", "DefineAuthChallenge failed with error no.")),
  "without SRP: network error": initiating({}, NETWORK),
  "without SRP: HTML page": initiating({}, page(502)),
  "without SRP: fetch throws": initiating({}, throws(new Error("blocked by policy"))),
  "without SRP: success without JSON": initiating({}, page(200)),
  "without SRP: a code by SMS is asked for": initiating({}, challenge("SMS_MFA", { CODE_DELIVERY_DESTINATION: "+*******1234" })),
  "without SRP: a challenge nobody knows": initiating({}, challenge("NEW_KIND", {})),
  "without SRP: a question without parameters": initiating({}, ok({ ChallengeName: "CUSTOM_CHALLENGE", Session: "session-3" })),
  async "without SRP: the flow type does not matter"(t) {
    const user = t.user();
    t.reply(ASKED);
    await t.step("initiateAuth", () => user.initiateAuth(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "without SRP: a device key is not sent"(t) {
    const user = t.user("alice", { entries: { [`${PREFIX}.alice.deviceKey`]: "device-1" } });
    user.deviceKey = "device-2";
    t.reply(ASKED);
    await t.step("initiateAuth", () => user.initiateAuth(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "without SRP: details of the application's own making"(t) {
    const user = t.user();
    const parameters = {};
    const details = { getAuthParameters: () => parameters, getValidationData: () => ({}), getClientMetadata: () => ({ duck: "typed" }) };
    t.reply(ASKED);
    await t.step("initiateAuth", () => user.initiateAuth(details, t.callbacks(...CALLBACKS)));
    await t.step("its parameters", () => parameters);
  },
  async "without SRP: no customChallenge callback"(t) {
    const user = t.user();
    t.reply(ASKED);
    await t.step("initiateAuth", () => user.initiateAuth(t.details(), t.callbacks("onSuccess", "onFailure")));
  },

  "with SRP: a question": withSrp({}, passwordVerifier(), ASKED),
  "with SRP: tokens": withSrp({}, passwordVerifier(), signedIn()),
  "with SRP: wrong password": withSrp({}, passwordVerifier(), fails("NotAuthorizedException", "Incorrect username or password.")),
  "with SRP: client metadata": withSrp({ ClientMetadata: { b: "2" } }, passwordVerifier(), ASKED),
  "with SRP: an empty password": withSrp({ Password: "" }, passwordVerifier(), ASKED),
  "with SRP: no password": withSrp({ Password: undefined }, passwordVerifier(), ASKED),
  "with SRP: a code is asked for": withSrp({}, passwordVerifier(), challenge("SOFTWARE_TOKEN_MFA", { FRIENDLY_DEVICE_NAME: "phone" })),
  "with SRP: a new password is asked for": withSrp(
    {},
    passwordVerifier(),
    challenge("NEW_PASSWORD_REQUIRED", { userAttributes: "{}", requiredAttributes: '["userAttributes.name"]' }),
  ),
  "with SRP: the question comes before the proof": withSrp({}, ASKED),

  "answer: tokens": answering(signedIn()),
  "answer: the next question": answering(challenge("CUSTOM_CHALLENGE", { question: "3 + 3?" }, "session-4")),
  "answer: wrong": answering(fails("NotAuthorizedException", "Incorrect username or password.")),
  "answer: session gone": answering(fails("NotAuthorizedException", "Invalid session for the user, session is expired.")),
  "answer: network error": answering(NETWORK),
  "answer: HTML page": answering(page(503)),
  "answer: client metadata": answering(signedIn(), "4", { source: "web" }),
  "answer: empty": answering(fails("InvalidParameterException", "Missing required parameter ANSWER"), ""),
  "answer: undefined": answering(fails("InvalidParameterException", "Missing required parameter ANSWER"), undefined),
  "answer: no text": answering(fails("SerializationException", "NUMBER_VALUE cannot be converted to String"), 4),
  "answer: a code by SMS is asked for": answering(challenge("SMS_MFA", { CODE_DELIVERY_DESTINATION: "+*******1234" })),
  "answer: a code of an app is asked for": answering(challenge("SOFTWARE_TOKEN_MFA", {})),
  "answer: a new password is asked for": answering(challenge("NEW_PASSWORD_REQUIRED", { userAttributes: '{"email":"a@b"}', requiredAttributes: "[]" })),
  "answer: a challenge nobody knows": answering(challenge("NEW_KIND", {})),
  "answer: neither tokens nor challenge": answering(ok({})),
  "answer: SRP is asked for": answering(challenge("PASSWORD_VERIFIER", { SRP_B: "2", SALT: "1", SECRET_BLOCK: "" })),
  async "answer: two questions, then tokens"(t) {
    const user = await asked(t);
    t.reply(challenge("CUSTOM_CHALLENGE", { question: "3 + 3?" }, "session-4"), signedIn());
    await t.step("first", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS)));
    await t.step("second", () => user.sendCustomChallengeAnswer("6", t.callbacks(...CALLBACKS)));
    await t.step("getSession", () => user.getSession(t.callback()));
  },
  async "answer: from inside customChallenge, with `this`"(t) {
    const user = t.user();
    t.reply(ASKED, signedIn());
    const callbacks = t.callbacks("onSuccess", "onFailure", {
      customChallenge({ question }) {
        user.sendCustomChallengeAnswer(`to ${question}`, this);
      },
    });
    await t.step("initiateAuth", () => user.initiateAuth(t.details(), callbacks));
  },
  async "answer: again after a wrong one"(t) {
    const user = await asked(t);
    t.reply(fails("NotAuthorizedException", "Incorrect username or password."), signedIn());
    await t.step("wrong", () => user.sendCustomChallengeAnswer("5", t.callbacks(...CALLBACKS)));
    await t.step("right", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS)));
  },
  async "answer: the stored device goes along"(t) {
    const user = await asked(t, {
      [`${PREFIX}.alice.deviceKey`]: "device-1",
      [`${PREFIX}.alice.randomPasswordKey`]: "random-1",
      [`${PREFIX}.alice.deviceGroupKey`]: "group-1",
    });
    t.reply(signedIn());
    await t.step("answer", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS)));
  },
  async "answer: a session written from outside"(t) {
    const user = t.user();
    user.Session = "kept by the application over a reload";
    t.reply(signedIn());
    await t.step("answer", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS)));
  },
  async "answer: without having been asked"(t) {
    const user = t.user();
    t.reply(fails("InvalidParameterException", "Missing required parameter Session"));
    await t.step("answer", () => user.sendCustomChallengeAnswer("4", t.callbacks(...CALLBACKS)));
  },
  async "answer: no customChallenge callback for the next question"(t) {
    const user = await asked(t);
    t.reply(challenge("CUSTOM_CHALLENGE", {}, "session-4"));
    await t.step("answer", () => user.sendCustomChallengeAnswer("4", t.callbacks("onSuccess", "onFailure")));
  },
};
