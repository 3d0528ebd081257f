// Departures of the smaller classes, and in how callbacks are called.

import { isDeepStrictEqual } from "node:util";
import { errors } from "../rewrite.mjs";

export const classes = [
  {
    id: "promise-errors",
    upstream: "`promisifyRequest`, `fetchUserData` and `getUserData` give a copy of the error, of a class that is not exported, with members that may be undefined.",
    ours: "They give the error itself, as callbacks get it.",
    why: "The copy loses `cause`, and an abort is no longer recognised.",
    expected: (trace) =>
      errors(trace, (error) => {
        if (error.error !== "CognitoError") return error;
        const { name, code, statusCode } = error.own;
        const given = Object.entries({ name, code, statusCode }).filter(([key, value]) => value !== undefined && value !== "Error");
        return { ...error, error: "Error", own: Object.fromEntries(given) };
      }),
  },
  {
    id: "context-once",
    upstream: "`AmazonCognitoAdvancedSecurityData.getData` is called twice for each request.",
    ours: "It is called once.",
    why: "It is slow, and twice says nothing more.",
    expected: (trace) => trace.filter((event, i) => !("getData" in event && isDeepStrictEqual(event, trace[i - 1]))),
  },
  {
    id: "missing-callback",
    upstream: "That `onSuccess` is missing is told to `onFailure`, that `onFailure` is missing becomes an unhandled rejection.",
    ours: "Either is an uncaught TypeError.",
    why: "It is the application's bug, not a failed request.",
    expected(trace, name) {
      if (!/: (onSuccess is missing|a callback object without any callback|associate: without associateSecretCode)$/.test(name)) return trace;
      return trace.map((event) => {
        const error = event.unhandledRejection ?? event.args?.[0];
        if (!error?.message?.endsWith("is not a function")) return event;
        return { uncaught: { ...error, message: error.message.replace("callback.", "callbacks.") } };
      });
    },
  },
  {
    id: "cookies-of-others",
    upstream: "`CookieStorage.clear` removes every cookie of the page.",
    ours: "It removes those whose names begin with `CognitoIdentityServiceProvider.`",
    why: "The others belong to somebody else.",
    expected(trace, name) {
      if (name !== "cookie-storage: clear") return trace;
      return trace
        .filter((event) => !/^(other|another)=;/.test(event.cookie))
        .map((event) => (Array.isArray(event.returned) ? { returned: ["1", "2", null] } : event));
    },
  },
  {
    id: "power-of-zero",
    upstream: "`BigInteger.modPow` does not call back when the exponent is zero.",
    ours: "It does.",
    why: "Who waits for the callback waits for ever.",
    expected(trace, name) {
      if (name !== "big-integer: modPow: an exponent of zero") return trace;
      const at = trace.findIndex((event) => "returned" in event);
      const called = { callback: "callback", this: undefined, args: [null, trace[at].returned] };
      return [...trace.slice(0, at), called, ...trace.slice(at)];
    },
  },
  {
    id: "retry-at-once",
    upstream: "`requestWithRetry` calls back later, even if the application replaced `request` by a function that calls back at once.",
    ours: "It calls back when `request` does.",
    why: "A detour through promises would only cost size.",
    expected(trace, name) {
      if (!name.startsWith("client-requests: retry: through the request") && !name.startsWith("client-requests: retry: an error marked")) return trace;
      const returned = trace.findIndex((event) => "returned" in event);
      const { [returned]: event, [returned + 1]: next } = trace;
      return [...trace.slice(0, returned), next, event, ...trace.slice(returned + 2)];
    },
  },
];
