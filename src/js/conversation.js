// Drives flows: sends what they ask for, and tells the application what they come to.

import { core } from "./core.js";
import { failure } from "./errors.js";
import { withContext } from "./user/requests.js";

/** Goes on with a flow from a step: `{operation, body}`, `{callback, args}` or `{confirmationNecessary}`. */
export function proceed(user, flow, callbacks, step = flow.first) {
  if (step.operation) return converse(user, flow, callbacks, step.operation, step.body);
  flow.free();
  if (step.callback) return tell(callbacks, step.callback, ...Object.values(step.args));
  const more = step.confirmationNecessary ? [true] : [];
  return callbacks.onSuccess(user.signInUserSession, ...more);
}

/** Sends a request that any answer may follow, and goes on from there. */
export function begin(user, callbacks, operation, body) {
  let flow;
  try {
    flow = core().answer(user);
  } catch (cause) {
    return callbacks.onFailure(cause);
  }
  return converse(user, flow, callbacks, operation, body);
}

function converse(user, flow, callbacks, operation, body) {
  // ConfirmDevice, unlike what signs a user in, does not take it.
  const full = operation === "ConfirmDevice" ? body : withContext(user, body);
  user.client.request(operation, full, once((error, data) => {
    let step;
    try {
      step = flow.next(error || undefined, data);
    } catch (cause) {
      flow.free();
      return callbacks.onFailure(cause);
    }
    return proceed(user, flow, callbacks, step);
  }));
}

/** Calls a callback, or `onFailure` if it is missing. */
function tell(callbacks, name, ...args) {
  if (typeof callbacks[name] === "function") return callbacks[name](...args);
  return callbacks.onFailure(
    name === "otherChallenge"
      ? failure("UnsupportedChallenge", `Unsupported challenge: ${args[0]}`)
      : new TypeError(`callback.${name} is not a function`),
  );
}

/** A callback that hears of the first answer only, whatever sends requests. */
function once(callback) {
  let called = false;
  return (...args) => {
    if (called) return undefined;
    called = true;
    return callback(...args);
  };
}
