// Where our package deliberately behaves otherwise than upstream's. Everything else is compared
// exactly. Each row says what differs and why, and turns the trace of upstream into the trace that
// ours must have; a row that changes no scenario's trace is an error.

import { isDeepStrictEqual } from "node:util";
import { challenges, withoutDeviceParameters } from "./departures/challenges.mjs";
import { classes } from "./departures/classes.mjs";
import { sessions } from "./departures/sessions.mjs";
import { coded, errors, isExchange, texts, users } from "./rewrite.mjs";

/**
 * @typedef {object} Departure
 * @property {string} id
 * @property {string} upstream what upstream does
 * @property {string} ours what our package does
 * @property {string} why
 * @property {(trace: object[], name: string) => object[]} expected upstream's trace, made into ours
 */

const PREFIX = "CognitoIdentityServiceProvider.1example23456789client";

/** Upstream's signatures of the password `undefined` and of an empty one. */
const SIGNATURES = {
  undefined: "FM4iq5x6Xk8ySbusfVQWgJVqCcUm9KsVQqbG34u0Da8=",
  empty: "ERvNgizn77+ZBa0nkDY2/gU5hHKoR49jzSrJwcCGNko=",
};

const NO_TOKENS = coded("UnexpectedResponse", "Unexpected response of the service: neither tokens nor a challenge");

const INVALID_VALUE = coded("InvalidServerValue", "SRP refuses a value of the service");

/** @type {Departure[]} */
export const departures = [
  ...challenges,
  {
    id: "status-code",
    upstream: "A service error has `name`, `code` and `message`.",
    ours: "It has `statusCode`, the HTTP status, beside them.",
    why: "Applications want to tell 400 from 500.",
    expected: (trace) =>
      errors(trace, (error, status) =>
        error.own.code !== undefined && error.own.code === error.name && status >= 400
          ? { ...error, own: { ...error.own, statusCode: status } }
          : error,
      ),
  },
  {
    id: "no-service-error",
    upstream: "An error answer without an error type (a proxy's page, an outage) becomes a TypeError about `split`.",
    ours: "It becomes an error with the code `UnknownError`, the HTTP status as message, and `statusCode`.",
    why: "The TypeError says nothing of what happened and looks like the application's own bug.",
    expected: (trace) =>
      errors(trace, (error, status) =>
        error.message.endsWith("(reading 'split')") ? coded("UnknownError", String(status), { statusCode: status }) : error,
      ),
  },
  {
    id: "no-junk-tokens",
    upstream: "An unknown challenge, or a success without tokens, is taken for a sign-in: empty tokens are stored, then `onFailure` gets a TypeError.",
    ours: "`onFailure` gets an error with the code `UnsupportedChallenge` (which names the challenge, and `user.Session` is set to answer it) or `UnexpectedResponse`; nothing is stored.",
    why: "The empty tokens overwrite a good session, and the TypeError hides the cause.",
    expected(trace) {
      const junk = trace.findIndex((event) => event.args?.[0]?.message?.endsWith("(reading 'NewDeviceMetadata')"));
      if (junk === -1) return trace;
      const kept = trace.filter((event, i) => i < junk - 5 || i >= junk || !("setItem" in event));
      const challenge = trace.findLast((event) => event.user)?.user.members.challengeName;
      const error = challenge ? coded("UnsupportedChallenge", `Unsupported challenge: ${challenge}`) : NO_TOKENS;
      const named = errors(kept, (old) => (old.message.endsWith("(reading 'NewDeviceMetadata')") ? error : old));
      const stored = named.map((event) => ("storage" in event ? { ...event, storage: {} } : event));
      const told = stored.findIndex((event) => isDeepStrictEqual(event.args?.[0], error));
      const asked = challenge ? { Session: "session-2" } : {};
      const failed = users(stored.slice(told), (members) => ({ ...members, ...asked, signInUserSession: null, challengeName: undefined }));
      return [...stored.slice(0, told), ...failed];
    },
  },
  {
    id: "malformed-answers",
    upstream: "An answer that lacks a member or has broken JSON in one ends in a TypeError or SyntaxError of the engine.",
    ours: "It ends in an error with the code `UnexpectedResponse` that says what is missing; absent attributes are none, absent parameters null.",
    why: "As above.",
    expected(trace, name) {
      if (name.startsWith("user-data: ")) return trace;
      if (name === "devices: known: no parameters") return withoutDeviceParameters(trace);
      if (name === "custom-auth: without SRP: a question without parameters") return calledWith(trace, "customChallenge", [null]);
      if (name === "mfa: asked: without parameters") return calledWith(trace, "mfaRequired", ["SMS_MFA", null]);
      const missing = (what) => coded("UnexpectedResponse", `Unexpected response of the service: ${what}`);
      if (name === "attributes: get: answer without attributes") return calledWith(trace, "callback", [null, []]);
      if (name === "sign-in-srp: a temporary password without parameters") {
        return calledWith(trace, "onFailure", [null, []], "newPasswordRequired");
      }
      return errors(trace, (error) => {
        if (error.error === "SyntaxError") return missing("attributes are not JSON");
        if (error.message === "Cannot convert undefined or null to object") return NO_TOKENS;
        if (!error.message.endsWith("(reading 'USER_ID_FOR_SRP')")) return error;
        return name === "sign-in-srp: no challenge parameters" ? missing("a parameter of PASSWORD_VERIFIER is missing") : NO_TOKENS;
      });
    },
  },
  {
    id: "srp-values",
    upstream: "`SRP_B` and `SALT` are read leniently; only a `B` of zero is refused.",
    ours: "A `B` that is no hexadecimal number between 1 and N - 1, or an empty salt, is refused with the code `InvalidServerValue`; no proof is sent.",
    why: "A proof for values that no honest server sends can only help an attacker.",
    expected(trace, name) {
      if (name === "devices: known: B of zero") return errors(trace, () => INVALID_VALUE);
      if (!/^sign-in-srp: (B of zero|B that is no hexadecimal|empty B|empty salt)$/.test(name)) return trace;
      const firstAnswer = trace.findIndex((event) => "answered" in event);
      const withoutProof = trace.filter((event, i) => i <= firstAnswer || !isExchange(event));
      return errors(withoutProof, () => INVALID_VALUE);
    },
  },
  {
    id: "callback-throws",
    upstream: "When a callback throws, the exception is given to the same callbacks again as if the request had failed.",
    ours: "Every callback is called once; its exception is thrown again where nobody catches it, as from an event handler.",
    why: "An application's bug in `onSuccess` is not a failed sign-in.",
    expected(trace, name) {
      const thrown = trace.findIndex((event) => "callbackThrew" in event);
      if (thrown === -1) return trace;
      const error = trace[thrown].callbackThrew;
      if (name === "user-data: a callback that throws: cached") return thrownAtOnce(trace, thrown);
      const end = trace.findIndex((event, i) => i > thrown && "after" in event);
      const again = trace.findIndex((event, i) => i > thrown && i < end && "callback" in event);
      if (again === -1) return trace;
      return [...trace.slice(0, thrown + 1), { uncaught: error }, ...trace.slice(again + 1)];
    },
  },
  {
    id: "fetch-throws",
    upstream: "When `fetch` itself or the source of randomness throws, the method throws.",
    ours: "The callback gets the error.",
    why: "Who gives a callback expects every failure there.",
    expected(trace, name) {
      if (!/: (fetch throws|no randomness)$/.test(name)) return trace;
      return trace.flatMap((event) => {
        if (!("threw" in event)) return [event];
        if (name.endsWith("randomness")) {
          return [{ callback: "onFailure", this: "the callbacks object", args: [event.threw] }, { returned: "what onFailure returns" }];
        }
        const called = /^(sign-up|guards): /.test(name)
          ? { callback: "callback", this: undefined, args: [event.threw, null] }
          : { callback: "onFailure", this: "the callbacks object", args: [event.threw] };
        return [{ returned: undefined }, called];
      });
    },
  },
  {
    id: "no-password",
    upstream: "With SRP, a password that is missing is proved as the text `undefined`.",
    ours: "It is refused before any request, as USER_PASSWORD_AUTH does it; in CUSTOM_AUTH, which may ask for something else, it counts as empty.",
    why: "The service counts it as a wrong password.",
    expected(trace, name) {
      if (name === "custom-auth: with SRP: no password") {
        return texts(trace, (text) => text.replace(SIGNATURES.undefined, SIGNATURES.empty));
      }
      if (name !== "sign-in-srp: no password") return trace;
      const required = { error: "Error", name: "Error", message: "PASSWORD parameter is required", own: {} };
      const refused = [
        { callback: "onFailure", this: "the callbacks object", args: [required] },
        { returned: "what onFailure returns" },
      ];
      const end = trace.findIndex((event) => "after" in event);
      return users([trace[0], ...refused, ...trace.slice(end)], (members) => ({
        ...members,
        username: "alice",
        userDataKey: `${PREFIX}.alice.userData`,
      }));
    },
  },
  {
    id: "idle-key-pair",
    upstream: "A sign-in with a password, a new password and the answer to a custom challenge compute an SRP key pair that is not used.",
    ours: "They compute none.",
    why: "The page stood still for it, 60 ms and more.",
    expected: (trace, name) => (name.endsWith(": what is drawn") ? trace.filter((event) => !("drawn" in event)) : trace),
  },
  ...sessions,
  ...classes,
];

/** The trace ours must have, given upstream's; `used` hears of each row that changed it. */
export function expected(trace, name, used = () => {}) {
  return departures.reduce((before, departure) => {
    const after = departure.expected(before, name);
    if (!isDeepStrictEqual(after, before)) used(departure.id);
    return after;
  }, trace);
}

/** The trace with the arguments (and the name) of calls of one callback replaced. */
function calledWith(trace, callback, args, renamed = callback) {
  return trace.map((event) => (event.callback === callback ? { ...event, callback: renamed, args } : event));
}

/** The trace without what follows a callback that throws before its method returns. */
function thrownAtOnce(trace, thrown) {
  const end = trace.findIndex((event, i) => i > thrown && "after" in event);
  const before = trace.findLast((event, i) => i < thrown && "storage" in event).storage;
  const kept = trace.slice(end).map((event) => ("storage" in event ? { ...event, storage: before } : event));
  return [...trace.slice(0, thrown + 1), { threw: trace[thrown].callbackThrew }, ...kept];
}
