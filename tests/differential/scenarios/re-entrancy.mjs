import { fails, ok, passwordVerifier, signedIn } from "../replies.mjs";
import { signIn } from "../sign-in.mjs";
import { stored } from "./session.mjs";

const CALLBACKS = ["onSuccess", "onFailure"];

export default {
  async "onSuccess calls the same user"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), signedIn(), ok({ Username: "alice", UserAttributes: [{ Name: "sub", Value: "1" }] }));
    const callbacks = t.callbacks("onFailure", {
      onSuccess() {
        user.getSession(t.callback(undefined, "getSession"));
        user.getUserAttributes(t.callback(undefined, "getUserAttributes"));
        user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
      },
    });
    await t.step("sign in", () => user.authenticateUser(t.details(), callbacks));
  },
  async "onFailure tries again"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), fails("NotAuthorizedException", "Incorrect username or password."), passwordVerifier(), signedIn());
    const callbacks = t.callbacks("onSuccess", {
      onFailure() {
        user.authenticateUser(t.details(), t.callbacks(...CALLBACKS));
      },
    });
    await t.step("sign in", () => user.authenticateUser(t.details({ Password: "wrong" }), callbacks));
  },
  async "the storage calls the same user"(t) {
    const user = t.user();
    const { setItem } = user.storage;
    user.storage.setItem = function (key, value) {
      t.note("seen while writing", [user.getUsername(), user.getAuthenticationFlowType(), user.getSignInUserSession() !== null]);
      setItem.call(this, key, value);
    };
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "a storage that signs out while it is read"(t) {
    const user = t.user("alice", { entries: stored() });
    const { getItem } = user.storage;
    let done = false;
    user.storage.getItem = function (key) {
      if (!done) {
        done = true;
        user.signOut();
      }
      return getItem.call(this, key);
    };
    await t.step("getSession", () => user.getSession(t.callback()));
  },
  async "two sign-ins of one user under way"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn({ refreshToken: "first" }), signedIn({ refreshToken: "second" }));
    await t.step("both", () => {
      user.authenticateUser(t.details(), t.callbacks(...CALLBACKS));
      user.authenticateUser(t.details(), t.callbacks(...CALLBACKS));
    });
  },
  async "two users share pool, storage, details and callbacks"(t) {
    const alice = t.user();
    const { CognitoUser } = t.lib;
    const bob = t.watch("bob", new CognitoUser({ Username: "bob", Pool: alice.pool, Storage: alice.storage }));
    const details = t.details();
    const callbacks = t.callbacks(...CALLBACKS);
    for (const user of [alice, bob]) user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn(), signedIn({ refreshToken: "of bob" }));
    await t.step("both", () => {
      alice.authenticateUser(details, callbacks);
      bob.authenticateUser(details, callbacks);
    });
    await t.step("alice signs out", () => alice.signOut());
    await t.step("bob stays", () => bob.getSession(t.callback()));
  },
  async "a user dropped while the request is under way"(t) {
    const pool = t.pool();
    t.reply(passwordVerifier(), signedIn());
    await t.step("sign in", () => {
      const user = new t.lib.CognitoUser({ Username: "alice", Pool: pool, Storage: pool.storage });
      user.authenticateUser(t.details(), t.callbacks(...CALLBACKS));
    });
    await t.step("found again", () => pool.getCurrentUser().getSession(t.callback()));
  },
  async "a field written while the request is under way"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), signedIn());
    await t.step("sign in", () => {
      user.authenticateUser(t.details(), t.callbacks(...CALLBACKS));
      user.username = "written from outside";
      user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    });
  },
  async "a pool of the application's own making"(t) {
    const real = t.pool();
    const Pool = { client: real.client, getClientId: () => "duck-client", getUserPoolName: () => "Example01", getUserContextData: () => undefined };
    const user = t.watch("user", new t.lib.CognitoUser({ Username: "alice", Pool, Storage: real.storage }));
    t.reply(passwordVerifier(), signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "the same after many failures"(t) {
    const user = await signIn(t);
    for (let i = 0; i < 5; i += 1) {
      t.reply(fails("NotAuthorizedException", "Incorrect username or password."));
      await t.step(`try ${i}`, () => user.changePassword("a", "b", t.callback()));
    }
    await t.step("still signed in", () => user.getSession(t.callback()));
  },
};
