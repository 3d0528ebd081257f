import { onPress, onSubmit } from "../form.js";
import { showNotice } from "../notice.js";

/** Confirms a new account with its code, or asks for another code. */
export function confirmPanel(app) {
  const view = app.view("confirm");
  const form = view.querySelector("form");
  onSubmit(form, async (values) => {
    await app.accounts.confirm(values);
    form.reset();
    app.rememberUsername(values.username);
    app.go("sign-in", { kind: "success", text: "Your account is confirmed. Sign in." });
  });

  onPress(view.querySelector("[data-action=resend]"), async () => {
    const { username } = form.elements;
    if (!username.reportValidity()) return;
    const { CodeDeliveryDetails } = await app.accounts.resendCode(username.value);
    showNotice({ kind: "success", text: `A new code was sent to ${CodeDeliveryDetails.Destination}.` });
  });
}
