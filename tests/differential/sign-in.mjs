// The shortest way to a signed-in user, for scenarios about what comes after.

import { signedIn } from "./replies.mjs";

/** A watched user who has signed in with a password and got `reply`. */
export async function signIn(t, reply = signedIn(), options = {}) {
  const user = t.user("alice", options);
  user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
  t.reply(reply);
  await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks("onSuccess", "onFailure")));
  return user;
}
