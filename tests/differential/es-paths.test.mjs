// The ES modules inside the package: each file that upstream has is here too and exports the names
// that upstream's does. Bundlers read them, and Node cannot load upstream's, so a bundler says what they export.

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { nodeModules, pkgDir, UPSTREAM } from "../lib/package.mjs";

const upstream = join(nodeModules, UPSTREAM);

/** Upstream's files, without those for React Native. */
const files = readdirSync(join(upstream, "es"), { recursive: true })
  .filter((file) => file.endsWith(".js") && !/(-rn|\.native)\.js$/.test(file))
  .sort();

for (const file of files) {
  test(`es/${file}`, async () => {
    assert.ok(existsSync(join(pkgDir, "es", file)), "the file is missing");
    const names = await exported(join(pkgDir, "es", file));
    const missing = (await exported(join(upstream, "es", file))).filter((name) => !names.includes(name));
    assert.deepEqual(missing, []);
  });
}

/** The names that the module at `path` exports. */
async function exported(path) {
  const options = { bundle: true, format: "esm", packages: "external", write: false, metafile: true, logLevel: "silent" };
  const { metafile } = await build({ entryPoints: [path], outfile: "out.js", loader: { ".wasm": "binary" }, ...options });
  return Object.values(metafile.outputs)[0].exports;
}
