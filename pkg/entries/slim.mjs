// `amazon-cognito-identity/slim`: the same classes, ready once `init` is. The application brings the
// module: by default it is fetched from beside this file.

import { initSync } from "glue";
import { compiling } from "./compile.mjs";

export * from "./classes.mjs";

/** The first call's work, which later calls wait for; forgotten if it fails, so that one may try again. */
let ready;

export function init(source = new URL("cognito.wasm", import.meta.url)) {
  ready ??= load(source).catch((error) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

async function load(source) {
  let given = await source;
  if (typeof given === "string" || given instanceof URL) given = await fetch(given);
  if (typeof Response === "function" && given instanceof Response) {
    if (!given.ok) throw new Error(`amazon-cognito-identity: ${given.url} answers ${given.status}`);
    given = await given.arrayBuffer();
  }
  const module = given instanceof WebAssembly.Module ? given : await compiling(() => WebAssembly.compile(given));
  initSync({ module });
}
