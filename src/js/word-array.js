import { encodeHex, randomBytes } from "./bytes.js";
import { methods } from "./methods.js";

/** Bytes in words of 32 bits, big-endian. */
export function WordArray(words, sigBytes) {
  this.words = words ?? [];
  this.sigBytes = sigBytes ?? this.words.length * 4;
}

methods(WordArray, {
  /** A new one of this many random bytes. */
  random(nBytes) {
    const view = new DataView(randomBytes(Math.ceil(nBytes / 4) * 4).buffer);
    const words = Array.from({ length: view.byteLength / 4 }, (_, index) => view.getInt32(index * 4));
    return new WordArray(words, nBytes);
  },

  /** Lower-case hexadecimal. */
  toString() {
    const view = new DataView(new ArrayBuffer(this.words.length * 4));
    this.words.forEach((word, index) => view.setInt32(index * 4, word));
    return encodeHex(new Uint8Array(view.buffer, 0, this.sigBytes));
  },
});
