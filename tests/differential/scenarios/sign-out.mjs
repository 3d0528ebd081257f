import { fails, ok, page, rejects, signedIn } from "../replies.mjs";
import { signIn } from "../sign-in.mjs";
import { CLIENT_ID } from "../stage.mjs";
import { NOW } from "../world.mjs";
import { stored } from "./session.mjs";

const PREFIX = `CognitoIdentityServiceProvider.${CLIENT_ID}`;
const REVOCABLE = { accessClaims: { origin_jti: "origin-1" } };
const six = (reply) => Array.from({ length: 6 }, reply);

/** `signOut` with a callback, of a user with these entries in the storage, meeting these replies. */
const signingOut = (entries, ...replies) => async (t) => {
  const user = t.user("alice", { entries });
  t.reply(...replies);
  await t.step("signOut", () => user.signOut(t.callback()));
};

/** `globalSignOut` of a signed-in user meets this reply. */
const everywhere = (reply) => async (t) => {
  const user = await signIn(t);
  t.reply(reply);
  await t.step("globalSignOut", () => user.globalSignOut(t.callbacks("onSuccess", "onFailure")));
};

export default {
  async "without a callback: nothing was there"(t) {
    const user = t.user();
    await t.step("signOut", () => user.signOut());
  },
  async "without a callback: all of this user goes, at once"(t) {
    const others = { "unrelated.key": "kept", [`${PREFIX}.bob.idToken`]: "kept", [`${PREFIX}.alice.deviceKey`]: "kept" };
    const user = await signIn(t, signedIn(), { entries: { ...others, [`${PREFIX}.alice.userData`]: "{}" } });
    await t.step("signOut", () => {
      user.signOut();
      return user.storage.entries();
    });
  },
  async "without a callback: revocable tokens are not revoked"(t) {
    const user = await signIn(t, signedIn(REVOCABLE));
    await t.step("signOut", () => user.signOut());
  },
  async "somebody else signed in later"(t) {
    const user = await signIn(t);
    user.storage.setItem(`${PREFIX}.LastAuthUser`, "bob");
    await t.step("signOut", () => user.signOut());
  },
  async "twice"(t) {
    const user = await signIn(t);
    await t.step("signOut", () => user.signOut());
    await t.step("signOut", () => user.signOut());
    await t.step("getSession", () => user.getSession(t.callback()));
  },

  "with a callback: not signed in": signingOut({}),
  "with a callback: tokens that cannot be revoked": signingOut(stored()),
  "with a callback: revoked": signingOut(stored(REVOCABLE), ok()),
  "with a callback: revocation refused": signingOut(
    stored(REVOCABLE),
    ...six(() => fails("UnsupportedOperationException", "Revocation is not enabled")),
  ),
  "with a callback: no network": signingOut(stored(REVOCABLE), ...six(() => rejects(new TypeError("fetch failed")))),
  "with a callback: HTML page, then revoked": signingOut(stored(REVOCABLE), page(502), ok()),
  "with a callback: revoked without JSON": signingOut(stored(REVOCABLE), page(200, "")),
  "with a callback: an expired session is refreshed first": signingOut(
    stored({ ...REVOCABLE, issuedAt: NOW - 7200_000 }),
    signedIn({ ...REVOCABLE, refreshToken: null }),
    ok(),
  ),
  "with a callback: an expired session that cannot be refreshed": signingOut(
    stored({ ...REVOCABLE, issuedAt: NOW - 7200_000 }),
    ...six(() => rejects(new TypeError("fetch failed"))),
  ),
  async "with a callback that throws"(t) {
    const user = t.user("alice", { entries: stored(REVOCABLE) });
    t.reply(ok());
    let thrown = false;
    const thrower = t.callback(() => {
      if (thrown) return;
      thrown = true;
      throw new Error("the application's own bug");
    });
    await t.step("signOut", () => user.signOut(thrower));
  },
  async "with something that is no function"(t) {
    const user = t.user("alice", { entries: stored(REVOCABLE) });
    await t.step("signOut", () => user.signOut("not a function"));
  },

  async "everywhere: not signed in"(t) {
    const user = t.user();
    await t.step("globalSignOut", () => user.globalSignOut(t.callbacks("onSuccess", "onFailure")));
  },
  async "everywhere: session has expired"(t) {
    const user = await signIn(t, signedIn({ lifetime: 60 }));
    t.now += 61_000;
    await t.step("globalSignOut", () => user.globalSignOut(t.callbacks("onSuccess", "onFailure")));
  },
  "everywhere: refused": everywhere(fails("NotAuthorizedException", "Access Token has been revoked")),
  "everywhere: network error": everywhere(rejects(new TypeError("fetch failed"))),
  "everywhere: success": everywhere(ok()),
};
