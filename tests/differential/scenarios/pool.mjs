import { CLIENT_ID, USER_POOL_ID } from "../stage.mjs";

/** Constructs a pool from each of these. */
const constructing = (...candidates) => async (t) => {
  for (const data of candidates) {
    await t.step(`new CognitoUserPool(${JSON.stringify(data)})`, () => {
      const pool = new t.lib.CognitoUserPool(data);
      return [pool.getUserPoolId(), pool.getUserPoolName(), pool.getClientId(), pool.client.endpoint];
    });
  }
};

const withId = (UserPoolId) => ({ UserPoolId, ClientId: CLIENT_ID });

export default {
  "no data": constructing(undefined, null, {}),
  "missing or empty members": constructing(
    withId(undefined),
    withId(""),
    { UserPoolId: USER_POOL_ID },
    { UserPoolId: USER_POOL_ID, ClientId: "" },
    { UserPoolId: USER_POOL_ID, ClientId: null },
  ),
  "ill-formed pool ids": constructing(
    ...["eu-west-1", "_", "eu-west-1_", "_abc", "eu-west-1_ab-c", "eu west_abc", "eu-west-1_abc\n", "eu.west_abc", "é_abc"].map(withId),
  ),
  "unusual but accepted pool ids": constructing(...["a_b", "eu_west_1_abc", "-_0", "EU-WEST-1_ABCdef09"].map(withId)),
  "a pool id at and over the length limit": constructing(withId(`eu-west-1_${"a".repeat(45)}`), withId(`eu-west-1_${"a".repeat(46)}`)),
  "an endpoint of its own": constructing(
    { ...withId(USER_POOL_ID), endpoint: "http://127.0.0.1:9229/" },
    { ...withId(USER_POOL_ID), endpoint: "" },
  ),

  async "called without new data shows its fields"(t) {
    t.watch("pool", t.pool());
    await t.step("look", () => {});
  },

  async "a wrapper for refresh callbacks is kept"(t) {
    const wrap = (callback) => callback;
    const pool = t.pool({}, wrap);
    await t.step("look", () => pool.wrapRefreshSessionCallback === wrap);
    await t.step("without one", () => t.pool().wrapRefreshSessionCallback);
  },

  async "no current user"(t) {
    const pool = t.pool();
    await t.step("getCurrentUser", () => pool.getCurrentUser());
  },

  async "an empty name is no current user"(t) {
    const storage = t.storage({ [`CognitoIdentityServiceProvider.${CLIENT_ID}.LastAuthUser`]: "" });
    const pool = t.pool({ Storage: storage });
    await t.step("getCurrentUser", () => pool.getCurrentUser());
  },

  async "the current user comes from the storage"(t) {
    const storage = t.storage({ [`CognitoIdentityServiceProvider.${CLIENT_ID}.LastAuthUser`]: "alice" });
    const pool = t.pool({ Storage: storage });
    const user = await t.step("getCurrentUser", () => pool.getCurrentUser());
    await t.step("same parts", () => [user.pool === pool, user.storage === storage, user.client === pool.client]);
    await t.step("twice", () => pool.getCurrentUser() === pool.getCurrentUser());
  },

  async "a storage that throws on reading"(t) {
    const storage = t.storage();
    storage.getItem = () => {
      throw new Error("storage is closed");
    };
    const pool = t.pool({ Storage: storage });
    await t.step("getCurrentUser", () => pool.getCurrentUser());
  },

  async "security data: none is collected without the service's script"(t) {
    const pool = t.pool();
    await t.step("getUserContextData", () => pool.getUserContextData?.("alice"));
  },
};
