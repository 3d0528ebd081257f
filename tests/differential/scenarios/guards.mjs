// What every method does when it cannot do its work: the same situations for all of them.

import { fails, ok, page, rejects, throws } from "../replies.mjs";
import { restored } from "../sign-in.mjs";

const BOTH = ["onSuccess", "onFailure"];

/** Methods that need a valid session and take a node-style callback. */
const WITH_CALLBACK = {
  changePassword: (user, callback) => user.changePassword("old", "new", callback),
  enableMFA: (user, callback) => user.enableMFA(callback),
  disableMFA: (user, callback) => user.disableMFA(callback),
  setUserMfaPreference: (user, callback) => user.setUserMfaPreference({}, {}, callback),
  deleteUser: (user, callback) => user.deleteUser(callback),
  updateAttributes: (user, callback) => user.updateAttributes([], callback),
  deleteAttributes: (user, callback) => user.deleteAttributes([], callback),
  getUserAttributes: (user, callback) => user.getUserAttributes(callback),
  getMFAOptions: (user, callback) => user.getMFAOptions(callback),
  getUserData: (user, callback) => user.getUserData(callback),
};

/** Methods that need a valid session and take a callbacks object. */
const WITH_CALLBACKS = {
  getAttributeVerificationCode: (user, callbacks) => user.getAttributeVerificationCode("email", callbacks),
  verifyAttribute: (user, callbacks) => user.verifyAttribute("email", "123456", callbacks),
  getDevice: (user, callbacks) => user.getDevice(callbacks),
  forgetSpecificDevice: (user, callbacks) => user.forgetSpecificDevice("device-1", callbacks),
  forgetDevice: (user, callbacks) => user.forgetDevice(callbacks),
  setDeviceStatusRemembered: (user, callbacks) => user.setDeviceStatusRemembered(callbacks),
  setDeviceStatusNotRemembered: (user, callbacks) => user.setDeviceStatusNotRemembered(callbacks),
  listDevices: (user, callbacks) => user.listDevices(10, null, callbacks),
  globalSignOut: (user, callbacks) => user.globalSignOut(callbacks),
};

/** Methods that need no session and make one request. */
const WITHOUT_SESSION = {
  confirmRegistration: (user, t) => user.confirmRegistration("123456", true, t.callback()),
  resendConfirmationCode: (user, t) => user.resendConfirmationCode(t.callback()),
  forgotPassword: (user, t) => user.forgotPassword(t.callbacks(...BOTH)),
  confirmPassword: (user, t) => user.confirmPassword("123456", "New-horse-2", t.callbacks(...BOTH)),
  initiateAuth: (user, t) => user.initiateAuth(t.details(), t.callbacks(...BOTH)),
  sendMFACode: (user, t) => user.sendMFACode("123456", t.callbacks(...BOTH)),
  sendMFASelectionAnswer: (user, t) => user.sendMFASelectionAnswer("SMS_MFA", t.callbacks(...BOTH)),
  associateSoftwareToken: (user, t) => user.associateSoftwareToken(t.callbacks(...BOTH)),
  verifySoftwareToken: (user, t) => user.verifySoftwareToken("123456", "phone", t.callbacks(...BOTH)),
};

const throwing = () => {
  throw new Error("the application's own bug");
};

/** How a request can fail, and what it is called. */
const FAILURES = {
  "service error": () => fails("InvalidParameterException", "Not like this"),
  "error without a message": () => fails("InternalErrorException", undefined, { status: 500 }),
  "error with a capital Message and a namespace": () => fails("X", "", { body: { __type: "com.amazonaws#LimitExceededException", Message: "Slower" } }),
  "error with a code": () => fails("X", "", { body: { code: "SomeException", message: "text" } }),
  "error named in a header": () => page(503, "", { "x-amzn-errortype": "ServiceUnavailable:http://internal/" }),
  "network error": () => rejects(new TypeError("fetch failed")),
  "an abort": () => rejects(new DOMException("The operation was aborted.", "AbortError")),
  "HTML page": () => page(502),
};

const scenarios = {};

for (const [method, call] of Object.entries(WITH_CALLBACK)) {
  scenarios[`${method}: not signed in`] = async (t) => {
    const user = t.user();
    await t.step(method, () => call(user, t.callback()));
  };
  scenarios[`${method}: session has expired`] = async (t) => {
    const user = await restored(t, { lifetime: 60 });
    t.now += 60_000;
    await t.step(method, () => call(user, t.callback()));
  };
  scenarios[`${method}: not signed in, the callback throws`] = async (t) => {
    const user = t.user();
    await t.step(method, () => call(user, t.callback(throwing)));
  };
  scenarios[`${method}: fetch throws`] = async (t) => {
    const user = await restored(t);
    t.reply(throws(new Error("blocked by policy")));
    await t.step(method, () => call(user, t.callback()));
  };
}

for (const [method, call] of Object.entries(WITH_CALLBACKS)) {
  scenarios[`${method}: not signed in`] = async (t) => {
    const user = t.user();
    await t.step(method, () => call(user, t.callbacks(...BOTH)));
  };
  scenarios[`${method}: session has expired`] = async (t) => {
    const user = await restored(t, { lifetime: 60 });
    t.now += 60_000;
    await t.step(method, () => call(user, t.callbacks(...BOTH)));
  };
  scenarios[`${method}: success`] = async (t) => {
    const user = await restored(t);
    t.reply(ok({ any: "answer" }));
    await t.step(method, () => call(user, t.callbacks(...BOTH)));
  };
  scenarios[`${method}: onSuccess is missing`] = async (t) => {
    const user = await restored(t);
    t.reply(ok({ any: "answer" }));
    await t.step(method, () => call(user, t.callbacks("onFailure")));
  };
}

for (const [method, call] of Object.entries(WITHOUT_SESSION)) {
  scenarios[`${method}: onFailure throws`] = async (t) => {
    const user = t.user();
    t.reply(fails("NotAuthorizedException", "No"));
    let thrown = false;
    const once = { ...t, callbacks: () => t.callbacks("onSuccess", { onFailure: onceOnly }), callback: () => t.callback(onceOnly), details: () => t.details() };
    function onceOnly() {
      if (thrown) return;
      thrown = true;
      throwing();
    }
    await t.step(method, () => call(user, once));
  };
  scenarios[`${method}: a callback object without any callback`] = async (t) => {
    const user = t.user();
    t.reply(fails("NotAuthorizedException", "No"));
    const without = { callbacks: () => ({}), callback: () => undefined, details: () => t.details() };
    await t.step(method, () => call(user, without));
  };
}

const ALL = {
  ...mapped(WITH_CALLBACK, (call) => (user, t) => call(user, t.callback())),
  ...mapped(WITH_CALLBACKS, (call) => (user, t) => call(user, t.callbacks(...BOTH))),
  ...WITHOUT_SESSION,
};
const names = Object.keys(FAILURES);
let next = 0;

// Each method meets two of the failures, each failure some of the methods.
for (const [method, call] of Object.entries(ALL)) {
  for (let i = 0; i < 2; i += 1) {
    const name = names[next++ % names.length];
    scenarios[`${method}: ${name}`] = async (t) => {
      const user = method in WITHOUT_SESSION ? t.user() : await restored(t);
      t.reply(FAILURES[name]());
      await t.step(method, () => call(user, t));
    };
  }
}

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

export default scenarios;
