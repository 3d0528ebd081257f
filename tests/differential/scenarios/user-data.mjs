import { fails, ok, page, rejects, signedIn } from "../replies.mjs";
import { restored } from "../sign-in.mjs";
import { CLIENT_ID } from "../stage.mjs";

const KEY = `CognitoIdentityServiceProvider.${CLIENT_ID}.alice.userData`;
const DATA = { Username: "alice", UserAttributes: [{ Name: "email", Value: "alice@example.com" }], PreferredMfaSetting: "SOFTWARE_TOKEN_MFA" };
const CACHED = { [KEY]: JSON.stringify({ Username: "alice", UserAttributes: [], cached: true }) };
const NETWORK = () => rejects(new TypeError("fetch failed"));
const REVOKED = fails("NotAuthorizedException", "Access Token has been revoked");
const refreshed = () => signedIn({ refreshToken: null });

/** `getUserData` with these entries in the storage and these parameters meets these replies. */
const getting = (entries, params, ...replies) => async (t) => {
  const user = await restored(t, { entries });
  t.reply(...replies);
  await t.step("getUserData", () => user.getUserData(t.callback(), params));
};

const BYPASS = { bypassCache: true };

/** What a promise of the package came to, in the trace. */
const outcome = (t, promise) =>
  promise.then(
    (value) => t.note("resolved", value),
    (error) => t.note("rejected", error),
  );

export default {
  "nothing cached": getting({}, undefined, ok(DATA)),
  "nothing cached: revoked": getting({}, undefined, REVOKED),
  "nothing cached: network error": getting({}, undefined, NETWORK()),
  "nothing cached: HTML page": getting({}, undefined, page(502)),
  "nothing cached: error named in a header": getting({}, undefined, page(503, "", { "x-amzn-errortype": "ServiceUnavailable:http://internal/" })),
  "nothing cached: success without JSON": getting({}, undefined, page(200)),
  "nothing cached: bypassing": getting({}, BYPASS, ok(DATA)),
  "cached": getting(CACHED, undefined),
  "cached: null for parameters": getting(CACHED, null),
  "cached: not bypassing": getting(CACHED, { bypassCache: false }),
  "cached: no JSON": getting({ [KEY]: "{" }, undefined),
  "cached: an empty text": getting({ [KEY]: "" }, undefined, ok(DATA)),
  "cached: a JSON scalar": getting({ [KEY]: "12" }, undefined),
  "cached: bypassing refreshes too": getting(CACHED, BYPASS, ok(DATA), refreshed()),
  "cached: bypassing with client metadata": getting(CACHED, { bypassCache: true, clientMetadata: { source: "web" } }, ok(DATA), refreshed()),
  "cached: bypassing, something truthy": getting(CACHED, { bypassCache: "yes" }, ok(DATA), refreshed()),
  "cached: bypassing, keeping the tokens": getting(CACHED, { bypassCache: true, keepTokens: true }, ok(DATA), refreshed()),
  "cached: bypassing, revoked": getting(CACHED, BYPASS, REVOKED),
  "cached: bypassing, the refresh is refused": getting(
    CACHED,
    BYPASS,
    ok(DATA),
    ...Array.from({ length: 6 }, () => fails("NotAuthorizedException", "Refresh Token has been revoked")),
  ),
  "cached: bypassing, no network for the refresh": getting(CACHED, BYPASS, ok(DATA), ...Array.from({ length: 6 }, NETWORK)),
  async "cached: bypassing without a refresh token"(t) {
    const user = await restored(t, { entries: CACHED, refreshToken: "" });
    t.reply(ok(DATA));
    await t.step("getUserData", () => user.getUserData(t.callback(), BYPASS));
  },
  async "not signed in: the cache goes"(t) {
    const user = t.user("alice", { entries: CACHED });
    await t.step("getUserData", () => user.getUserData(t.callback()));
  },
  async "expired: the cache goes"(t) {
    const user = await restored(t, { entries: CACHED, lifetime: 60 });
    t.now += 61_000;
    await t.step("getUserData", () => user.getUserData(t.callback()));
  },
  async "twice: the second comes from the cache"(t) {
    const user = await restored(t);
    t.reply(ok(DATA));
    await t.step("first", () => user.getUserData(t.callback()));
    await t.step("second", () => user.getUserData(t.callback()));
  },
  async "a new sign-in empties the cache"(t) {
    const user = await restored(t, { entries: CACHED });
    await t.step("setSignInUserSession", () => user.setSignInUserSession(user.getSignInUserSession()));
    await t.step("from the cache", () => user.getUserDataFromCache());
  },
  async "a callback that throws: fetched"(t) {
    const user = await restored(t);
    t.reply(ok(DATA));
    let thrown = false;
    const thrower = t.callback(() => {
      if (thrown) return;
      thrown = true;
      throw new Error("the application's own bug");
    });
    await t.step("getUserData", () => user.getUserData(thrower));
  },
  async "a callback that throws: cached"(t) {
    const user = await restored(t, { entries: CACHED });
    let thrown = false;
    const thrower = t.callback(() => {
      if (thrown) return;
      thrown = true;
      throw new Error("the application's own bug");
    });
    await t.step("getUserData", () => user.getUserData(thrower));
  },
  async "a callback of somebody else's promise library"(t) {
    const user = await restored(t);
    t.reply(ok(DATA));
    await t.step("getUserData", () => {
      new Promise((resolve, reject) => user.getUserData((error, data) => (error ? reject(error) : resolve(data)))).then(t.callback(undefined, "then"));
    });
  },
  async "a full storage"(t) {
    const user = await restored(t);
    user.storage.full = new Error("The quota has been exceeded.");
    t.reply(ok(DATA));
    await t.step("getUserData", () => user.getUserData(t.callback()));
  },

  async "isFetchUserDataAndTokenRequired"(t) {
    const user = t.user();
    for (const params of [undefined, null, {}, { bypassCache: false }, { bypassCache: true }, { bypassCache: 1 }, { bypassCache: undefined }]) {
      await t.step(JSON.stringify(params) ?? "undefined", () => user.isFetchUserDataAndTokenRequired(params));
    }
  },
  async "getUserDataFromCache"(t) {
    const user = t.user("alice", { entries: CACHED });
    await t.step("text", () => user.getUserDataFromCache());
    await t.step("cleared", () => user.clearCachedUserData());
    await t.step("nothing", () => user.getUserDataFromCache());
    await t.step("cached", () => user.cacheUserData({ any: ["thing", null] }));
    await t.step("text again", () => user.getUserDataFromCache());
    await t.step("cached undefined", () => user.cacheUserData(undefined));
  },
  async "userDataKey written from outside"(t) {
    const user = await restored(t);
    t.reply(ok(DATA));
    await t.step("getUserData", () => {
      user.userDataKey = "another.key";
      user.getUserData(t.callback());
    });
    await t.step("from the cache", () => user.getUserDataFromCache());
  },

  async "createGetUserRequest: success"(t) {
    const user = await restored(t);
    t.reply(ok(DATA));
    await t.step("request", () => void outcome(t, user.createGetUserRequest()));
  },
  async "createGetUserRequest: refused"(t) {
    const user = await restored(t);
    t.reply(REVOKED);
    await t.step("request", () => void outcome(t, user.createGetUserRequest()));
  },
  async "createGetUserRequest: not signed in"(t) {
    const user = t.user();
    await t.step("request", () => void outcome(t, user.createGetUserRequest()));
  },
  async "createGetUserRequest: an expired session is used"(t) {
    const user = await restored(t, { lifetime: 60 });
    t.now += 61_000;
    t.reply(fails("NotAuthorizedException", "Access Token has expired"));
    await t.step("request", () => void outcome(t, user.createGetUserRequest()));
  },
  async "fetchUserData: success"(t) {
    const user = await restored(t);
    t.reply(ok(DATA));
    await t.step("fetch", () => void outcome(t, user.fetchUserData()));
  },
  async "fetchUserData: network error"(t) {
    const user = await restored(t);
    t.reply(NETWORK());
    await t.step("fetch", () => void outcome(t, user.fetchUserData()));
  },
  async "refreshSessionIfPossible: success"(t) {
    const user = await restored(t);
    t.reply(refreshed());
    await t.step("refresh", () => void outcome(t, user.refreshSessionIfPossible({ clientMetadata: { source: "web" } })));
  },
  async "refreshSessionIfPossible: refused"(t) {
    const user = await restored(t);
    t.reply(...Array.from({ length: 6 }, () => fails("NotAuthorizedException", "Refresh Token has been revoked")));
    await t.step("refresh", () => void outcome(t, user.refreshSessionIfPossible()));
  },
  async "refreshSessionIfPossible: no refresh token"(t) {
    const user = await restored(t, { refreshToken: "" });
    await t.step("refresh", () => void outcome(t, user.refreshSessionIfPossible()));
  },
  async "refreshSessionIfPossible: not signed in"(t) {
    const user = t.user();
    await t.step("refresh", () => void outcome(t, user.refreshSessionIfPossible()));
  },
};
