// The world in which one scenario runs: clock, timers, randomness and network of this thread, all
// under the scenario's control. Nothing here knows which package is being watched.

/** 2026-03-01 12:00:00 UTC: a day without a leading zero, which the claim's timestamp must keep so. */
export const NOW = Date.UTC(2026, 2, 1, 12, 0, 0);

/** Bytes of the private SRP exponent that every world hands out. */
const EXPONENT_BYTES = 36;

/** Bytes that upstream draws for one exponent; here all but the last 36 are zero. */
const UPSTREAM_EXPONENT_BYTES = 128;

/** Globals that a scenario's settings may define, and that are not there otherwise. */
const OPTIONAL = ["document", "AmazonCognitoAdvancedSecurityData"];

const QUIET_TURNS = 6;

const real = {
  Date: globalThis.Date,
  Error: globalThis.Error,
  setImmediate: globalThis.setImmediate,
  Response: globalThis.Response,
};

/** Clock, timers, randomness and network, with a trace of what the program under test did to them. */
export class World {
  #timers = [];
  #timerId = 0;
  #replies = [];
  #drawn = { size: 4, at: 0 };
  #draws = new Map();
  #drawsNoted = false;

  constructor() {
    /** Unix time in milliseconds; scenarios set it, timers advance it. */
    this.now = NOW;
    /** Everything observed, in order: plain data. */
    this.trace = [];
  }

  /** Puts the world in place of the thread's globals. */
  install({ window = undefined, navigator = { userAgent: "test-browser" }, ...optional } = {}) {
    const world = this;
    class WorldDate extends real.Date {
      constructor(...args) {
        if (args.length === 0) super(world.now);
        else super(...args);
      }
      static now() {
        return world.now;
      }
    }
    Object.defineProperty(WorldDate, "name", { value: "Date" });
    define("Date", WorldDate);
    define("setTimeout", (run, delay = 0, ...args) => this.#setTimeout(run, delay, args));
    define("clearTimeout", (id) => {
      this.#timers = this.#timers.filter((timer) => timer.id !== id);
    });
    define("crypto", { getRandomValues: (array) => this.#random(array) });
    define("fetch", (...args) => this.#fetch(...args));
    define("navigator", navigator);
    for (const name of OPTIONAL) {
      delete globalThis[name];
      if (name in optional) define(name, optional[name]);
    }
    Math.random = () => 0.5;
    if (window === undefined) {
      delete globalThis.window;
      delete globalThis.localStorage;
      delete globalThis.Window;
    } else {
      // Enough of a browser's global object for code that asks for `window` or tests `instanceof Window`.
      define("Window", { [Symbol.hasInstance]: (value) => value === globalThis });
      define("window", globalThis);
      Object.defineProperty(globalThis, "localStorage", {
        configurable: true,
        get: window.localStorage,
      });
    }
  }

  record(event) {
    this.trace.push(event);
  }

  /** What the next requests get, in order. */
  reply(...replies) {
    this.#replies.push(...replies);
  }

  /** Replies that no request has taken. */
  get unused() {
    return this.#replies.length;
  }

  /**
   * Lets everything under way come to rest: promises first, then the earliest timer, and so on.
   * Real time does not pass; the clock jumps to each timer.
   */
  async settle() {
    for (;;) {
      await this.#quiet();
      const next = this.#timers.shift();
      if (next === undefined) return;
      this.now = next.at;
      next.run(...next.args);
    }
  }

  async #quiet() {
    for (let calm = 0, seen = this.trace.length; calm < QUIET_TURNS; calm += 1) {
      await new Promise((resolve) => real.setImmediate(resolve));
      if (this.trace.length !== seen) {
        seen = this.trace.length;
        calm = -1;
      }
    }
  }

  #setTimeout(run, delay, args) {
    this.record({ timer: delay });
    this.#timerId += 1;
    const timer = { id: this.#timerId, at: this.now + delay, run, args };
    const later = this.#timers.findIndex((other) => other.at > timer.at);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
    return timer.id;
  }

  /** Every following value of as many random bytes as this hexadecimal text has is this. */
  draw(hex) {
    this.#draws.set(hex.length / 2, [...Buffer.from(hex, "hex")]);
  }

  /** Records each draw from here on. */
  noteDraws() {
    this.#drawsNoted = true;
  }

  /**
   * Tells how many bytes the value has that is drawn from here on, word by word. Upstream draws all
   * its random values with this class, one word of 32 bits at a time; a package that draws bytes
   * asks for all of them at once. With this both get the same.
   */
  watchDraws(WordArray) {
    const { random } = WordArray.prototype;
    const world = this;
    WordArray.prototype.random = function (size) {
      world.#drawn = { size: Math.ceil(size / 4) * 4, at: 0 };
      return random.call(this, size);
    };
  }

  #random(array) {
    if (this.#drawsNoted) this.record({ drawn: array.byteLength });
    if (array instanceof Uint32Array) {
      array.forEach((_, i) => {
        const { size, at } = this.#drawn;
        array[i] = [0, 1, 2, 3].reduce((word, j) => word * 256 + this.#randomByte(size, at + j), 0);
        this.#drawn.at += 4;
      });
      return array;
    }
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    bytes.forEach((_, i) => (bytes[i] = this.#randomByte(bytes.length, i)));
    return array;
  }

  // Byte `i` of every value of `size` random bytes. Both packages draw the same private exponent, so
  // that SRP_A and the claim's signature can be compared byte for byte: upstream draws 128 bytes, and
  // a package that draws 36 gets their end.
  #randomByte(size, i) {
    if (this.#draws.has(size)) return this.#draws.get(size)[i] ?? 0;
    if (size === EXPONENT_BYTES) return exponentByte(i);
    if (size === UPSTREAM_EXPONENT_BYTES) return exponentByte(i - (UPSTREAM_EXPONENT_BYTES - EXPONENT_BYTES));
    return (i * 53 + size * 17 + 29) % 256;
  }

  #fetch(input, init = {}) {
    const request = describeRequest(input, init);
    this.record({ request });
    if (this.#replies.length === 0) {
      this.record({ unanswered: request.headers["X-Amz-Target"] });
      return new Promise(() => {});
    }
    const reply = this.#replies.shift();
    if ("status" in reply) this.record({ answered: reply.status, type: reply.type });
    if (reply.throws) throw reply.throws;
    if (reply.rejects) return Promise.reject(reply.rejects);
    if (reply.never) return new Promise(() => {});
    if (reply.duck) return Promise.resolve(reply.duck);
    return Promise.resolve(new real.Response(reply.text, { status: reply.status, headers: reply.headers }));
  }
}

/** Byte `i` of the shared exponent, big-endian; 0 outside of it. */
function exponentByte(i) {
  return i >= 0 && i < EXPONENT_BYTES ? (i * 37 + 11) % 256 : 0;
}

function describeRequest(input, init) {
  if (typeof input !== "string") return { input: Object.prototype.toString.call(input) };
  const { headers, body, ...rest } = init;
  return {
    url: input,
    init: Object.keys(init),
    ...rest,
    headers: headers instanceof Headers ? { class: "Headers", ...Object.fromEntries(headers) } : { ...headers },
    headerOrder: headers instanceof Headers ? "Headers" : Object.keys(headers ?? {}),
    body,
  };
}

function define(name, value) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}
