import { createUser } from "../administrator.js";
import { onSubmit } from "../form.js";

/** Creates a user as an administrator; their first sign-in is with the temporary password. */
export function temporaryPasswordPanel(app) {
  const form = app.view("temporary-password").querySelector("form");
  onSubmit(form, async (values) => {
    await createUser(app.config, values);
    form.reset();
    app.rememberUsername(values.username);
    app.go("sign-in", {
      kind: "success",
      text: `${values.username} was created. Sign in with the temporary password from the inbox.`,
    });
  });
}
