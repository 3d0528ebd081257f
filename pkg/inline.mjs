// The module as a text within the entries: bytes as printable ASCII, which goes through every bundler and compresses
// as well as the bytes do. Base64, which shifts their bounds, costs a quarter more after gzip.
//
// A byte is a digit of base 88, after a mark if it is 88 or more and another if it is 176 or more.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const FIRST = 35;
const BASE = 88;

/** The decoder's memory: one page. */
const LONGEST = 65_536;

/** An esbuild plugin: `wasm-text` is this module as a text, `wasm-decoder` what `entries/text.mjs` decodes it with. */
export function inline(module) {
  const text = encode(module);
  if (text.length > LONGEST) throw new Error(`${text.length} characters are more than the memory of entries/text.wat holds`);
  const contents = { "wasm-text": () => text, "wasm-decoder": decoder };
  return {
    name: "inline",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^wasm-(text|decoder)$/ }, ({ path }) => ({ path, namespace: "inline" }));
      onLoad({ filter: /./, namespace: "inline" }, async ({ path }) => ({
        contents: `export default ${JSON.stringify(await contents[path]())};`,
      }));
    },
  };
}

function encode(bytes) {
  const digit = (byte) => String.fromCharCode(FIRST + (byte % BASE));
  const mark = (byte) => (byte < BASE ? "" : String.fromCharCode(FIRST + BASE - 1 + Math.floor(byte / BASE)));
  return Array.from(bytes, (byte) => mark(byte) + digit(byte)).join("");
}

/** `entries/text.wat`, assembled, in base64. */
async function decoder() {
  const { resolve } = createRequire(new URL("../xtask/package.json", import.meta.url));
  const { default: binaryen } = await import(resolve("binaryen"));
  const module = binaryen.parseText(readFileSync(new URL("entries/text.wat", import.meta.url), "utf8"));
  binaryen.setShrinkLevel(2);
  module.optimize();
  return Buffer.from(module.emitBinary()).toString("base64");
}
