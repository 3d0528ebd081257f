// What each part of the package weighs, by what the build itself knows: the names that the compiler gave the
// module's functions, and the files of the glue.
//
// A function or file that was inlined counts where it ended up: most of the flows, for example, in what the
// glue calls. What compresses well beside the rest weighs less than it would alone, so that the parts'
// gzip sizes (what the whole would lose without the part) sum to less than the whole's.

import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** What functions of the module are there for, by the beginning of their names; the first that fits. */
const FUNCTIONS = [
  ["exponentiation", /^(<impl )?cognito_srp::(modexp|uint|exponent)/],
  ["SHA-256, HMAC", /^<?sha2::|^cognito_srp::claim::(sha256|hmac)/],
  ["the rest of SRP", /^<?cognito_srp::|^flowhandle_compute/],
  ["flows", /^<?amazon_cognito_identity::|^flowhandle_/],
  ["bridge", /^<?wasm_bindgen::|^<?js_sys::|^__wb|^__externref|externref shim/],
  ["memory, library", /./],
];
const CODE_SECTION = 10;
const DATA_SECTION = 11;

/** The module without its section of names. */
export function withoutNames(bytes) {
  const kept = sections(bytes).filter(({ id, name }) => !(id === 0 && name === "name"));
  return Buffer.concat([bytes.subarray(0, 8), ...kept.map(({ start, end }) => bytes.subarray(start, end))]);
}

/** Rows for the module's parts; `bytes` has the names. */
export function moduleParts(bytes) {
  const names = functionNames(bytes);
  const parts = Object.fromEntries(FUNCTIONS.map(([part]) => [part, []]));
  const all = sections(bytes);
  const { content } = all.find(({ id }) => id === CODE_SECTION);
  let [count, at] = leb(bytes, content);
  for (let index = 0; index < count; index++) {
    const [length, body] = leb(bytes, at);
    const name = names[index] ?? "";
    parts[FUNCTIONS.find(([, pattern]) => pattern.test(name || "?"))[0]].push([at, body + length]);
    at = body + length;
  }
  const data = all.find(({ id }) => id === DATA_SECTION);
  parts["data: N, SHA-256's, texts"] = [[data.start, data.end]];
  const whole = withoutNames(bytes).length;
  const listed = Object.values(parts).flat().reduce((sum, [start, end]) => sum + end - start, 0);
  const rows = rowsOf(parts, bytes.subarray(0, whole));
  return { ...rows, "types, imports, exports": { raw: whole - listed } };
}

/** Rows for the files of the glue that the slim entry takes. */
export async function glueParts({ build, transform }, pkg, options) {
  const { outputFiles } = await build({
    ...options,
    stdin: { contents: `export * from "./classes.mjs"; export { init } from "./init.mjs";`, resolveDir: join(pkg, "entries") },
    plugins: [{ name: "one-bundle", setup: oneBundle }],
    format: "esm",
    minifyIdentifiers: true,
    minifySyntax: true,
    write: false,
  });
  // With its white space the bundle says where each file begins.
  const [, ...pieces] = outputFiles[0].text.replace(/^export \{[^}]*\};/m, "").split(/^\/\/ (.+)\n/m);
  const parts = {};
  let text = "";
  for (let index = 0; index < pieces.length; index += 2) {
    const { code } = await transform(pieces[index + 1], { minifyWhitespace: true });
    (parts[nameOf(pieces[index])] ??= []).push([text.length, text.length + code.length]);
    text += code;
  }
  return rowsOf(parts, Buffer.from(text));
}

function nameOf(path) {
  return path.replace(/.*\/src\/js\//, "").replace(/.*\/(cognito_bg|imports)\.js$/, "wasm-bindgen's glue");
}

function oneBundle({ onResolve }) {
  onResolve({ filter: /^\.\/classes\.js$/ }, ({ resolveDir }) => ({ path: join(resolveDir, "classes.mjs") }));
}

function rowsOf(parts, bytes) {
  const gzip = (content) => gzipSync(content, { level: 9 }).length;
  const whole = gzip(bytes);
  const row = (ranges) => {
    const raw = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
    return { raw, gzip: whole - gzip(without(bytes, ranges)) };
  };
  const rows = Object.entries(parts).map(([part, ranges]) => [part, row(ranges)]);
  return Object.fromEntries(rows.sort(([, a], [, b]) => b.gzip - a.gzip));
}

function without(bytes, ranges) {
  const starts = [0, ...ranges.map(([, end]) => end)];
  const ends = [...ranges.map(([start]) => start), bytes.length];
  return Buffer.concat(starts.map((start, index) => bytes.subarray(start, ends[index])));
}

function sections(bytes) {
  const found = [];
  for (let start = 8; start < bytes.length; ) {
    const [length, content] = leb(bytes, start + 1);
    const id = bytes[start];
    const [nameLength, text] = id === 0 ? leb(bytes, content) : [0, content];
    const end = content + length;
    found.push({ id, start, content, end, name: bytes.toString("utf8", text, text + nameLength), body: text + nameLength });
    start = end;
  }
  return found;
}

/** By position in the code section. */
function functionNames(bytes) {
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(({ kind }) => kind === "function").length;
  const names = [];
  const { body, end } = sections(bytes).find(({ name }) => name === "name");
  for (let at = body; at < end; ) {
    const [length, content] = leb(bytes, at + 1);
    if (bytes[at] === 1) {
      let [count, entry] = leb(bytes, content);
      for (; count > 0; count--) {
        const [index, size] = leb(bytes, entry);
        const [nameLength, text] = leb(bytes, size);
        names[index - imported] = bytes.toString("utf8", text, text + nameLength);
        entry = text + nameLength;
      }
    }
    at = content + length;
  }
  return names;
}

/** An unsigned LEB128 number, and where it ends. */
function leb(bytes, at) {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte < 128) return [value, at];
  }
}
