import { newSoftwareToken, verifySoftwareToken } from "../auth.js";
import { onSubmit } from "../form.js";
import { showSecret } from "../secret.js";

/** A sign-in to a pool that wants a second factor of everybody: the user has none yet. */
export function setUpFactorPanel(app) {
  const view = app.view("set-up-factor");
  view.addEventListener("shown", async () => {
    const { user } = app.pending;
    showSecret(view, user.getUsername(), await newSoftwareToken(user));
  });
  onSubmit(view.querySelector("form"), async ({ code }) => {
    const { user, stretches } = app.pending;
    app.reach(await verifySoftwareToken(user, code), stretches);
  });
}
