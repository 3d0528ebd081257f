import { passwordVerifier, signedIn } from "../replies.mjs";
import { CLIENT_ID, RecordingStorage, USER_POOL_ID } from "../stage.mjs";
import { signIn } from "../sign-in.mjs";
import { stored } from "./session.mjs";

const CALLBACKS = ["onSuccess", "onFailure"];
const FULL = () => new DOMException("The quota has been exceeded.", "QuotaExceededError");

/** A scenario in a browser whose `localStorage` getter is this. */
const inBrowser = (localStorage, run) => ({ settings: (world) => ({ window: { localStorage: localStorage(world) } }), run });

/** Like the browser's own, it keeps texts only. */
class LocalStorage extends RecordingStorage {
  setItem(key, value) {
    super.setItem(key, String(value));
  }
}

const working = (entries = {}) => (world) => {
  const storage = new LocalStorage(world, entries);
  return () => storage;
};

const blocked = () => () => {
  throw new DOMException("Access is denied for this document.", "SecurityError");
};

const full = (world) => {
  const storage = new LocalStorage(world, {});
  storage.full = FULL();
  return () => storage;
};

const missing = () => () => undefined;

/** Signs in with the default storage, then looks for the user again, in another pool object. */
async function withDefaultStorage(t) {
  const data = { UserPoolId: USER_POOL_ID, ClientId: CLIENT_ID };
  await inDefaultStorage(t, () => new t.lib.CognitoUserPool(data));
}

/** The same in the same pool object. */
async function withOnePool(t) {
  const pool = new t.lib.CognitoUserPool({ UserPoolId: USER_POOL_ID, ClientId: CLIENT_ID });
  await inDefaultStorage(t, () => pool);
}

async function inDefaultStorage(t, poolAgain) {
  const { CognitoUser } = t.lib;
  const pool = await t.step("pool", poolAgain);
  const user = new CognitoUser({ Username: "alice", Pool: pool });
  user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
  t.reply(signedIn());
  await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  await t.step("found again", () => {
    const current = poolAgain().getCurrentUser();
    return current?.getSession(t.callback());
  });
  await t.step("signOut", () => user.signOut());
  await t.step("nobody", () => poolAgain().getCurrentUser());
}

export default {
  "default: localStorage": inBrowser(working(), withDefaultStorage),
  "default: a session is already there": inBrowser(working(stored()), async (t) => {
    const pool = new t.lib.CognitoUserPool({ UserPoolId: USER_POOL_ID, ClientId: CLIENT_ID });
    await t.step("getSession", () => pool.getCurrentUser().getSession(t.callback()));
  }),
  "default: access to localStorage is denied": inBrowser(blocked, withDefaultStorage),
  "default: localStorage is full": inBrowser(full, withDefaultStorage),
  "default: localStorage is missing": inBrowser(missing, withDefaultStorage),
  "default: no window": withOnePool,
  "default: no window, another pool": withDefaultStorage,
  async "default: the pool's storage is not the user's"(t) {
    const Storage = t.storage();
    const pool = t.pool({ Storage });
    const user = new t.lib.CognitoUser({ Username: "alice", Pool: pool });
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    await t.step("getCurrentUser", () => pool.getCurrentUser());
  },

  async "custom: full when tokens come"(t) {
    const user = t.user();
    user.storage.full = FULL();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    user.storage.full = undefined;
    await t.step("getSession", () => user.getSession(t.callback()));
  },
  async "custom: full when SRP's tokens come"(t) {
    const user = t.user();
    user.storage.full = FULL();
    t.reply(passwordVerifier(), signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "custom: full when a refresh comes"(t) {
    const user = await signIn(t);
    user.storage.full = FULL();
    t.reply(signedIn({ refreshToken: null }));
    const refreshToken = user.getSignInUserSession().getRefreshToken();
    await t.step("refreshSession", () => user.refreshSession(refreshToken, t.callback()));
  },
  async "custom: reading throws"(t) {
    const user = t.user("alice", { entries: stored() });
    user.storage.getItem = () => {
      throw new Error("storage is closed");
    };
    await t.step("getSession", () => user.getSession(t.callback()));
  },
  async "custom: removing throws"(t) {
    const user = await signIn(t);
    user.storage.removeItem = () => {
      throw new Error("storage is closed");
    };
    await t.step("signOut", () => user.signOut());
  },
  async "custom: its methods are called on it"(t) {
    class Own {
      entries = {};
      getItem(key) {
        return this.entries[key] ?? null;
      }
      setItem(key, value) {
        this.entries[key] = value;
      }
      removeItem(key) {
        delete this.entries[key];
      }
      clear() {
        this.entries = {};
      }
    }
    const Storage = new Own();
    const pool = t.pool({ Storage });
    const user = new t.lib.CognitoUser({ Username: "alice", Pool: pool, Storage });
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    await t.step("entries", () => Storage.entries);
    await t.step("signOut", () => user.signOut());
    await t.step("entries", () => Storage.entries);
  },
  async "custom: methods replaced later are used"(t) {
    const user = t.user();
    user.storage.setItem = (key, value) => t.note("replaced", [key, value]);
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "custom: a user's storage replaced from outside"(t) {
    const user = t.user();
    const other = t.storage();
    user.storage = other;
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "keys follow the username"(t) {
    const user = t.user("alice@example.com", { pool: { ClientId: "other-client" } });
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details({ Username: "alice@example.com" }), t.callbacks(...CALLBACKS)));
    user.username = "renamed";
    await t.step("signOut", () => user.signOut());
  },
};
