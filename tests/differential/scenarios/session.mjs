import { jwt, never, signedIn, tokens } from "../replies.mjs";
import { signIn } from "../sign-in.mjs";
import { CLIENT_ID } from "../stage.mjs";
import { NOW } from "../world.mjs";

const PREFIX = `CognitoIdentityServiceProvider.${CLIENT_ID}`;

/** What a signed-in user `alice` has in the storage. */
export function stored({ drift = "0", refreshToken = "refresh-token-1", ...options } = {}) {
  const { IdToken, AccessToken } = tokens(options);
  return {
    [`${PREFIX}.alice.idToken`]: IdToken,
    [`${PREFIX}.alice.accessToken`]: AccessToken,
    [`${PREFIX}.alice.refreshToken`]: refreshToken,
    [`${PREFIX}.alice.clockDrift`]: drift,
    [`${PREFIX}.LastAuthUser`]: "alice",
  };
}

/** `getSession` of a user with these entries in the storage, meeting these replies. */
const getting = (entries, ...replies) => async (t) => {
  const user = t.user("alice", { entries });
  t.reply(...replies);
  await t.step("getSession", () => user.getSession(t.callback()));
};

const without = (name, entries = stored()) => {
  const { [`${PREFIX}.alice.${name}`]: _, ...rest } = entries;
  return rest;
};

const EXPIRED = { issuedAt: NOW - 7200_000 };

export default {
  "nothing stored": getting({}),
  "no id token": getting(without("idToken")),
  "no access token": getting(without("accessToken"), signedIn({ refreshToken: null })),
  "no refresh token while valid": getting(without("refreshToken")),
  "no refresh token when expired": getting(without("refreshToken", stored(EXPIRED))),
  "an empty refresh token when expired": getting(stored({ ...EXPIRED, refreshToken: "" })),
  "tokens that are no tokens": getting({
    [`${PREFIX}.alice.idToken`]: "garbage",
    [`${PREFIX}.alice.accessToken`]: "garbage",
  }),
  async "no username"(t) {
    const user = t.user("");
    user.username = null;
    await t.step("getSession", () => user.getSession(t.callback()));
  },
  async "an empty username"(t) {
    const user = t.user("");
    await t.step("getSession", () => user.getSession(t.callback()));
  },
  async "a callback that throws"(t) {
    const user = t.user("alice", { entries: stored() });
    const thrower = t.callback(() => {
      throw new Error("the application's own bug");
    });
    await t.step("getSession", () => user.getSession(thrower));
    await t.step("again", () => user.getSession(t.callback()));
  },
  async "a callback that throws on failure"(t) {
    const user = t.user();
    const thrower = t.callback(() => {
      throw new Error("the application's own bug");
    });
    await t.step("getSession", () => user.getSession(thrower));
  },

  "valid in the storage": getting(stored()),
  "valid only thanks to the drift": getting(stored({ ...EXPIRED, drift: "7000" })),
  "expired because of the drift": getting(stored({ drift: "-4000" }), never()),
  "a drift of NaN": getting(stored({ drift: "NaN" })),
  "a drift with text after it": getting(stored({ drift: "12abc" })),
  "a hexadecimal drift": getting(stored({ drift: "0x10" })),
  "no drift": getting(without("clockDrift")),
  "expired exactly now": getting(stored({ issuedAt: NOW - 3600_000 }), signedIn({ refreshToken: null })),
  "expired in a second": getting(stored({ issuedAt: NOW - 3599_000 })),
  "expired: refreshed": getting(stored(EXPIRED), signedIn({ refreshToken: null })),
  "no expiry in the token": getting({ ...stored(), [`${PREFIX}.alice.idToken`]: jwt({ iat: 1 }) }, signedIn({ refreshToken: null })),

  async "client metadata goes along with the refresh"(t) {
    const user = t.user("alice", { entries: stored(EXPIRED) });
    t.reply(signedIn({ refreshToken: null }));
    await t.step("getSession", () => user.getSession(t.callback(), { clientMetadata: { source: "web" } }));
  },
  async "in memory and valid: the same object, at once"(t) {
    const user = await signIn(t);
    await t.step("getSession", () => user.getSession(t.callback((_, session) => t.note("same", session === user.signInUserSession))));
  },
  async "in memory and valid: the storage does not matter"(t) {
    const user = await signIn(t);
    user.storage.clear();
    await t.step("getSession", () => user.getSession(t.callback()));
  },
  async "in memory and expired: refreshed from the storage"(t) {
    const user = await signIn(t, signedIn({ lifetime: 60 }));
    t.now += 61_000;
    t.reply(signedIn({ issuedAt: t.now, refreshToken: null }));
    await t.step("getSession", () => user.getSession(t.callback()));
    await t.step("getSession again", () => user.getSession(t.callback()));
  },
  async "after a reload: getCurrentUser, then getSession"(t) {
    const Storage = t.storage(stored());
    const user = t.watch("user", t.pool({ Storage }).getCurrentUser());
    await t.step("getSession", () => user.getSession(t.callback()));
  },
  async "getSession from inside its own callback"(t) {
    const user = t.user("alice", { entries: stored() });
    const outer = t.callback(() => user.getSession(t.callback(undefined, "inner")), "outer");
    await t.step("getSession", () => user.getSession(outer));
  },
  async "another user constructed inside the callback"(t) {
    const user = t.user("alice", { entries: stored() });
    const callback = t.callback(() => {
      const { CognitoUser } = t.lib;
      new CognitoUser({ Username: "bob", Pool: user.pool, Storage: user.storage }).getSession(t.callback(undefined, "bob"));
    });
    await t.step("getSession", () => user.getSession(callback));
  },
};
