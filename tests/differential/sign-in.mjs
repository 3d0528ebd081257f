// The shortest ways to a signed-in user, for scenarios about what comes after.

import { signedIn } from "./replies.mjs";
import { stored } from "./scenarios/session.mjs";

/** A watched user who has signed in with a password and got `reply`. */
export async function signIn(t, reply = signedIn(), options = {}) {
  const user = t.user("alice", options);
  user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
  t.reply(reply);
  await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks("onSuccess", "onFailure")));
  return user;
}

/** A watched user whose session was in the storage, among these entries, and has been found there. */
export async function restored(t, { entries = {}, pool = {}, ...tokens } = {}) {
  const user = t.user("alice", { entries: { ...stored(tokens), ...entries }, pool });
  await t.step("restore", () => user.getSession(() => undefined));
  return user;
}
