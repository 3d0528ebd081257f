import { onSubmit } from "../form.js";
import { timed } from "../stopwatch.js";

/** Signs in with SRP and keeps the time. */
export function signInPanel(app) {
  const form = app.view("sign-in").querySelector("form");
  onSubmit(form, async (values) => {
    const { result, stretches } = await timed(() => app.accounts.signIn(values));
    app.rememberUsername(values.username);
    app.reach(result, stretches);
  });
}
