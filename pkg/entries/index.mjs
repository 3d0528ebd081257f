// `amazon-cognito-identity`: ready when the import is.

import { initSync } from "glue";
import base64 from "wasm";
import { compiling } from "./compile.mjs";

const bytes = Uint8Array.fromBase64
  ? Uint8Array.fromBase64(base64)
  : Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

initSync({ module: compiling(() => new WebAssembly.Module(bytes)) });

export * from "./classes.mjs";
