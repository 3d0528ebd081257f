// A user's whole life in a pool, through the API that upstream's package and ours share.

import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { called, outcome, poolOf, sdk, signIn, userOf } from "./clients.mjs";

const PASSWORD = "Correct-horse-1";
const CHANGED = "Changed-horse-2";
const RESET = "Reset-horse-3";

/**
 * Walks through everything with package `lib` on `server` and reports what each step's callback
 * was given. `act` runs one step; the caller may record around it.
 *
 * @returns {Promise<[string, ...unknown[]][]>} step name, callback name, and what it was given
 */
export async function journey(lib, server) {
  const report = [];
  const step = async (name, promise) => {
    const [callback, ...args] = await promise;
    report.push([name, callback, ...args.map(plain)]);
    return args;
  };

  const pool = poolOf(lib, server);
  const email = new lib.CognitoUserAttribute({ Name: "email", Value: "alice@example.com" });
  const signUp = (password) => called((cb) => pool.signUp("alice", password, [email], null, cb, { source: "test" }));
  await step("sign up with a weak password", signUp("weak-password"));
  await step("sign up", signUp(PASSWORD));
  await step("sign up again", signUp(PASSWORD));

  const alice = userOf(lib, pool, "alice");
  await step("sign in unconfirmed", signIn(lib, alice, PASSWORD));
  const fresh = userOf(lib, pool, "alice");
  await step("confirm with a wrong code", called((cb) => fresh.confirmRegistration("000000", false, cb)));
  await step("resend", called((cb) => fresh.resendConfirmationCode(cb)));
  const code = await server.lastCode("alice");
  await step("confirm", called((cb) => fresh.confirmRegistration(code, false, cb)));

  await step("sign in with a wrong password", signIn(lib, userOf(lib, pool, "alice"), "Wrong-horse-9"));
  await step("sign in as nobody", signIn(lib, userOf(lib, pool, "nobody"), PASSWORD));
  const user = userOf(lib, pool, "alice");
  await step("sign in", signIn(lib, user, PASSWORD));
  await step("who am I", called((cb) => user.getUserAttributes(cb)));

  const current = pool.getCurrentUser();
  const [, session] = await step("stay signed in", called((cb) => current.getSession(cb)));
  await step("refresh", called((cb) => current.refreshSession(session.getRefreshToken(), cb)));
  await step("change with a wrong password", called((cb) => current.changePassword("Wrong-horse-9", CHANGED, cb)));
  await step("change password", called((cb) => current.changePassword(PASSWORD, CHANGED, cb)));
  await step("sign out and revoke", called((cb) => current.signOut(cb)));
  await step("no session any more", called((cb) => current.getSession(cb)));

  const forgetful = userOf(lib, pool, "alice");
  await step("forgot password", outcome((cbs) => forgetful.forgotPassword(cbs)));
  await step("confirm password with a wrong code", outcome((cbs) => forgetful.confirmPassword("000000", RESET, cbs)));
  const reset = await server.lastCode("alice");
  await step("confirm password", outcome((cbs) => forgetful.confirmPassword(reset, RESET, cbs)));
  const plainly = userOf(lib, pool, "alice");
  plainly.setAuthenticationFlowType("USER_PASSWORD_AUTH");
  await step("sign in with the old password", signIn(lib, plainly, CHANGED));
  await step("sign in with the new password", signIn(lib, plainly, RESET));
  await step("sign out everywhere", outcome((cbs) => plainly.globalSignOut(cbs)));

  await administer(server, new AdminCreateUserCommand({ Username: "bob", TemporaryPassword: "Temporary-1", MessageAction: "SUPPRESS" }));
  const bob = userOf(lib, pool, "bob");
  await step("first sign-in", signIn(lib, bob, "Temporary-1"));
  await step("a weak new password", outcome((cbs) => bob.completeNewPasswordChallenge("weak-password", {}, cbs)));
  const again = userOf(lib, pool, "bob");
  await step("first sign-in again", signIn(lib, again, "Temporary-1"));
  await step("the new password", outcome((cbs) => again.completeNewPasswordChallenge(PASSWORD, { email: "bob@example.com" }, cbs)));
  await step("delete user", called((cb) => again.deleteUser(cb)));
  await step("sign in after that", signIn(lib, userOf(lib, pool, "bob"), PASSWORD));

  await administer(server, new AdminSetUserPasswordCommand({ Username: "alice", Password: PASSWORD, Permanent: true }));
  const last = userOf(lib, pool, "alice");
  await step("sign in once more", signIn(lib, last, PASSWORD));
  await step("leave", called((cb) => last.deleteUser(cb)));
  return report;
}

function administer(server, command) {
  command.input.UserPoolId = server.userPoolId;
  return sdk(server).send(command);
}

/** What can be compared between two runs: an error's identity, a session's claims, other data with the random parts out. */
function plain(value) {
  if (value instanceof Error) return { name: value.name, code: value.code, message: value.message };
  if (typeof value?.getIdToken === "function") return { id: claims(value.getIdToken()), access: claims(value.getAccessToken()) };
  if (typeof value?.getName === "function") return plain(value.toJSON());
  if (typeof value?.getUsername === "function") return { user: value.getUsername() };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, name === "userSub" ? "<sub>" : plain(member)]));
  }
  return typeof value === "string" && /^[0-9a-f-]{36}$/.test(value) ? "<sub>" : value;
}

/** Which claims a token has. */
const claims = (token) => Object.keys(token.decodePayload()).sort();
