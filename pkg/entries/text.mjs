import decoder from "wasm-decoder";

/** The bytes of a text that `pkg/inline.mjs` made. */
export function decode(text) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes(atob(decoder))));
  const memory = new Uint8Array(exports.memory.buffer);
  memory.set(new TextEncoder().encode(text));
  return memory.subarray(0, exports.decode(text.length));
}

function bytes(characters) {
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}
