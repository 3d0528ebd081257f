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
    const words = Array.from({ length: view.byteLength / 4 }, (_, index) => view.getUint32(index * 4));
    return new WordArray(words, nBytes);
  },

  /** Lower-case hexadecimal. */
  toString() {
    const { words, sigBytes } = this;
    return encodeHex(Uint8Array.from({ length: sigBytes }, (_, index) => words[index >> 2] >> (24 - (index % 4) * 8)));
  },
});
