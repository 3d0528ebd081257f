// `amazon-cognito-identity`: ready when the import is.

import { initSync } from "glue";
import base64 from "wasm";
import { compiling } from "./compile.mjs";

initSync({ module: compiling(() => new WebAssembly.Module(decode(base64))) });

export * from "./classes.mjs";

function decode(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  if (globalThis.Buffer) return globalThis.Buffer.from(text, "base64");
  // A plain loop: `Uint8Array.from` with a function takes longer than everything else at start.
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
