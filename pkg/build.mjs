// Makes the published files of this package out of its entries and the generated glue:
//
//   node pkg/build.mjs <folder with cognito.js and the optimised cognito_bg.wasm>
//
// `cargo xtask build` does what comes before and calls this. It prints the sizes at the end.

import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const { build } = createRequire(new URL("../xtask/package.json", import.meta.url))("esbuild");

const pkg = import.meta.dirname;
const glue = resolve(process.argv[2]);
const wasm = join(glue, "cognito_bg.wasm");

const options = {
  bundle: true,
  platform: "neutral",
  // What BigInt's support and classes with getters ask for is older than simd128.
  target: ["es2020"],
  alias: { glue: join(glue, "cognito.js"), wasm },
  loader: { ".wasm": "base64" },
  inject: [join(pkg, "entries/text-coding.mjs")],
  external: ["./index.cjs"],
  logLevel: "warning",
  // `new URL("cognito.wasm", import.meta.url)` in CommonJS has no meta; there `init` needs an argument.
  logOverride: { "empty-import-meta": "silent" },
};

/** Only modules are strict by themselves: a method taken off its object must not write to the global one. */
const MODE = { cjs: { banner: { js: '"use strict";' } } };

const entry = (name) => join(pkg, "entries", `${name}.mjs`);
const emit = (name, outfile, format) =>
  build({ ...options, ...MODE[format], entryPoints: [entry(name)], outfile: join(pkg, outfile), format });

await Promise.all([
  emit("index", "index.mjs", "esm"),
  emit("index", "index.cjs", "cjs"),
  emit("slim", "slim.mjs", "esm"),
  emit("slim", "slim.cjs", "cjs"),
]);
copyFileSync(entry("node"), join(pkg, "node.mjs"));
copyFileSync(wasm, join(pkg, "cognito.wasm"));
// Each module system wants declarations of its own kind, with the same contents.
const types = (name) => readFileSync(join(pkg, `${name}.d.ts`), "utf8");
for (const kind of ["m", "c"]) {
  writeFileSync(join(pkg, `index.d.${kind}ts`), types("index"));
  writeFileSync(join(pkg, `slim.d.${kind}ts`), `export * from "./index.${kind}js";\n\n${types("slim")}`);
}

await printSizes();

/** As an application's bundler would ship them, beside what they replace. */
async function printSizes() {
  const minified = async (name) => {
    const { outputFiles } = await build({
      ...options,
      entryPoints: [entry(name)],
      format: "esm",
      minify: true,
      write: false,
    });
    return Buffer.from(outputFiles[0].contents);
  };
  const module = readFileSync(wasm);
  const sizes = {
    "cognito.wasm": measure(module),
    "whole entry, minified": measure(await minified("index")),
    "slim entry, minified": measure(await minified("slim")),
    "slim entry and wasm": add(measure(await minified("slim")), measure(module)),
    "amazon-cognito-identity-js 6.3.21": { raw: 92_521, gzip: 27_500, brotli: 24_137 },
  };
  console.table(sizes);
}

function measure(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

function add(a, b) {
  return { raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli };
}
