import { deleteAccount, signOut, signOutEverywhere } from "../auth.js";
import { onPress } from "../form.js";

/** Signs out here or everywhere, or deletes the account. */
export function leavePanel(app) {
  const view = app.view("leave");
  const button = (action) => view.querySelector(`[data-action=${action}]`);

  onPress(button("sign-out"), async () => {
    try {
      await signOut(app.user);
      app.leave({ kind: "success", text: "You are signed out." });
    } catch (error) {
      // Leaving works without the pool too; what did not happen is said.
      app.user.signOut();
      const text = "You are signed out on this page. The refresh token was not revoked: the pool did not confirm it.";
      app.leave({ kind: "info", text, detail: error.message });
    }
  });

  onPress(button("global-sign-out"), async () => {
    await signOutEverywhere(app.user);
    app.leave({ kind: "success", text: "You are signed out everywhere." });
  });

  const dialog = view.querySelector("dialog");
  onPress(button("delete"), async () => {
    dialog.querySelector("[data-me=delete-username]").textContent = app.user.getUsername();
    if (!(await confirmed(dialog))) return;
    await deleteAccount(app.user);
    app.leave({ kind: "success", text: "The account is deleted." });
  });
}

function confirmed(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "delete"), { once: true });
  });
}
