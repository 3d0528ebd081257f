// The same with the module inline. It is instantiated when something first computes: a page whose user
// is signed in already never does.

import { imports, run, whenNeeded } from "./classes.js";
import text from "wasm-text";
import { compiling } from "./compile.mjs";
import { decode } from "./text.mjs";

whenNeeded(() => {
  const module = compiling(() => new WebAssembly.Module(decode(text)));
  run(new WebAssembly.Instance(module, imports));
});

export * from "./classes.js";
