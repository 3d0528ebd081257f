// A trace as text, one event a line: what is compared, and what a failed comparison shows.

/** Every event of `trace` as one line of JSON, members sorted, `undefined` visible. */
export function lines(trace) {
  return trace.map((event) => JSON.stringify(event, visible)).join("\n");
}

function visible(key, value) {
  if (value === undefined) return "<undefined>";
  if (typeof value === "number" && !Number.isFinite(value)) return `<${value}>`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
