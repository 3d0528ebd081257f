// For `amazon-cognito-identity/slim`: the application brings the module.

import { imports, run } from "./classes.js";
import { compiling } from "./compile.mjs";

/** The first call's work, which later calls wait for; forgotten if it fails, so that one may try again. */
let ready;

export function init(source = beside()) {
  ready ??= load(source).catch((error) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

/** The file of the package, where this runs as a module; CommonJS does not say where it is. */
function beside() {
  return import.meta.url ? new URL("../cognito.wasm", import.meta.url) : undefined;
}

async function load(source) {
  let given = await source;
  if (given === undefined) throw new Error("amazon-cognito-identity: `init` needs the module or its address here");
  if (typeof given === "string" || given instanceof URL) given = await fetch(given);
  if (typeof Response === "function" && given instanceof Response) {
    if (!given.ok) throw new Error(`amazon-cognito-identity: ${given.url} answers ${given.status}`);
    given = await given.arrayBuffer();
  }
  const made = await compiling(() => WebAssembly.instantiate(given, imports));
  // Of bytes it makes the module too.
  run(made.instance ?? made);
}
