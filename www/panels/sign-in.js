import { onSubmit } from "../form.js";
import { timed } from "../stopwatch.js";

/** Signs in with SRP and keeps the time. */
export function signInPanel(app) {
  const form = app.view("sign-in").querySelector("form");
  onSubmit(form, async (values) => {
    const { result, stretches } = await timed(() => app.accounts.signIn(values));
    if (!result.newPasswordRequired) return app.enter(result.user, stretches);

    app.newcomer = { user: result.user, stretches };
    app.rememberUsername(values.username);
    form.elements.password.value = "";
    app.go("new-password");
  });
}
