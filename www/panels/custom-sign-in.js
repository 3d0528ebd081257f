import { onSubmit } from "../form.js";
import { timed } from "../stopwatch.js";

/** Signs in as the pool's triggers will have it; the time is kept where a password is proved. */
export function customSignInPanel(app) {
  onSubmit(app.view("custom-sign-in").querySelector("form"), async (values) => {
    const { result, stretches } = await timed(() => app.accounts.customSignIn(values));
    app.rememberUsername(values.username);
    app.reach(result, values.password ? stretches : null);
  });
}
