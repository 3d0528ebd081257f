// What a scenario sees: the package under test, recording callbacks and storages, and steps.

import { describe } from "./describe.mjs";

export const USER_POOL_ID = "eu-west-1_Example01";
export const CLIENT_ID = "1example23456789client";

/** The stage of one run of one scenario with one package. */
export class Stage {
  #world;
  #watched = [];

  /**
   * @param {object} lib the package's exports
   * @param {import("./world.mjs").World} world
   * @param {(path: string) => object} load loads a file of the package, such as `lib/BigInteger`
   */
  constructor(lib, world, load) {
    this.lib = lib;
    this.load = load;
    this.#world = world;
  }

  /** Unix time in milliseconds. */
  get now() {
    return this.#world.now;
  }
  set now(millis) {
    this.#world.now = millis;
  }

  /** What the next requests get, in order; see `replies.mjs`. */
  reply(...replies) {
    this.#world.reply(...replies);
  }

  /** The next random value of as many bytes as this hexadecimal text has is this. */
  draw(hex) {
    this.#world.draw(hex);
  }

  /** From now on each draw of randomness is in the trace. */
  noteDraws() {
    this.#world.noteDraws();
  }

  /** A custom storage, which records each write and is shown after each step. */
  storage(entries = {}) {
    const storage = new RecordingStorage(this.#world, entries);
    this.watch("storage", storage);
    return storage;
  }

  /** Shows `object` (a class instance or a storage) after each following step. */
  watch(label, object) {
    this.#watched.push([label, object]);
    return object;
  }

  /** A pool, with a recording storage unless `data` says otherwise. */
  pool(data = {}, ...rest) {
    const Storage = "Storage" in data ? data.Storage : this.storage();
    const { CognitoUserPool } = this.lib;
    return new CognitoUserPool({ UserPoolId: USER_POOL_ID, ClientId: CLIENT_ID, ...data, Storage }, ...rest);
  }

  /** A watched user `username` of a pool with the same recording storage. */
  user(username = "alice", { entries = {}, pool: data = {} } = {}) {
    const Storage = this.storage(entries);
    const pool = this.pool({ Storage, ...data });
    return this.watch("user", new this.lib.CognitoUser({ Username: username, Pool: pool, Storage }));
  }

  /** Sign-in details for `alice` and her right password, unless told otherwise. */
  details(data = {}) {
    return new this.lib.AuthenticationDetails({ Username: "alice", Password: "Correct-horse-1", ...data });
  }

  /**
   * A callbacks object: each named function records its call; a pair's function then runs, with the
   * callbacks object as `this`, and its result is the callback's.
   *
   * @param {...(string | Record<string, Function>)} members
   */
  callbacks(...members) {
    const object = {};
    for (const member of members) {
      const pairs = typeof member === "string" ? [[member, undefined]] : Object.entries(member);
      for (const [name, then] of pairs) object[name] = this.#recording(name, then, object);
    }
    return object;
  }

  /** A node-style callback that records its call, then runs `then`. */
  callback(then, name = "callback") {
    return this.#recording(name, then, undefined);
  }

  #recording(name, then, owner) {
    const record = (event) => this.#world.record(event);
    return function (...args) {
      const self = this === undefined ? undefined : this === owner ? "the callbacks object" : describe(this);
      record({ callback: name, this: self, args: args.map(describe) });
      if (then === undefined) return `what ${name} returns`;
      try {
        return then.apply(this, args);
      } catch (error) {
        record({ callbackThrew: describe(error) });
        throw error;
      }
    };
  }

  /** Notes a value in the trace. */
  note(label, value) {
    this.#world.record({ note: label, value: describe(value) });
  }

  /**
   * One step of the application: runs `act`, records what it returned or threw (so that what was
   * recorded before that happened synchronously), lets all it started come to rest, and shows the
   * watched objects.
   */
  async step(label, act) {
    this.#world.record({ step: label });
    let result;
    try {
      result = act();
      this.#world.record({ returned: describe(result) });
    } catch (error) {
      this.#world.record({ threw: describe(error) });
    }
    await this.#world.settle();
    for (const [name, object] of this.#watched) {
      this.#world.record({ after: label, [name]: object instanceof RecordingStorage ? object.entries() : describe(object) });
    }
    return result;
  }
}

/** The storage contract that applications implement, with its writes in the trace. */
export class RecordingStorage {
  #world;
  #map;

  constructor(world, entries) {
    this.#world = world;
    this.#map = new Map(Object.entries(entries));
    /** Set to an error to make every following write fail with it. */
    this.full = undefined;
  }

  getItem(key) {
    return this.#map.has(key) ? this.#map.get(key) : null;
  }

  setItem(key, value) {
    this.#world.record({ setItem: key, value });
    if (this.full !== undefined) throw this.full;
    this.#map.set(key, value);
  }

  removeItem(key) {
    this.#world.record({ removeItem: key });
    this.#map.delete(key);
  }

  clear() {
    this.#world.record({ clear: true });
    this.#map.clear();
  }

  // `JSON.stringify(user)` contains its storage: nothing of the recorder belongs there.
  toJSON() {
    return { recording: true };
  }

  entries() {
    return Object.fromEntries(this.#map);
  }
}
