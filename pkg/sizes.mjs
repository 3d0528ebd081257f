// The package as an application's bundler would ship it, beside what it replaces.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

export async function printSizes(build, pkg) {
  const minified = async (entry) => {
    const { outputFiles } = await build({
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
