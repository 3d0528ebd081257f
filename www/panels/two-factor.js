import { newSoftwareToken, preferSoftwareToken, userData, verifySoftwareToken } from "../auth.js";
import { explain } from "../errors.js";
import { onPress, onSubmit } from "../form.js";
import { showNotice } from "../notice.js";
import { showSecret } from "../secret.js";

/** Sets up an authenticator application as second factor, and takes it away again. */
export function twoFactorPanel(app) {
  const view = app.view("two-factor");
  const part = (name) => view.querySelector(`[data-part="${name}"]`);
  const showPart = (name) => {
    for (const other of view.querySelectorAll("[data-part]")) other.hidden = other !== part(name);
  };

  async function show() {
    const { UserMFASettingList = [] } = await userData(app.user);
    showPart(UserMFASettingList.includes("SOFTWARE_TOKEN_MFA") ? "on" : "off");
  }

  view.addEventListener("shown", () => {
    showPart(null);
    show().catch((error) => showNotice(explain(error)));
  });

  onPress(view.querySelector("[data-action=set-up]"), async () => {
    showSecret(view, app.user.getUsername(), await newSoftwareToken(app.user));
    showPart("setting-up");
    view.querySelector("form").elements.code.focus();
  });

  onSubmit(
    view.querySelector("form"),
    async ({ code }) => {
      await verifySoftwareToken(app.user, code);
      await preferSoftwareToken(app.user, true);
      await show();
      showNotice({ kind: "success", text: "From now on a sign-in asks for a code of your application." });
    },
    { EnableSoftwareTokenMFAException: "That is not the code that the application shows now." },
  );

  onPress(view.querySelector("[data-action=turn-off]"), async () => {
    await preferSoftwareToken(app.user, false);
    await show();
    showNotice({ kind: "success", text: "A password is enough again." });
  });
}
