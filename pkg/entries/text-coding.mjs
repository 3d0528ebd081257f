// What the glue takes instead of the globals: jsdom has neither.

const encoder = {
  encode(text) {
    const encoded = encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, "\ufffd"));
    const bytes = encoded.replace(/%(..)/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
  },
};

const decoder = {
  decode(bytes = new Uint8Array()) {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${(byte | 256).toString(16).slice(1)}`).join(""));
  },
};

export const TextEncoder = globalThis.TextEncoder ?? function () { return encoder; };
export const TextDecoder = globalThis.TextDecoder ?? function () { return decoder; };
