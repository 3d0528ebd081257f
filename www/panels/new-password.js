import { completeNewPassword } from "../auth.js";
import { onSubmit } from "../form.js";

/** Ends the first sign-in with a password of the user's own. */
export function newPasswordPanel(app) {
  const form = app.view("new-password").querySelector("form");
  onSubmit(form, async ({ password }) => {
    const { user, stretches } = app.pending;
    const stage = await completeNewPassword(user, password);
    app.reach(stage, stretches, { kind: "success", text: "The new password is set, and you are signed in." });
  });
}
