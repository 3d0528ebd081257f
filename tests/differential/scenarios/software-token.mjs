import { challenge, fails, ok, page, rejects, signedIn } from "../replies.mjs";
import { restored } from "../sign-in.mjs";

const ASSOCIATE = ["associateSecretCode", "onFailure"];
const VERIFY = ["onSuccess", "onFailure", "mfaRequired", "totpRequired"];
const SECRET = ok({ SecretCode: "SECRETCODE234567", Session: "session-3" });
const VERIFIED = ok({ Status: "SUCCESS", Session: "session-4" });
const MISMATCH = fails("EnableSoftwareTokenMFAException", "Code mismatch");
const NETWORK = rejects(new TypeError("fetch failed"));

/** A user in the middle of a sign-in. */
const waiting = (t) => Object.assign(t.user(), { Session: "session-2" });

/** `associateSoftwareToken` of this user meets this reply. */
const associating = (who, reply) => async (t) => {
  const user = await who(t);
  t.reply(reply);
  await t.step("associate", () => user.associateSoftwareToken(t.callbacks(...ASSOCIATE)));
};

/** `verifySoftwareToken` of this user meets these replies. */
const verifying = (who, ...replies) => async (t) => {
  const user = await who(t);
  t.reply(...replies);
  await t.step("verify", () => user.verifySoftwareToken("123456", "phone", t.callbacks(...VERIFY)));
};

export default {
  "associate: while signing in": associating(waiting, SECRET),
  "associate: while signing in, refused": associating(waiting, fails("NotAuthorizedException", "Invalid session for the user.")),
  "associate: while signing in, network error": associating(waiting, NETWORK),
  "associate: while signing in, HTML page": associating(waiting, page(502)),
  "associate: while signing in, success without JSON": associating(waiting, page(200)),
  "associate: signed in": associating(restored, ok({ SecretCode: "SECRETCODE234567" })),
  "associate: signed in, the answer's session is not kept": associating(restored, SECRET),
  "associate: signed in, refused": associating(restored, fails("NotAuthorizedException", "Access Token has been revoked")),
  "associate: signed in, network error": associating(restored, NETWORK),
  async "associate: an expired session counts as signing in"(t) {
    const user = await restored(t, { lifetime: 60 });
    t.now += 61_000;
    t.reply(SECRET);
    await t.step("associate", () => user.associateSoftwareToken(t.callbacks(...ASSOCIATE)));
  },
  async "associate: without associateSecretCode"(t) {
    const user = waiting(t);
    t.reply(SECRET);
    await t.step("associate", () => user.associateSoftwareToken(t.callbacks("onFailure")));
  },
  async "associate: from inside it, with `this`"(t) {
    const user = waiting(t);
    t.reply(SECRET, VERIFIED, signedIn());
    const callbacks = t.callbacks("onSuccess", "onFailure", {
      associateSecretCode() {
        user.verifySoftwareToken("123456", "phone", this);
      },
    });
    await t.step("associate", () => user.associateSoftwareToken(callbacks));
  },

  "verify: while signing in": verifying(waiting, VERIFIED, signedIn()),
  "verify: while signing in, wrong code": verifying(waiting, MISMATCH),
  "verify: while signing in, network error": verifying(waiting, NETWORK),
  "verify: while signing in, refused afterwards": verifying(waiting, VERIFIED, fails("NotAuthorizedException", "Invalid session for the user.")),
  "verify: while signing in, HTML page afterwards": verifying(waiting, VERIFIED, page(502)),
  "verify: while signing in, no tokens afterwards": verifying(waiting, VERIFIED, ok({})),
  "verify: while signing in, another challenge afterwards": verifying(waiting, VERIFIED, challenge("SOFTWARE_TOKEN_MFA", {}, "session-5")),
  "verify: while signing in, no session in the answer": verifying(waiting, ok({ Status: "SUCCESS" }), signedIn()),
  "verify: signed in": verifying(restored, ok({ Status: "SUCCESS" })),
  "verify: signed in, the answer as it is": verifying(restored, ok({ Status: "ERROR", more: [1] })),
  "verify: signed in, wrong code": verifying(restored, MISMATCH),
  "verify: signed in, network error": verifying(restored, NETWORK),
  "verify: signed in, success without JSON": verifying(restored, page(200)),
  async "verify: without a name"(t) {
    const user = await restored(t);
    t.reply(ok({ Status: "SUCCESS" }), ok({ Status: "SUCCESS" }));
    await t.step("undefined", () => user.verifySoftwareToken("123456", undefined, t.callbacks(...VERIFY)));
    await t.step("null", () => user.verifySoftwareToken("123456", null, t.callbacks(...VERIFY)));
  },
  async "verify: a second try while signing in"(t) {
    const user = waiting(t);
    t.reply(MISMATCH, VERIFIED, signedIn());
    await t.step("wrong", () => user.verifySoftwareToken("000000", "phone", t.callbacks(...VERIFY)));
    await t.step("right", () => user.verifySoftwareToken("123456", "phone", t.callbacks(...VERIFY)));
  },
  async "verify: onSuccess throws"(t) {
    const user = await restored(t);
    t.reply(ok({ Status: "SUCCESS" }));
    const onSuccess = () => {
      throw new Error("the application's own bug");
    };
    await t.step("verify", () => user.verifySoftwareToken("123456", "phone", t.callbacks("onFailure", { onSuccess })));
  },
};
