import { CLIENT_ID, RecordingStorage, USER_POOL_ID } from "../stage.mjs";

const inBrowser = (localStorage, run) => ({ settings: (world) => ({ window: { localStorage: localStorage(world) } }), run });

const working = (world) => {
  const storage = new RecordingStorage(world, {});
  return () => storage;
};

const blocked = () => () => {
  throw new DOMException("Access is denied for this document.", "SecurityError");
};

const load = (t) => t.load("lib/StorageHelper");

/** The helper's storage, and whether it is the memory of the process. */
async function look(t) {
  const { default: StorageHelper, MemoryStorage } = load(t);
  await t.step("construct", () => {
    const helper = new StorageHelper();
    const storage = helper.getStorage();
    return [Object.keys(helper), storage === MemoryStorage, storage === helper.storageWindow];
  });
}

export default {
  "localStorage": inBrowser(working, look),
  "localStorage is denied": inBrowser(blocked, look),
  "no window": look,
  async "memory: what each method gives"(t) {
    const { MemoryStorage } = load(t);
    await t.step("missing", () => MemoryStorage.getItem("key"));
    await t.step("set", () => MemoryStorage.setItem("key", "value"));
    await t.step("get", () => MemoryStorage.getItem("key"));
    await t.step("a number stays one", () => [MemoryStorage.setItem("number", 7), MemoryStorage.getItem("number")]);
    await t.step("remove", () => [MemoryStorage.removeItem("key"), MemoryStorage.removeItem("key")]);
    await t.step("gone", () => MemoryStorage.getItem("key"));
    await t.step("inherited names", () => [MemoryStorage.getItem("toString"), MemoryStorage.getItem("__proto__")]);
    await t.step("clear", () => MemoryStorage.clear());
    await t.step("empty", () => MemoryStorage.getItem("number"));
  },
  "memory: one for the whole page": inBrowser(blocked, async (t) => {
    const { MemoryStorage } = load(t);
    const prefix = `CognitoIdentityServiceProvider.${CLIENT_ID}`;
    MemoryStorage.setItem(`${prefix}.LastAuthUser`, "alice");
    const pool = new t.lib.CognitoUserPool({ UserPoolId: USER_POOL_ID, ClientId: CLIENT_ID });
    await t.step("found", () => [pool.getCurrentUser()?.getUsername(), pool.storage === MemoryStorage]);
  }),
};
