import { fails, ok, rejects, signedIn } from "../replies.mjs";
import { signIn } from "../sign-in.mjs";

/** `deleteUser` of a signed-in user meets this reply. */
const deleting = (reply, ...more) => async (t) => {
  const user = await signIn(t);
  t.reply(reply);
  await t.step("deleteUser", () => user.deleteUser(t.callback(), ...more));
};

export default {
  async "not signed in"(t) {
    const user = t.user();
    await t.step("deleteUser", () => user.deleteUser(t.callback()));
  },
  async "session has expired"(t) {
    const user = await signIn(t, signedIn({ lifetime: 60 }));
    t.now += 61_000;
    await t.step("deleteUser", () => user.deleteUser(t.callback()));
  },
  refused: deleting(fails("NotAuthorizedException", "Access Token has been revoked")),
  "network error": deleting(rejects(new TypeError("fetch failed"))),
  success: deleting(ok()),
  "client metadata": deleting(ok(), { reason: "leaving" }),
  async "and no session remains to be used"(t) {
    const user = await signIn(t);
    t.reply(ok());
    await t.step("deleteUser", () => user.deleteUser(t.callback()));
    await t.step("getCurrentUser", () => user.pool.getCurrentUser());
    await t.step("getSession", () => user.getSession(t.callback()));
  },
};
