import { fails, ok, page, rejects, signedIn } from "../replies.mjs";
import { signIn } from "../sign-in.mjs";

const DELIVERY = { CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***" } };

/** `forgotPassword` with these callbacks meets this reply. */
const forgetting = (reply, members = ["onSuccess", "onFailure", "inputVerificationCode"], ...more) => async (t) => {
  const user = t.user();
  t.reply(reply);
  await t.step("forgotPassword", () => user.forgotPassword(t.callbacks(...members), ...more));
};

/** `confirmPassword` meets this reply. */
const confirming = (reply, ...more) => async (t) => {
  const user = t.user();
  t.reply(reply);
  await t.step("confirmPassword", () => user.confirmPassword("123456", "New-horse-2", t.callbacks("onSuccess", "onFailure"), ...more));
};

/** `changePassword` of a signed-in user meets this reply. */
const changing = (reply, ...more) => async (t) => {
  const user = await signIn(t);
  t.reply(reply);
  await t.step("changePassword", () => user.changePassword("Correct-horse-1", "New-horse-2", t.callback(), ...more));
};

export default {
  "forgot: unknown user": forgetting(fails("UserNotFoundException", "Username/client id combination not found.")),
  "forgot: network error": forgetting(rejects(new TypeError("fetch failed"))),
  "forgot: HTML page": forgetting(page(502)),
  "forgot: asks for the code": forgetting(ok(DELIVERY)),
  "forgot: without inputVerificationCode": forgetting(ok(DELIVERY), ["onSuccess", "onFailure"]),
  "forgot: client metadata": forgetting(ok(DELIVERY), undefined, { source: "web" }),
  async "forgot: `this` leads on to confirmPassword"(t) {
    const user = t.user();
    t.reply(ok(DELIVERY), ok());
    const callbacks = t.callbacks("onSuccess", "onFailure", {
      inputVerificationCode() {
        user.confirmPassword("123456", "New-horse-2", this);
      },
    });
    await t.step("forgotPassword", () => user.forgotPassword(callbacks));
  },
  async "forgot: inputVerificationCode is looked up when the answer comes"(t) {
    const user = t.user();
    const callbacks = t.callbacks("onSuccess", "onFailure");
    const late = t.callbacks("inputVerificationCode");
    t.reply(ok(DELIVERY));
    await t.step("forgotPassword", () => {
      user.forgotPassword(callbacks);
      callbacks.inputVerificationCode = late.inputVerificationCode;
    });
  },

  "confirm: wrong code": confirming(fails("CodeMismatchException", "Invalid verification code provided, please try again.")),
  "confirm: network error": confirming(rejects(new TypeError("fetch failed"))),
  "confirm: success": confirming(ok()),
  "confirm: client metadata": confirming(ok(), { source: "web" }),

  async "change: not signed in"(t) {
    const user = t.user();
    await t.step("changePassword", () => user.changePassword("a", "b", t.callback()));
  },
  async "change: session has expired"(t) {
    const user = await signIn(t, signedIn({ lifetime: 60 }));
    t.now += 61_000;
    await t.step("changePassword", () => user.changePassword("a", "b", t.callback()));
  },
  "change: wrong old password": changing(fails("NotAuthorizedException", "Incorrect username or password.")),
  "change: network error": changing(rejects(new TypeError("fetch failed"))),
  "change: success": changing(ok()),
  "change: client metadata": changing(ok(), { source: "web" }),
};
