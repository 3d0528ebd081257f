// The WebAssembly side, as the classes reach it.

let instance;

let instantiate = () => {
  throw new Error("amazon-cognito-identity: the module is not there yet, call `await init()` first");
};

/** Called by the module when it is instantiated, with a flow whose class has everything. */
export function connect(flow) {
  instance = flow.constructor;
  flow.free();
}

/** Says how the module is instantiated when something first needs it; that may throw. */
export function whenNeeded(action) {
  instantiate = action;
}

/** What computes and decides. */
export function core() {
  if (!instance) instantiate();
  return instance;
}
