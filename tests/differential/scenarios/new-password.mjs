import { challenge, fails, ok, page, passwordVerifier, rejects, signedIn } from "../replies.mjs";

const CALLBACKS = ["onSuccess", "onFailure", "newPasswordRequired"];
const REQUIRED = challenge("NEW_PASSWORD_REQUIRED", {
  userAttributes: '{"email":"alice@example.com"}',
  requiredAttributes: '["userAttributes.name"]',
});

/** A user who has been asked for a new password, after SRP. */
async function asked(t) {
  const user = t.user();
  t.reply(passwordVerifier(), REQUIRED);
  await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  return user;
}

/** `completeNewPasswordChallenge` with these arguments meets this reply. */
const completing = (reply, password = "New-horse-2", attributes = { name: "Alice" }, ...more) => async (t) => {
  const user = await asked(t);
  if (reply !== undefined) t.reply(reply);
  await t.step("complete", () =>
    user.completeNewPasswordChallenge(password, attributes, t.callbacks(...CALLBACKS), ...more),
  );
};

export default {
  "no password": completing(undefined, ""),
  async "undefined for a password"(t) {
    const user = t.user();
    await t.step("complete", () => user.completeNewPasswordChallenge(undefined, {}, t.callbacks(...CALLBACKS)));
  },
  "refused by the policy": completing(fails("InvalidPasswordException", "Password does not conform to policy: Password not long enough")),
  "session gone": completing(fails("NotAuthorizedException", "Invalid session for the user, session is expired.")),
  "network error": completing(rejects(new TypeError("fetch failed"))),
  "HTML page": completing(page(502)),
  success: completing(signedIn()),
  "several attributes in the order given": completing(signedIn(), "New-horse-2", { name: "Alice", "custom:b": "2", a: "1", 7: "seven" }),
  "no attributes": completing(signedIn(), "New-horse-2", {}),
  "null for attributes": completing(signedIn(), "New-horse-2", null),
  "attributes that are no text": completing(fails("SerializationException", "NUMBER_VALUE cannot be converted to String"), "New-horse-2", { age: 7, ok: true, none: null }),
  "client metadata": completing(signedIn(), "New-horse-2", {}, { source: "web" }),
  "asked again": completing(REQUIRED),
  "an unknown challenge follows": completing(challenge("EMAIL_OTP", {})),
  async "what is drawn"(t) {
    const user = await asked(t);
    t.noteDraws();
    t.reply(signedIn());
    await t.step("complete", () => user.completeNewPasswordChallenge("New-horse-2", {}, t.callbacks(...CALLBACKS)));
  },
  async "from inside newPasswordRequired, with `this`"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), REQUIRED, signedIn());
    const callbacks = t.callbacks("onSuccess", "onFailure", {
      newPasswordRequired(attributes) {
        delete attributes.email;
        user.completeNewPasswordChallenge("New-horse-2", attributes, this);
      },
    });
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), callbacks));
  },
  async "without having been asked"(t) {
    const user = t.user();
    t.reply(fails("InvalidParameterException", "Missing required parameter Session"));
    await t.step("complete", () => user.completeNewPasswordChallenge("New-horse-2", {}, t.callbacks(...CALLBACKS)));
  },
  async "a second try after a refusal"(t) {
    const user = await asked(t);
    t.reply(fails("InvalidPasswordException", "Password does not conform to policy"), signedIn());
    await t.step("first", () => user.completeNewPasswordChallenge("short", {}, t.callbacks(...CALLBACKS)));
    await t.step("second", () => user.completeNewPasswordChallenge("New-horse-2", {}, t.callbacks(...CALLBACKS)));
  },
};
