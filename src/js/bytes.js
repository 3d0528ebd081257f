// Bytes as texts.

/** Of either base64 alphabet, up to the first `=`; characters of neither, and one that is left over, count for nothing. */
export function decodeBase64(encoded) {
  const sextets = encoded.split("=")[0].replace(/-/g, "+").replace(/_/g, "/").replace(/[^A-Za-z0-9+/]/g, "");
  const whole = sextets.length % 4 === 1 ? sextets.slice(0, -1) : sextets;
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
}

export function encodeBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/** Lower-case hexadecimal, two digits for each byte. */
export function encodeHex(bytes) {
  return Array.from(bytes, (byte) => (byte | 256).toString(16).slice(1)).join("");
}

export function decodeHex(digits) {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Secure random bytes. */
export function randomBytes(length) {
  const bytes = new Uint8Array(length);
  try {
    return globalThis.crypto.getRandomValues(bytes);
  } catch {
    throw new Error("Native crypto module could not be used to get secure random number.");
  }
}
