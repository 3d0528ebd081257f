import { challenge, fails, ok, page, passwordVerifier, rejects, signedIn, throws, USER_ID } from "../replies.mjs";
import { CLIENT_ID } from "../stage.mjs";

const CALLBACKS = ["onSuccess", "onFailure", "newPasswordRequired"];
const WRONG = fails("NotAuthorizedException", "Incorrect username or password.");

/** An SRP sign-in that meets these replies. */
const meeting = (...replies) => withDetails({}, ...replies);

/** The same with details of this data. */
function withDetails(data, ...replies) {
  return async (t) => {
    const user = t.user();
    t.reply(...replies);
    await t.step("authenticateUser", () => user.authenticateUser(t.details(data), t.callbacks(...CALLBACKS)));
  };
}

/** The same with callbacks of this shape. */
const withCallbacks = (members, ...replies) => async (t) => {
  const user = t.user();
  t.reply(...replies);
  await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...members)));
};

export default {
  "wrong password": meeting(passwordVerifier(), WRONG),
  "unknown user": meeting(fails("UserNotFoundException", "User does not exist.")),
  "unconfirmed user": meeting(passwordVerifier(), fails("UserNotConfirmedException", "User is not confirmed.")),
  "password reset required": meeting(passwordVerifier(), fails("PasswordResetRequiredException", "Password reset required for the user")),
  "flow not enabled": meeting(fails("InvalidParameterException", "USER_SRP_AUTH is not enabled for the client.")),
  "network error at the first request": meeting(rejects(new TypeError("fetch failed"))),
  "network error at the second request": meeting(passwordVerifier(), rejects(new TypeError("fetch failed"))),
  "HTML page at the first request": meeting(page(502)),
  "HTML page at the second request": meeting(passwordVerifier(), page(503)),
  "success without JSON at the first request": meeting(page(200)),
  "success without JSON at the second request": meeting(passwordVerifier(), page(200)),
  "fetch throws": meeting(throws(new Error("blocked by policy"))),

  "B of zero": meeting(passwordVerifier({ SRP_B: "0" })),
  "B that is no hexadecimal": meeting(passwordVerifier({ SRP_B: "xyz" }), WRONG),
  "empty B": meeting(passwordVerifier({ SRP_B: "" })),
  "empty salt": meeting(passwordVerifier({ SALT: "" }), WRONG),
  "salt with its top bit set": meeting(passwordVerifier({ SALT: "f".repeat(32) }), WRONG),
  "salt with leading zeros": meeting(passwordVerifier({ SALT: "0001" }), WRONG),
  "url-safe secret block without padding": meeting(passwordVerifier({ SECRET_BLOCK: "-_-_-_8" }), WRONG),
  "no challenge parameters": meeting(ok({ ChallengeName: "PASSWORD_VERIFIER", Session: "session-1" })),

  success: meeting(passwordVerifier(), signedIn()),
  "success for a user known by another name": meeting(passwordVerifier({ USER_ID_FOR_SRP: "an-alias", USERNAME: "someone" }), signedIn()),
  "validation data goes along as client metadata": withDetails(
    { ValidationData: { a: "1" }, ClientMetadata: { b: "2" } },
    passwordVerifier(),
    signedIn(),
  ),
  "client metadata": withDetails({ ClientMetadata: { b: "2" } }, passwordVerifier(), signedIn()),
  "a password beyond ASCII": withDetails({ Password: "Pässwörd-🎉-名前" }, passwordVerifier(), signedIn()),
  "a name beyond ASCII": withDetails({ Username: "ålice@exämple.com" }, passwordVerifier({ USER_ID_FOR_SRP: "ålice" }), signedIn()),
  "a password that is no well-formed text": withDetails({ Password: "lone \ud800 surrogate" }, passwordVerifier(), signedIn()),
  "no password": withDetails({ Password: undefined }, passwordVerifier(), WRONG),
  "an empty password": withDetails({ Password: "" }, passwordVerifier(), WRONG),

  "a temporary password": meeting(
    passwordVerifier(),
    challenge("NEW_PASSWORD_REQUIRED", {
      USER_ID_FOR_SRP: "alice",
      requiredAttributes: '["userAttributes.given_name","userAttributes.phone_number"]',
      userAttributes: '{"email_verified":"true","email":"alice@example.com"}',
    }),
  ),
  "a temporary password without parameters": meeting(passwordVerifier(), challenge("NEW_PASSWORD_REQUIRED", {})),
  "a temporary password with parameters that are no JSON": meeting(
    passwordVerifier(),
    challenge("NEW_PASSWORD_REQUIRED", { userAttributes: "{", requiredAttributes: "[]" }),
  ),
  "a temporary password without newPasswordRequired": withCallbacks(
    ["onSuccess", "onFailure"],
    passwordVerifier(),
    challenge("NEW_PASSWORD_REQUIRED", { userAttributes: "{}", requiredAttributes: "[]" }),
  ),
  "an unknown challenge": meeting(passwordVerifier(), challenge("EMAIL_OTP", { CODE_DELIVERY_DESTINATION: "a***@e***" })),
  "an answer that is neither tokens nor challenge": meeting(passwordVerifier(), ok({})),

  "onFailure throws": withCallbacks(
    [
      "onSuccess",
      {
        onFailure(error) {
          if (error.code === "NotAuthorizedException") throw new Error("the application's own bug");
        },
      },
    ],
    passwordVerifier(),
    WRONG,
  ),
  "onSuccess throws": withCallbacks(
    [
      {
        onSuccess() {
          throw new Error("the application's own bug");
        },
      },
      "onFailure",
    ],
    passwordVerifier(),
    signedIn(),
  ),
  "onSuccess throws what is no error": withCallbacks(
    [
      {
        onSuccess() {
          throw "text";
        },
      },
      "onFailure",
    ],
    passwordVerifier(),
    signedIn(),
  ),

  async "no randomness"(t) {
    const user = t.user();
    crypto.getRandomValues = () => {
      throw new Error("no entropy");
    };
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "an invalid flow type"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("NO_SUCH_AUTH");
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "a device key set from outside goes along"(t) {
    const user = t.user();
    user.deviceKey = "eu-west-1_device";
    t.reply(passwordVerifier(), signedIn());
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "the service has forgotten the device"(t) {
    const prefix = `CognitoIdentityServiceProvider.${CLIENT_ID}.${USER_ID}`;
    const device = { [`${prefix}.deviceKey`]: "device-1", [`${prefix}.randomPasswordKey`]: "random-1", [`${prefix}.deviceGroupKey`]: "group-1" };
    const user = t.user("alice", { entries: device });
    t.reply(passwordVerifier(), fails("ResourceNotFoundException", "Device does not exist."), signedIn());
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "something else is not found"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), fails("ResourceNotFoundException", "User pool client does not exist."));
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "callbacks are looked up when the answer comes"(t) {
    const user = t.user();
    const callbacks = t.callbacks("onFailure", { onSuccess: () => t.note("replaced", false) });
    t.reply(passwordVerifier(), signedIn());
    await t.step("authenticateUser", () => {
      user.authenticateUser(t.details(), callbacks);
      callbacks.onSuccess = t.callbacks("onSuccess").onSuccess;
    });
  },
  async "a second sign-in after a failed one"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), WRONG, passwordVerifier(), signedIn());
    await t.step("first", () => user.authenticateUser(t.details({ Password: "wrong" }), t.callbacks(...CALLBACKS)));
    await t.step("second", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "the details may be used again"(t) {
    const details = t.details();
    const user = t.user();
    t.reply(passwordVerifier(), WRONG, passwordVerifier(), signedIn());
    await t.step("first", () => user.authenticateUser(details, t.callbacks(...CALLBACKS)));
    await t.step("second", () => user.authenticateUser(details, t.callbacks(...CALLBACKS)));
    await t.step("details", () => details);
  },
  async "details of the application's own making"(t) {
    const user = t.user();
    const details = {
      getUsername: () => "alice",
      getPassword: () => "Correct-horse-1",
      getValidationData: () => ({}),
      getAuthParameters: () => ({}),
      getClientMetadata: () => ({ duck: "typed" }),
    };
    t.reply(passwordVerifier(), signedIn());
    await t.step("authenticateUser", () => user.authenticateUser(details, t.callbacks(...CALLBACKS)));
  },
  async "the claim's time is the time of the answer"(t) {
    const user = t.user();
    t.now = Date.UTC(2024, 11, 31, 23, 5, 9, 999);
    t.reply(passwordVerifier(), signedIn({ issuedAt: t.now }));
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
};
