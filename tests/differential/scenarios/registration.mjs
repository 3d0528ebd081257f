import { fails, ok, page, rejects } from "../replies.mjs";

const DELIVERY = { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***" };

/** `confirmRegistration` with these arguments meets this reply. */
const confirming = (reply, code = "123456", force = true, ...more) => async (t) => {
  const user = t.user();
  t.reply(reply);
  await t.step("confirmRegistration", () => user.confirmRegistration(code, force, t.callback(), ...more));
};

/** `resendConfirmationCode` meets this reply. */
const resending = (reply, ...more) => async (t) => {
  const user = t.user();
  t.reply(reply);
  await t.step("resendConfirmationCode", () => user.resendConfirmationCode(t.callback(), ...more));
};

export default {
  "confirm: wrong code": confirming(fails("CodeMismatchException", "Invalid verification code provided, please try again.")),
  "confirm: expired code": confirming(fails("ExpiredCodeException", "Invalid code provided, please request a code again.")),
  "confirm: network error": confirming(rejects(new TypeError("fetch failed"))),
  "confirm: HTML page": confirming(page(502)),
  "confirm: arguments left undefined": confirming(fails("InvalidParameterException", "Missing required parameter"), undefined, undefined),
  "confirm: success": confirming(ok()),
  "confirm: without force": confirming(ok(), "123456", false),
  "confirm: client metadata": confirming(ok(), "123456", true, { source: "web" }),
  "confirm: a number for a code": confirming(ok(), 123456),

  "resend: limit exceeded": resending(fails("LimitExceededException", "Attempt limit exceeded, please try after some time.")),
  "resend: network error": resending(rejects(new TypeError("fetch failed"))),
  "resend: success": resending(ok({ CodeDeliveryDetails: DELIVERY })),
  "resend: client metadata": resending(ok({ CodeDeliveryDetails: DELIVERY }), { source: "web" }),
};
