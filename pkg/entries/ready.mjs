// The same with the module inline. It is instantiated when something first computes: a page whose user
// is signed in already never does.

import { initSync, whenNeeded } from "./classes.js";
import text from "wasm-text";
import { compiling } from "./compile.mjs";
import { decode } from "./text.mjs";

whenNeeded(() => initSync({ module: compiling(() => new WebAssembly.Module(decode(text))) }));

export * from "./classes.js";
