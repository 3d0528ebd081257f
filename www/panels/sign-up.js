import { onSubmit } from "../form.js";

/** Makes an account, then asks for the code that the pool sent. */
export function signUpPanel(app) {
  const form = app.view("sign-up").querySelector("form");
  onSubmit(form, async (values) => {
    const { userConfirmed, codeDeliveryDetails } = await app.accounts.signUp(values);
    form.reset();
    app.rememberUsername(values.username);
    if (userConfirmed) return app.go("sign-in", { kind: "success", text: "Your account is ready. Sign in." });

    const where = codeDeliveryDetails?.Destination ?? "your address";
    app.go("confirm", { kind: "success", text: `A code was sent to ${where}. It is in the inbox on this page.` });
  });
}
