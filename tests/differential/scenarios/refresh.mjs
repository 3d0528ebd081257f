import { challenge, fails, ok, page, rejects, signedIn } from "../replies.mjs";
import { signIn } from "../sign-in.mjs";
import { CLIENT_ID } from "../stage.mjs";
import { stored } from "./session.mjs";

const PREFIX = `CognitoIdentityServiceProvider.${CLIENT_ID}`;
const REVOKED = fails("NotAuthorizedException", "Refresh Token has been revoked");
const NETWORK = () => rejects(new TypeError("fetch failed"));
const six = (reply) => Array.from({ length: 6 }, () => reply);

const token = (t, RefreshToken = "refresh-token-1") => new t.lib.CognitoRefreshToken({ RefreshToken });

/** `refreshSession` of a user with a stored session meets these replies. */
const refreshing = (...replies) => async (t) => {
  const user = t.user("alice", { entries: stored() });
  t.reply(...replies);
  await t.step("refreshSession", () => user.refreshSession(token(t), t.callback()));
};

export default {
  "refused every time": refreshing(...six(REVOKED)),
  "a service error every time": refreshing(...six(fails("UserNotFoundException", "User does not exist."))),
  "throttled every time": refreshing(...six(fails("TooManyRequestsException", "Rate exceeded"))),
  "no network every time": refreshing(...Array.from({ length: 6 }, NETWORK)),
  "HTML page every time": refreshing(...six(page(502))),
  "an internal error every time": refreshing(...six(fails("InternalErrorException", "Internal server error", { status: 500 }))),
  "no network, then success": refreshing(NETWORK(), NETWORK(), signedIn({ refreshToken: null })),
  "an internal error, then success": refreshing(
    fails("InternalErrorException", "Internal server error", { status: 500 }),
    signedIn({ refreshToken: null }),
  ),
  "throttled, then success": refreshing(fails("TooManyRequestsException", "Rate exceeded"), signedIn({ refreshToken: null })),
  "HTML page, then refused": refreshing(page(503), ...six(REVOKED).slice(1)),
  "success without JSON": refreshing(page(200)),
  "an answer without tokens": refreshing(ok({})),
  "a challenge": refreshing(challenge("SMS_MFA", {})),

  success: refreshing(signedIn({ refreshToken: null })),
  "a new refresh token in the answer": refreshing(signedIn({ refreshToken: "refresh-token-2" })),
  "an empty refresh token in the answer": refreshing(signedIn({ refreshToken: "" })),

  async "client metadata"(t) {
    const user = t.user("alice", { entries: stored() });
    t.reply(signedIn({ refreshToken: null }));
    await t.step("refreshSession", () => user.refreshSession(token(t), t.callback(), { source: "web" }));
  },
  async "the stored device key goes along"(t) {
    const user = t.user("alice", { entries: { ...stored(), [`${PREFIX}.alice.deviceKey`]: "device-1" } });
    t.reply(signedIn({ refreshToken: null }));
    await t.step("refreshSession", () => user.refreshSession(token(t), t.callback()));
  },
  async "a storage that knows undefined"(t) {
    const user = t.user("alice", { entries: stored() });
    const { getItem } = user.storage;
    user.storage.getItem = (key) => getItem.call(user.storage, key) ?? undefined;
    t.reply(signedIn({ refreshToken: null }));
    await t.step("refreshSession", () => user.refreshSession(token(t), t.callback()));
  },
  async "nobody was last"(t) {
    const user = t.user();
    t.reply(signedIn({ refreshToken: null }));
    await t.step("refreshSession", () => user.refreshSession(token(t), t.callback()));
  },
  async "somebody else was last"(t) {
    const user = t.user("bob", { entries: { ...stored(), [`${PREFIX}.alice.deviceKey`]: "device-of-alice" } });
    t.reply(signedIn({ refreshToken: null }));
    await t.step("refreshSession", () => user.refreshSession(token(t, "refresh-token-of-bob"), t.callback()));
  },
  async "a token of the application's own making"(t) {
    const user = t.user("alice", { entries: stored() });
    t.reply(signedIn({ refreshToken: null }));
    await t.step("refreshSession", () => user.refreshSession({ getToken: () => "duck-typed" }, t.callback()));
  },
  async "the pool's wrapper is round the callback"(t) {
    const Storage = t.storage(stored());
    const wrapped = [];
    const wrap = (callback) => {
      wrapped.push(callback);
      return (error, session) => {
        t.note("wrapper saw", [error, session === null]);
        callback(error, session);
      };
    };
    const pool = t.pool({ Storage }, wrap);
    const user = t.watch("user", new t.lib.CognitoUser({ Username: "alice", Pool: pool, Storage }));
    t.reply(signedIn({ refreshToken: null }));
    const callback = t.callback();
    await t.step("refreshSession", () => user.refreshSession(token(t), callback));
    await t.step("wrapped once, the given callback", () => [wrapped.length, wrapped[0] === callback]);
  },
  async "the wrapper sees a failure too"(t) {
    const Storage = t.storage(stored());
    const pool = t.pool({ Storage }, (callback) => (error, session) => {
      t.note("wrapper saw", [error, session]);
      callback(error, session);
    });
    const user = new t.lib.CognitoUser({ Username: "alice", Pool: pool, Storage });
    t.reply(...Array.from({ length: 6 }, NETWORK));
    await t.step("refreshSession", () => user.refreshSession(token(t), t.callback()));
  },
  async "a callback that throws"(t) {
    const user = t.user("alice", { entries: stored() });
    t.reply(signedIn({ refreshToken: null }));
    const thrower = t.callback((error) => {
      if (error === null) throw new Error("the application's own bug");
    });
    await t.step("refreshSession", () => user.refreshSession(token(t), thrower));
  },
  async "two at once"(t) {
    const user = t.user("alice", { entries: stored({ issuedAt: t.now - 7200_000 }) });
    t.reply(signedIn({ refreshToken: null }), signedIn({ refreshToken: null }));
    await t.step("both", () => {
      user.getSession(t.callback(undefined, "first"));
      user.getSession(t.callback(undefined, "second"));
    });
  },
  async "two at once: refused"(t) {
    const user = t.user("alice", { entries: stored({ issuedAt: t.now - 7200_000 }) });
    t.reply(...Array.from({ length: 12 }, () => REVOKED));
    await t.step("both", () => {
      user.getSession(t.callback(undefined, "first"));
      user.getSession(t.callback(undefined, "second"));
    });
  },
  async "two objects of one user at once"(t) {
    const user = t.user("alice", { entries: stored({ issuedAt: t.now - 7200_000 }) });
    const again = t.watch("again", user.pool.getCurrentUser());
    t.reply(signedIn({ refreshToken: null }), signedIn({ refreshToken: null }));
    await t.step("both", () => {
      user.getSession(t.callback(undefined, "first"));
      again.getSession(t.callback(undefined, "second"));
    });
  },
  async "one after the other"(t) {
    const user = t.user("alice", { entries: stored() });
    t.reply(signedIn({ refreshToken: "refresh-token-2" }), signedIn({ refreshToken: "refresh-token-3" }));
    await t.step("first", () => user.refreshSession(token(t), t.callback()));
    await t.step("second", () => user.refreshSession(user.getSignInUserSession().getRefreshToken(), t.callback()));
  },
  async "from inside its own callback"(t) {
    const user = t.user("alice", { entries: stored() });
    t.reply(signedIn({ refreshToken: "refresh-token-2" }), signedIn({ refreshToken: null }));
    const again = t.callback((_, session) => user.refreshSession(session.getRefreshToken(), t.callback(undefined, "inner")), "outer");
    await t.step("refreshSession", () => user.refreshSession(token(t), again));
  },
  async "with other client metadata at the same time"(t) {
    const user = t.user("alice", { entries: stored() });
    t.reply(signedIn({ refreshToken: null }), signedIn({ refreshToken: null }));
    await t.step("both", () => {
      user.refreshSession(token(t), t.callback(undefined, "first"), { source: "a" });
      user.refreshSession(token(t, "another-token"), t.callback(undefined, "second"), { source: "b" });
    });
  },
  async "signed out while it is under way"(t) {
    const user = await signIn(t);
    t.reply(signedIn({ refreshToken: null }));
    await t.step("refreshSession, then signOut", () => {
      user.refreshSession(token(t), t.callback());
      user.signOut();
    });
  },
};
