// Editing traces: what the rows of `departures.mjs` are made of.

import { isDeepStrictEqual } from "node:util";

/** The trace with each error replaced by what `change(error, status)` says; `status` is the last answer's. */
export function errors(trace, change) {
  let status;
  return trace.map((event) => {
    status = event.answered ?? status;
    return deepMap(event, (value) => ("error" in value && "own" in value ? change(value, status) : value));
  });
}

/** An error of our package that has a code. */
export function coded(code, message, more = {}) {
  return { error: "Error", name: code, message, own: { name: code, code, ...more } };
}

/** What a user has from the beginning, in order. */
const FIELDS = [
  ...["username", "pool", "Session", "client", "signInUserSession"],
  ...["authenticationFlowType", "storage", "keyPrefix", "userDataKey"],
];

/**
 * The trace with each described user changed: its members by `change`, and its JSON in the same way
 * (a member that is undefined is not in the JSON).
 */
export function users(trace, change) {
  const changed = (value) => {
    if (value.class !== "CognitoUser") return value;
    const members = change(value.members);
    const json = JSON.parse(value.json);
    for (const [name, member] of Object.entries(members)) {
      if (isDeepStrictEqual(member, value.members[name])) continue;
      if (member === undefined) delete json[name];
      else json[name] = member;
    }
    const ordered = Object.fromEntries(FIELDS.filter((name) => name in json).map((name) => [name, json[name]]));
    return { ...value, members, json: JSON.stringify({ ...ordered, ...json }) };
  };
  return trace.map((event) => deepMap(event, changed));
}

/** The trace with every text changed. */
export function texts(trace, change) {
  const map = (value) => {
    if (typeof value === "string") return change(value);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(map);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [change(key), map(member)]));
  };
  return trace.map(map);
}

/** `true` for what a request and its repetitions leave in a trace. */
export const isExchange = (event) => "request" in event || "answered" in event || "timer" in event;

function deepMap(value, change) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => deepMap(item, change));
  return change(Object.fromEntries(Object.entries(value).map(([key, member]) => [key, deepMap(member, change)])));
}
