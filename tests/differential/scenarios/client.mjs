import { fails, ok, passwordVerifier, rejects, signedIn, tokens } from "../replies.mjs";
import { stored } from "./session.mjs";

const CALLBACKS = ["onSuccess", "onFailure"];

/** Replaces `pool.client.request` by a function that answers at once with these, in order. */
function answering(t, pool, ...answers) {
  pool.client.request = (operation, params, callback) => {
    t.note("asked", [operation, params]);
    return callback(...answers.shift());
  };
}

const body = (reply) => JSON.parse(reply.text);

export default {
  async "request, called by the application"(t) {
    const { client } = t.pool();
    t.reply(ok({ a: 1 }));
    await t.step("success", () => client.request("AnyOperation", { b: [2], none: undefined, nil: null }, t.callback()));
    t.reply(fails("AnyException", "text"));
    await t.step("service error", () => client.request("AnyOperation", {}, t.callback()));
    t.reply(rejects(new TypeError("fetch failed")));
    await t.step("network error", () => client.request("AnyOperation", {}, t.callback()));
  },
  async "its endpoint and options, replaced by the application"(t) {
    const pool = t.pool();
    pool.client.endpoint = "https://elsewhere.example.com/";
    pool.client.fetchOptions = { credentials: "omit", redirect: "error" };
    t.reply(ok());
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, t.callback()));
  },
  async "a sign-up answered at once"(t) {
    const pool = t.pool();
    answering(t, pool, [null, { UserConfirmed: true, UserSub: "sub-1" }]);
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, t.callback()));
  },
  async "an SRP sign-in answered at once"(t) {
    const user = t.user();
    answering(t, user.pool, [null, body(passwordVerifier())], [null, body(signedIn())]);
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "a refused password sign-in, answered at once"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    const error = Object.assign(new Error("Incorrect username or password."), { code: "NotAuthorizedException" });
    answering(t, user.pool, [error]);
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "attributes answered at once"(t) {
    const user = t.user("alice", { entries: stored() });
    await t.step("getSession", () => user.getSession(t.callback()));
    answering(t, user.pool, [null, { Username: "alice", UserAttributes: [{ Name: "sub", Value: "1" }] }]);
    await t.step("getUserAttributes", () => user.getUserAttributes(t.callback()));
  },
  async "an answer that a throwing callback gets"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    answering(t, user.pool, [null, { AuthenticationResult: tokens() }]);
    const onSuccess = () => {
      throw new Error("the application's own bug");
    };
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks("onFailure", { onSuccess })));
  },
};
