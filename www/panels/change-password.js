import { changePassword } from "../auth.js";
import { onSubmit } from "../form.js";

/** Changes the password of the signed-in user. */
export function changePasswordPanel(app) {
  const view = app.view("change-password");
  const form = view.querySelector("form");
  view.addEventListener("shown", () => app.rememberUsername(app.user.getUsername()));
  onSubmit(
    form,
    async (values) => {
      await changePassword(app.user, values);
      form.reset();
      app.go("who-am-i", { kind: "success", text: "Your password is changed." });
    },
    { NotAuthorizedException: "The current password is wrong, or this session was ended elsewhere." },
  );
}
