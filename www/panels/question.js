import { answerQuestion } from "../auth.js";
import { onSubmit } from "../form.js";

/** What the pool's triggers ask: whatever parameters they sent, and one answer. */
export function questionPanel(app) {
  const view = app.view("question");
  view.addEventListener("shown", () => {
    const { question, ...others } = app.pending.parameters ?? {};
    view.querySelector("[data-question]").textContent = question ?? JSON.stringify(others);
  });
  onSubmit(view.querySelector("form"), async ({ answer }) => {
    const { user, stretches } = app.pending;
    app.reach(await answerQuestion(user, answer), stretches);
  });
}
