// The WebAssembly side, as the classes reach it.

let instance;

/** Called by the module when it is instantiated. */
export function connect(core) {
  instance = core;
}

/** What computes and decides. */
export function core() {
  if (instance) return instance;
  throw new Error("amazon-cognito-identity: the module is not there yet, call `await init()` first");
}
