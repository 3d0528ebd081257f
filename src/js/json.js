// What flows ask of JSON values. Some come through functions that an application has replaced: reading one
// may throw, which means no more than that there is nothing.

/** A member; undefined where there is none. */
export function get(value, key) {
  try {
    return value[key];
  } catch {
    return undefined;
  }
}

/** Sets a member of an object that a flow has made. */
export function set(object, key, value) {
  object[key] = value;
}

/** What a JSON text says; undefined if it is none. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The texts of an array, those that begin with the prefix without it. */
export function withoutPrefix(texts, prefix) {
  if (!Array.isArray(texts)) return [];
  return texts
    .filter((text) => typeof text === "string")
    .map((text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text));
}
