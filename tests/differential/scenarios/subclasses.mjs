// Classes derived from the package's, and prototypes that applications change.

import { ok, signedIn } from "../replies.mjs";
import { restored } from "../sign-in.mjs";
import { CLIENT_ID, USER_POOL_ID } from "../stage.mjs";
import { session } from "./objects.mjs";

const CALLBACKS = ["onSuccess", "onFailure"];
const DATA = { UserPoolId: USER_POOL_ID, ClientId: CLIENT_ID };

/** An ES5 class over `Base`, as older applications and TypeScript write them. */
function es5(Base) {
  function Mine(...args) {
    const self = Base.apply(this, args) || this;
    self.mine = "own field";
    return self;
  }
  Mine.prototype = Object.create(Base.prototype, { constructor: { value: Mine, writable: true, configurable: true } });
  Object.setPrototypeOf(Mine, Base);
  return Mine;
}

export default {
  async "class extends: a user"(t) {
    class Mine extends t.lib.CognitoUser {
      mine = "own field";
      getUsername() {
        return `mine: ${super.getUsername()}`;
      }
      cacheTokens() {
        t.note("cacheTokens", this instanceof Mine);
        super.cacheTokens();
      }
    }
    const Storage = t.storage();
    const user = new Mine({ Username: "alice", Pool: t.pool({ Storage }), Storage });
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), { onSuccess: t.callback(), onFailure: t.callback() }));
    t.note("user", [user.getUsername(), user.mine, user instanceof t.lib.CognitoUser, user.signInUserSession.isValid(), Object.keys(user)]);
  },
  async "class extends: a pool"(t) {
    class Mine extends t.lib.CognitoUserPool {
      getClientId() {
        return "from the subclass";
      }
    }
    const Storage = t.storage();
    const pool = new Mine({ ...DATA, Storage });
    const user = new t.lib.CognitoUser({ Username: "alice", Pool: pool, Storage });
    t.note("prefix", user.keyPrefix);
    t.reply(ok());
    await t.step("confirm", () => user.confirmRegistration("123456", true, t.callback()));
  },
  async "class extends: a session"(t) {
    class Mine extends t.lib.CognitoUserSession {
      isValid() {
        return "always";
      }
    }
    const whole = session(t);
    const mine = new Mine({ IdToken: whole.idToken, AccessToken: whole.accessToken, RefreshToken: whole.refreshToken });
    t.note("session", [mine.isValid(), mine.getClockDrift(), mine instanceof t.lib.CognitoUserSession]);
  },
  async "class extends: the rest"(t) {
    for (const name of ["AuthenticationDetails", "CognitoUserAttribute", "CognitoIdToken", "CognitoRefreshToken", "CookieStorage", "DateHelper", "WordArray"]) {
      const Mine = class extends t.lib[name] {};
      const object = new Mine({});
      t.note(name, [object instanceof t.lib[name], object instanceof Mine, Object.keys(object)]);
    }
  },
  async "ES5 subclass: a user"(t) {
    const Storage = t.storage();
    await t.step("construct and sign in", () => {
      const user = new (es5(t.lib.CognitoUser))({ Username: "alice", Pool: t.pool({ Storage }), Storage });
      user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
      t.reply(signedIn());
      user.authenticateUser(t.details(), t.callbacks(...CALLBACKS));
      return [user.mine, user.getUsername(), user instanceof t.lib.CognitoUser];
    });
  },
  async "ES5 subclass: a pool"(t) {
    await t.step("construct", () => {
      const pool = new (es5(t.lib.CognitoUserPool))({ ...DATA, Storage: t.storage() });
      return [pool.mine, pool.getClientId(), pool instanceof t.lib.CognitoUserPool];
    });
  },
  async "ES5 subclass: the rest"(t) {
    for (const name of ["AuthenticationDetails", "CognitoUserAttribute", "CognitoIdToken", "CognitoAccessToken", "CognitoRefreshToken", "CookieStorage", "DateHelper", "WordArray"]) {
      await t.step(name, () => {
        const object = new (es5(t.lib[name]))({});
        return [object.mine, object instanceof t.lib[name]];
      });
    }
  },
  async "prototype patched: a user's method"(t) {
    const { prototype } = t.lib.CognitoUser;
    const original = prototype.cacheTokens;
    prototype.cacheTokens = function (...args) {
      t.note("cacheTokens", [this.username, args]);
      return original.apply(this, args);
    };
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    prototype.cacheTokens = original;
  },
  async "prototype patched: the client's request"(t) {
    const pool = t.pool();
    const prototype = Object.getPrototypeOf(pool.client);
    const original = prototype.request;
    prototype.request = function (operation, params, callback) {
      t.note("asked", [operation, Object.keys(params)]);
      callback(null, {});
    };
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, t.callback()));
    prototype.request = original;
  },
  async "prototype patched: a pool's getUserContextData"(t) {
    const { prototype } = t.lib.CognitoUserPool;
    const original = prototype.getUserContextData;
    prototype.getUserContextData = (username) => ({ EncodedData: `of ${username}` });
    const user = t.user();
    t.reply(ok());
    await t.step("forgotPassword", () => user.forgotPassword(t.callbacks(...CALLBACKS)));
    prototype.getUserContextData = original;
  },
  async "prototype patched: a method added"(t) {
    t.lib.CognitoUser.prototype.added = function () {
      return this.getUsername();
    };
    const user = t.user();
    await t.step("call", () => user.added());
    delete t.lib.CognitoUser.prototype.added;
  },
  async "prototype patched: isValid"(t) {
    const { prototype } = t.lib.CognitoUserSession;
    const original = prototype.isValid;
    const user = await restored(t);
    prototype.isValid = () => false;
    await t.step("changePassword", () => user.changePassword("a", "b", t.callback()));
    prototype.isValid = original;
  },
};
