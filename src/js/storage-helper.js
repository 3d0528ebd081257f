import { methods } from "./methods.js";

const entries = new Map();

/**
 * The store of last resort: of the whole process, as upstream has it. Pools and users that are made one
 * after another, each without storage of its own, find each other's sessions.
 */
export class MemoryStorage {
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
