import { selectFactor } from "../auth.js";
import { onPress } from "../form.js";

/** Which second factor to use this time. */
export function selectFactorPanel(app) {
  const view = app.view("select-factor");
  for (const button of view.querySelectorAll("[data-factor]")) {
    onPress(button, async () => {
      const { user, stretches } = app.pending;
      app.reach(await selectFactor(user, button.dataset.factor), stretches);
    });
  }
}
