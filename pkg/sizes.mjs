// The package as an application's bundler would ship it, beside what it replaces.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { glueParts, moduleParts } from "./parts.mjs";

export async function printSizes(esbuild, pkg, options, named) {
  const minified = async (entry) => {
    const { outputFiles } = await esbuild.build({
      entryPoints: [join(pkg, entry)],
      bundle: true,
      format: "esm",
      minify: true,
      write: false,
    });
    return measure(outputFiles[0].contents);
  };
  const module = measure(readFileSync(join(pkg, "cognito.wasm")));
  const slim = await minified("es/slim.js");
  console.table({
    "cognito.wasm": module,
    "whole entry, minified": await minified("es/index.js"),
    "slim entry, minified": slim,
    "slim entry and wasm": add(slim, module),
    "amazon-cognito-identity-js 6.3.21": { raw: 92_521, gzip: 27_500, brotli: 24_137 },
  });
  console.log("\nWhat is in cognito.wasm, and what the whole would lose without it");
  console.table(moduleParts(named));
  console.log("\nWhat is in the slim entry, likewise");
  console.table(await glueParts(esbuild, pkg, options));
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
