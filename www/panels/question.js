import { answerQuestion } from "../auth.js";
import { onSubmit } from "../form.js";

const WRONG = { kind: "error", text: "That is not the answer." };

/** A question of the pool's triggers. */
export function questionPanel(app) {
  const view = app.view("question");
  view.addEventListener("shown", () => {
    view.querySelector("[data-question]").textContent = app.pending.parameters.question;
  });
  onSubmit(
    view.querySelector("form"),
    async ({ answer }) => {
      const { user, stretches } = app.pending;
      const next = await answerQuestion(user, answer);
      app.reach(next, stretches, next.view === "question" ? WRONG : null);
    },
    { NotAuthorizedException: "The triggers ask no more. Begin the sign-in anew." },
  );
}
