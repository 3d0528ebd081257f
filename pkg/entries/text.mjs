// Bytes as a text of printable ASCII that goes through every bundler, and that compresses as well as the
// bytes do: base64, which shifts their bounds, costs a quarter more after gzip.
//
// A byte is a digit of base 88, after a mark if it is 88 or more and another if it is 176 or more.

const FIRST = 35;
const BASE = 88;

export function encode(bytes) {
  const digit = (byte) => String.fromCharCode(FIRST + (byte % BASE));
  const mark = (byte) => (byte < BASE ? "" : String.fromCharCode(FIRST + BASE - 1 + Math.floor(byte / BASE)));
  return Array.from(bytes, (byte) => mark(byte) + digit(byte)).join("");
}

export function decode(text) {
  // Not `charCodeAt`, which takes three times as long where nothing is compiled yet.
  const codes = new TextEncoder().encode(text);
  let length = 0;
  let above = 0;
  for (let index = 0; index < codes.length; index += 1) {
    const digit = codes[index] - FIRST;
    if (digit < BASE) {
      codes[length] = above + digit;
      length += 1;
      above = 0;
    } else {
      above = (digit - BASE + 1) * BASE;
    }
  }
  return codes.subarray(0, length);
}
