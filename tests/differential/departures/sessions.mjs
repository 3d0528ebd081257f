// Departures in what a session is: where it is kept, how it is renewed, how it ends.

import { isExchange, texts, users } from "../rewrite.mjs";

const PREFIX = "CognitoIdentityServiceProvider.1example23456789client";

/** What goes when a user signs out, in upstream's order. */
const CLEARED = ["alice.idToken", "alice.accessToken", "alice.refreshToken", "LastAuthUser", "alice.clockDrift", "alice.userData"];

export const sessions = [
  {
    id: "empty-refresh-token",
    upstream: "An empty `RefreshToken` in the answer to a refresh replaces the one in use.",
    ours: "The one in use is kept.",
    why: "The session could not be refreshed again.",
    expected(trace, name) {
      if (name !== "refresh: an empty refresh token in the answer") return trace;
      const kept = "refresh-token-1";
      return texts(trace, (text) => (text === "" ? kept : text.replaceAll('{"token":""}', `{"token":"${kept}"}`)));
    },
  },
  {
    id: "keep-tokens",
    upstream: "`getUserData` with `bypassCache` renews the tokens too.",
    ours: "Not with `keepTokens` beside it.",
    why: "The renewal costs a request, and runs the pool's triggers.",
    expected(trace, name) {
      if (name !== "user-data: cached: bypassing, keeping the tokens") return trace;
      const renewal = trace.findLastIndex((event) => "request" in event);
      const kept = [...trace.slice(0, renewal), ...trace.slice(trace.findLastIndex((event) => "callback" in event))];
      return users(kept, (members) => ({ ...members, deviceKey: undefined }));
    },
  },
  {
    id: "fail-fast",
    upstream: "Refresh and revocation are tried six times within 6.5 seconds whatever the error.",
    ours: "An error that the service means (4xx, throttling aside) is reported at once; no network, 5xx and throttling are tried again as upstream does.",
    why: "A revoked token stays revoked: the user waits for nothing.",
    expected(trace) {
      const refused = trace.findIndex(
        (event) => event.answered >= 400 && event.answered < 500 && event.type !== "TooManyRequestsException",
      );
      if (refused === -1) return trace;
      const length = trace.slice(refused + 1).findIndex((event) => !isExchange(event) && !("returned" in event));
      const after = trace.slice(refused + 1, refused + 1 + length);
      if (!after.some((event) => "timer" in event)) return trace;
      return trace.filter((event, i) => i <= refused || i > refused + length || !isExchange(event));
    },
  },
  {
    id: "single-flight",
    upstream: "Two callers who refresh at the same time make two requests.",
    ours: "They share one; each callback gets the session.",
    why: "With rotation the second request would end the session; without it, it is waste.",
    expected(trace, name) {
      if (!/^refresh: two (objects of one user )?at once/.test(name)) return trace;
      const second = trace.findLastIndex((event) => "request" in event);
      return trace.filter((_, i) => i !== second && i !== second + 1);
    },
  },
  {
    id: "own-username",
    upstream: "`refreshSession` takes over the name and the device of whoever signed in last, and stores the new tokens under that name.",
    ours: "It refreshes its own user.",
    why: "One user's tokens ended up under another's name.",
    expected(trace, name) {
      if (name !== "refresh: somebody else was last") return trace;
      const bobs = texts(trace, (text) =>
        text.replace(/client\.alice\.(?!deviceKey)/g, "client.bob.").replace('"device-of-alice"', "null"),
      );
      const lastAuthUser = `${PREFIX}.LastAuthUser`;
      const stored = bobs.map((event, i) => {
        if (event.setItem === lastAuthUser) return { ...event, value: "bob" };
        if (!("storage" in event)) return event;
        const alices = { ...trace[i].storage, [`${PREFIX}.alice.refreshToken`]: "refresh-token-1" };
        return { ...event, storage: { ...alices, ...event.storage, [lastAuthUser]: "bob" } };
      });
      return users(stored, (members) => ({ ...members, username: "bob", deviceKey: null }));
    },
  },
  {
    id: "pool-memory",
    upstream: "Where there is no `window`, all pools and users without a storage of their own share one memory.",
    ours: "Each pool object has a memory, which its users share.",
    why: "On a server, one visitor was found signed in as another.",
    expected: (trace, name) =>
      name === "storage: default: no window, another pool" ? silent(trace, "found again") : trace,
  },
  {
    id: "sign-out-first",
    upstream: "`signOut(callback)` refreshes an expired session, then revokes it, then clears it; when the refresh fails nothing is cleared.",
    ours: "It clears the session at once, then revokes the refresh token.",
    why: "Who signs out is signed out, whatever the network does.",
    expected(trace, name) {
      if (!name.startsWith("sign-out: with a callback")) return trace;
      const end = trace.findIndex((event) => "after" in event);
      const ending = trace.slice(1, end).filter((event) => !("removeItem" in event || "setItem" in event));
      const revocations = ending.some(isRevocation)
        ? ending.slice(ending.findIndex(isRevocation)).filter((event) => !("returned" in event))
        : ending.map((event) => ("request" in event ? { request: revocation(event.request) } : event)).filter((event) => !("returned" in event));
      const answered = revocations.findIndex((event) => !isExchange(event) || "timer" in event);
      const returns = name.endsWith("not signed in") || name.endsWith("cannot be revoked") ? revocations.length : answered;
      const cleared = trace.slice(end).map((event) => ("storage" in event ? { ...event, storage: {} } : event));
      return users(
        [
          trace[0],
          ...CLEARED.map((key) => ({ removeItem: `${PREFIX}.${key}` })),
          ...revocations.slice(0, returns),
          { returned: undefined },
          ...revocations.slice(returns),
          ...cleared,
        ],
        (members) => ({ ...members, signInUserSession: null, deviceKey: members.deviceKey ?? undefined }),
      );
    },
  },
];

/** The trace with nothing called back, or returned, in this step. */
function silent(trace, step) {
  const start = trace.findIndex((event) => event.step === step);
  const end = trace.findIndex((event, i) => i > start && "step" in event);
  return [...trace.slice(0, start + 1), { returned: undefined }, ...trace.slice(end)];
}

function isRevocation(event) {
  return event.request?.headers["X-Amz-Target"].endsWith(".RevokeToken") ?? false;
}

/** The revocation of the stored refresh token, in the place of another request. */
function revocation(request) {
  const headers = { ...request.headers, "X-Amz-Target": "AWSCognitoIdentityProviderService.RevokeToken" };
  return { ...request, headers, body: '{"Token":"refresh-token-1","ClientId":"1example23456789client"}' };
}
