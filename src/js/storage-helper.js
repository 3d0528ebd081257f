import { methods } from "./methods.js";

/** A store that lives as long as its user. A function as upstream's is, so that `JSON.stringify` leaves it out. */
function memory() {
  const entries = new Map();
  return class MemoryStorage {
    static setItem(key, value) {
      entries.set(key, value);
      return value;
    }

    static getItem(key) {
      return entries.get(key);
    }

    static removeItem(key) {
      entries.delete(key);
      return true;
    }

    static clear() {
      entries.clear();
      return {};
    }
  };
}

/** The store of last resort of a page: pools and users that are made one after another find each other's sessions. */
export const MemoryStorage = memory();

/** Where there is no page this may be a server, and two pools may be two visitors: each has a store of its own. */
const memories = new WeakMap();

/** Where a pool and its users keep sessions if the application does not say. */
export function defaultStorage(pool) {
  const storage = new StorageHelper().getStorage();
  if (storage !== MemoryStorage || typeof window !== "undefined") return storage;
  if (!memories.has(pool)) memories.set(pool, memory());
  return memories.get(pool);
}

const PROBE = "aws.cognito.test-ls";

/** Finds the storage of this page: localStorage where it works, which takes using it; otherwise memory. */
export function StorageHelper() {
  try {
    this.storageWindow = window.localStorage;
    this.storageWindow.setItem(PROBE, 1);
    this.storageWindow.removeItem(PROBE);
  } catch {
    this.storageWindow = MemoryStorage;
  }
}

methods(StorageHelper, {
  getStorage() {
    return this.storageWindow;
  },
});
