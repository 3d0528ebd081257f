// What applications do with the objects besides calling their methods.

import { fails, ok, passwordVerifier, signedIn, tokens } from "../replies.mjs";
import { restored, signIn } from "../sign-in.mjs";

const CALLBACKS = ["onSuccess", "onFailure"];

const CLASSES = [
  ...["AuthenticationDetails", "AuthenticationHelper", "CognitoAccessToken", "CognitoIdToken", "CognitoRefreshToken", "CognitoUser"],
  ...["CognitoUserAttribute", "CognitoUserPool", "CognitoUserSession", "CookieStorage", "DateHelper", "WordArray"],
];

/** Every method that the prototypes of `Class` have, with what can be done to it. */
function methods(Class) {
  const found = {};
  for (let prototype = Class.prototype; prototype !== Object.prototype; prototype = Object.getPrototypeOf(prototype)) {
    for (const [name, { value, writable, configurable, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name !== "constructor" && typeof value === "function") found[name] ??= { writable, configurable, enumerable };
    }
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A session of fresh tokens. */
export const session = (t) => {
  const { IdToken, AccessToken, RefreshToken } = tokens();
  return new t.lib.CognitoUserSession({
    IdToken: new t.lib.CognitoIdToken({ IdToken }),
    AccessToken: new t.lib.CognitoAccessToken({ AccessToken }),
    RefreshToken: new t.lib.CognitoRefreshToken({ RefreshToken }),
  });
};

/** One new object of each class that needs no SRP. */
const one = (t) => ({
  AuthenticationDetails: () => t.details({ ValidationData: { a: "1" } }),
  CognitoAccessToken: () => new t.lib.CognitoAccessToken({ AccessToken: tokens().AccessToken }),
  CognitoIdToken: () => new t.lib.CognitoIdToken({ IdToken: tokens().IdToken }),
  CognitoRefreshToken: () => new t.lib.CognitoRefreshToken({ RefreshToken: "r" }),
  CognitoUser: () => t.user(),
  CognitoUserAttribute: () => new t.lib.CognitoUserAttribute({ Name: "n", Value: "v" }),
  CognitoUserPool: () => t.pool(),
  CognitoUserSession: () => session(t),
  CookieStorage: () => new t.lib.CookieStorage({}),
  DateHelper: () => new t.lib.DateHelper(),
  WordArray: () => new t.lib.WordArray([1]),
});

const scenarios = {
  async "own fields: a pool with a wrapper"(t) {
    t.note("keys", Object.keys(t.pool({}, (callback) => callback)));
  },
  async "own fields: a user after a password sign-in"(t) {
    const user = await signIn(t);
    t.note("keys", Object.keys(user));
  },
  async "own fields: a user after SRP"(t) {
    const user = t.user();
    t.reply(passwordVerifier(), signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    t.note("keys", Object.keys(user));
  },
  async "own fields: a user with a device"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(ok({ AuthenticationResult: { ...tokens(), NewDeviceMetadata: { DeviceKey: "d", DeviceGroupKey: "g" } } }), ok({}));
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
    t.note("keys", Object.keys(user));
  },
  async "own fields: a user after a refresh"(t) {
    const user = await restored(t);
    t.reply(signedIn({ refreshToken: null }));
    await t.step("refresh", () => user.refreshSession(user.getSignInUserSession().getRefreshToken(), t.callback()));
    t.note("keys", Object.keys(user));
  },
  async "own fields: copied to another object"(t) {
    const user = await restored(t);
    t.note("copy", Object.keys({ ...user, more: 1 }));
    t.note("assigned", Object.keys(Object.assign(t.user("bob"), { attributes: {}, preferredMFA: "NOMFA" })));
  },
  async "own fields: a user of a user's fields"(t) {
    const user = await restored(t);
    t.note("the very same objects", [user.pool.client === user.client, user.signInUserSession === user.getSignInUserSession(), user.storage === user.pool.storage]);
  },
  async "own fields: deleted"(t) {
    const user = Object.assign(t.user(), { deviceKey: "device-1", challengeName: "SMS_MFA" });
    await t.step("delete", () => [delete user.deviceKey, delete user.challengeName, "deviceKey" in user]);
  },
  async "JSON: a signed-in user's claims"(t) {
    const user = await restored(t);
    const json = JSON.parse(JSON.stringify(user));
    t.note("claims", [json.signInUserSession.idToken.payload, json.signInUserSession.accessToken.jwtToken, json.signInUserSession.refreshToken.token]);
  },
  async "a session replaced by one of the application's own"(t) {
    const user = t.user();
    const mine = {
      isValid: () => true,
      getAccessToken: () => ({ getJwtToken: () => "access" }),
      getIdToken: () => ({ getJwtToken: () => "id" }),
      getRefreshToken: () => ({ getToken: () => "refresh" }),
      getClockDrift: () => 7,
    };
    await t.step("set", () => user.setSignInUserSession(mine));
    t.reply(ok());
    await t.step("changePassword", () => user.changePassword("a", "b", t.callback()));
    await t.step("getSession", () => user.getSession(t.callback((_, given) => t.note("same", given === mine))));
  },
  async "a session whose isValid is replaced"(t) {
    const user = await restored(t);
    user.getSignInUserSession().isValid = () => false;
    await t.step("changePassword", () => user.changePassword("a", "b", t.callback()));
  },
  async "a token's payload written from outside"(t) {
    const whole = session(t);
    whole.getIdToken().payload.exp = 0;
    await t.step("isValid", () => whole.isValid());
    whole.getIdToken().payload = {};
    await t.step("isValid without", () => [whole.isValid(), whole.getIdToken().getExpiration()]);
  },
  async "a session's drift written from outside"(t) {
    const whole = session(t);
    whole.clockDrift = -4000;
    await t.step("isValid", () => [whole.isValid(), whole.getClockDrift(), whole.calculateClockDrift()]);
  },
  async "details written from outside"(t) {
    const details = t.details();
    details.username = "bob";
    details.password = "other";
    details.clientMetadata = { a: "1" };
    await t.step("read", () => [details.getUsername(), details.getPassword(), details.getClientMetadata()]);
  },
  async "a pool's ids written from outside"(t) {
    const pool = t.pool();
    pool.clientId = "other-client";
    pool.userPoolId = "us-east-1_Other";
    await t.step("read", () => [pool.getClientId(), pool.getUserPoolId(), pool.getUserPoolName(), pool.client.endpoint]);
    t.reply(ok());
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, t.callback()));
  },
  async "a user's pool replaced"(t) {
    const user = t.user();
    user.pool = t.pool({ ClientId: "other-client" });
    t.reply(ok());
    await t.step("confirm", () => user.confirmRegistration("123456", true, t.callback()));
    await t.step("getSession", () => user.getSession(t.callback()));
  },
  async "a user's storage replaced"(t) {
    const user = await restored(t);
    const other = t.storage();
    user.storage = other;
    await t.step("cacheTokens", () => user.cacheTokens());
    t.note("written there", Object.keys(other.entries()));
  },
  async "methods taken off their object"(t) {
    const user = t.user();
    const { getUsername } = user;
    await t.step("getUsername", () => {
      try {
        return getUsername();
      } catch (error) {
        return error.name;
      }
    });
    await t.step("bound", () => user.getUsername.bind(user)());
    t.reply(fails("CodeMismatchException", "No"));
    await t.step("bound, with a request", () => user.confirmRegistration.bind(user)("1", true, t.callback()));
  },
  async "frozen callbacks and arguments"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(Object.freeze(t.details()), Object.freeze(t.callbacks(...CALLBACKS))));
  },
};

for (const name of CLASSES) {
  scenarios[`methods: ${name}`] = async (t) => t.note("methods", methods(t.lib[name]));
  scenarios[`constructor: ${name}`] = async (t) => t.note("class", [typeof t.lib[name], t.lib[name].name, t.lib[name].prototype.constructor === t.lib[name]]);
}
for (const name of CLASSES.filter((name) => name !== "AuthenticationHelper")) {
  scenarios[`own fields and JSON: ${name}`] = async (t) => {
    const object = one(t)[name]();
    t.note("keys", Object.keys(object));
    t.note("for in", [...(function* () { for (const key in object) yield key; })()].filter((key) => Object.hasOwn(object, key)));
    t.note("JSON", JSON.stringify(object));
  };
}

export default scenarios;
