import { sendCode } from "../auth.js";
import { onSubmit } from "../form.js";

const FROM = {
  SMS_MFA: ({ CODE_DELIVERY_DESTINATION: to }) => `The pool sent a code to ${to}. Look in the inbox on this page.`,
  SOFTWARE_TOKEN_MFA: () => "Your authenticator application shows it.",
};

/** The code of the second factor. */
export function codePanel(app) {
  const view = app.view("code");
  view.addEventListener("shown", () => {
    const { challenge, parameters } = app.pending;
    view.querySelector("[data-challenge-name]").textContent = challenge;
    view.querySelector("[data-from]").textContent = FROM[challenge](parameters ?? {});
  });
  onSubmit(view.querySelector("form"), async ({ code }) => {
    const { user, challenge, stretches } = app.pending;
    app.reach(await sendCode(user, challenge, code), stretches);
  });
}
