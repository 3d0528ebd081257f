// What the tests stand on: globals of the page that can be replaced, a service that answers as it is told,
// callbacks and storage that keep what happens to them.

import { connect } from "../../src/js/core.js";
import { DateHelper } from "../../src/js/date-helper.js";

const GLOBALS = ["crypto", "fetch", "localStorage"];
const originals = GLOBALS.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
const undo = [];

/** Gives the page everything back, and nothing of an earlier test. */
export function restore(flow) {
  // Otherwise done when the module is instantiated, but not in tests.
  connect(flow);
  for (const step of undo.splice(0).reverse()) step();
  for (const [name, descriptor] of originals) Object.defineProperty(globalThis, name, descriptor);
  localStorage.clear();
}

/** Another value for a global; undefined is as if there were none. */
export function replace(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}

/** A global that throws when it is looked at, as localStorage does where cookies are blocked. */
export function forbid(name) {
  const get = () => {
    throw new DOMException("Access is denied for this document.", "SecurityError");
  };
  Object.defineProperty(globalThis, name, { get, configurable: true });
}

/** The clock that timestamps are read from. Sessions are dated by another, which goes on. */
export function stopClock(millis) {
  const { getNowString } = DateHelper.prototype;
  const now = class extends Date {
    constructor() {
      super(millis);
    }
  };
  DateHelper.prototype.getNowString = function () {
    const { Date } = globalThis;
    globalThis.Date = now;
    try {
      return getNowString.call(this);
    } finally {
      globalThis.Date = Date;
    }
  };
  undo.push(() => {
    DateHelper.prototype.getNowString = getNowString;
  });
}

/** Random values to come, of whatever lengths: upstream's exponents are longer than ours need to be. */
export function draw(values) {
  replace("crypto", { getRandomValues: () => values.shift() });
}

/** A token that is good from now on for some seconds. */
export function jwt(seconds) {
  const iat = Math.floor(new Date() / 1000);
  const claims = JSON.stringify({ iat, exp: iat + seconds, origin_jti: "origin" });
  return `header.${btoa(claims).replaceAll("=", "")}.signature`;
}

/** What is thrown next where nobody catches it. The test runner does not get to hear of it. */
export function uncaught() {
  return new Promise((resolve) => {
    const hear = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      resolve(event.error.message);
    };
    addEventListener("error", hear, { capture: true, once: true });
  });
}

/** The flows that begin from now on. */
export function watchFlows(flow) {
  const flows = [];
  const { constructor } = flow;
  flow.free();
  for (const name of ["signIn", "answer", "proveDevice"]) {
    const begin = constructor[name];
    constructor[name] = function (...args) {
      const flow = begin.apply(this, args);
      flows.push(flow);
      return flow;
    };
    undo.push(() => {
      constructor[name] = begin;
    });
  }
  return { all: () => flows.length, freed: () => flows.filter(isFreed).length };
}

/** What is freed cannot be used. */
function isFreed(flow) {
  try {
    return flow.first === flow;
  } catch {
    return true;
  }
}

/** JSON, in which an `Error` has its message beside its own fields. */
export function describe(value) {
  return JSON.stringify(value, (_, it) => (it instanceof Error ? { ...it, message: it.message } : it));
}

/** The service. Its replies are given in their order; a request too many is an error of the network. */
export class Service {
  replies = [];
  requests = [];

  /** Takes the place of `fetch`. */
  fetch(endpoint, options) {
    // The browser's own class checks the options.
    const { url, headers, credentials } = new Request(endpoint, options);
    const operation = headers.get("x-amz-target").split(".")[1];
    const { status, text } = this.#take({ operation, body: options.body, url, credentials });
    return status ? Promise.resolve(new Response(text, { status })) : Promise.reject(new TypeError("Failed to fetch"));
  }

  /** Takes the place of `client.request`, and answers before it returns. */
  request(operation, params, callback) {
    const { status, text } = this.#take({ operation, body: JSON.stringify(params) });
    const body = JSON.parse(text);
    if (status === 200) return callback(null, body);
    const { __type: code, message } = body;
    return callback(Object.assign(new Error(message), { name: code, code, statusCode: status }));
  }

  #take(request) {
    this.requests.push(request);
    return this.replies.shift() ?? { status: 0 };
  }
}

/** Every callback there is; each keeps what it is told, as `[name, ...arguments]`. */
export class Callbacks {
  #told = [];
  #actions = {};
  #wake = () => {};

  constructor() {
    for (const name of NAMES) {
      this[name] = (...args) => {
        this.#told.push(describe([name, ...args]));
        this.#wake();
        return this.#actions[name]?.(...args);
      };
    }
  }

  /** What a callback does besides. */
  on(name, action) {
    this.#actions[name] = action;
  }

  /** What was told first and not taken yet, as soon as there is something. */
  async next() {
    while (this.#told.length === 0) {
      await new Promise((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#told.shift();
  }

  /** Whether nothing was told that was not taken. */
  isSilent() {
    return this.#told.length === 0;
  }
}

const NAMES = [
  // For methods that take a function.
  "callback",
  "onSuccess",
  "onFailure",
  "newPasswordRequired",
  "mfaRequired",
  "totpRequired",
  "selectMFAType",
  "mfaSetup",
  "customChallenge",
  "associateSecretCode",
];

/** Storage of an application's own. `before(method, key)` may do or throw what it likes. */
export class Store {
  #entries = new Map();
  before = () => {};

  getItem(key) {
    this.before("getItem", key);
    return this.#entries.get(key) ?? null;
  }

  setItem(key, value) {
    this.before("setItem", key);
    this.#entries.set(key, value);
  }

  removeItem(key) {
    this.before("removeItem", key);
    this.#entries.delete(key);
  }

  clear() {
    this.#entries.clear();
  }

  /** All of it, in the order in which it came. */
  entries() {
    return Object.fromEntries(this.#entries);
  }
}
