import { onSubmit } from "../form.js";

/** Asks for a code, then sets a new password with it. */
export function forgotPasswordPanel(app) {
  onSubmit(app.view("forgot-password").querySelector("form"), async ({ username }) => {
    const { CodeDeliveryDetails } = await app.accounts.forgotPassword(username);
    app.rememberUsername(username);
    app.go("reset-password", {
      kind: "success",
      text: `A code was sent to ${CodeDeliveryDetails.Destination}. It is in the inbox on this page.`,
    });
  });

  const form = app.view("reset-password").querySelector("form");
  onSubmit(form, async (values) => {
    await app.accounts.resetPassword(values);
    form.reset();
    app.rememberUsername(values.username);
    app.go("sign-in", { kind: "success", text: "The new password is set. Sign in with it." });
  });
}
