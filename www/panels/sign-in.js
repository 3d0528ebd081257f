import { onPress, onSubmit } from "../form.js";
import { timed } from "../stopwatch.js";

/** Signs in with SRP and keeps the time; or by the question that the pool asks. */
export function signInPanel(app) {
  const view = app.view("sign-in");
  const form = view.querySelector("form");
  onSubmit(form, async (values) => {
    const { result, stretches } = await timed(() => app.accounts.signIn(values));
    app.rememberUsername(values.username);
    app.reach(result, stretches);
  });

  onPress(view.querySelector("[data-action=question]"), async () => {
    const { username } = form.elements;
    if (!username.reportValidity()) return;
    app.reach(await app.accounts.signInByQuestion({ username: username.value }), null);
  });
}
