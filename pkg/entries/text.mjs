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
  // Two characters a turn where there are two: this runs once, before the engine has compiled any of it.
  const end = text.length;
  const bytes = new Uint8Array(end);
  let length = 0;
  let index = 0;
  while (index < end) {
    let byte = text.charCodeAt(index++) - FIRST;
    if (byte >= BASE) byte = (byte - BASE + 1) * BASE + text.charCodeAt(index++) - FIRST;
    bytes[length++] = byte;
  }
  return bytes.subarray(0, length);
}
