// Each package as an application's bundler ships it, with its evaluation's first moment noted.

import { join } from "node:path";
import { build } from "esbuild";
import { OURS, pkgDir } from "../lib/package.mjs";

const here = import.meta.dirname;

/** The packages measured, by their file in `packages/`. */
export const PACKAGES = {
  [OURS]: "amazon-cognito-identity",
  "amazon-cognito-identity-js": "amazon-cognito-identity-js",
  "amazon-cognito-passwordless-auth": "amazon-cognito-passwordless-auth",
  "@aws-amplify/auth": "aws-amplify-auth",
};

/** Bundles all packages into `folder`, for "browser" or "node"; file names by package. */
export async function bundle(platform, folder) {
  const files = {};
  for (const [name, file] of Object.entries(PACKAGES)) {
    files[name] = join(folder, `${file}.${platform === "node" ? "cjs" : "js"}`);
    await build({
      entryPoints: [join(here, "packages", `${file}.mjs`)],
      outfile: files[name],
      bundle: true,
      minify: true,
      platform,
      format: platform === "node" ? "cjs" : "iife",
      alias: { [OURS]: join(pkgDir, platform === "node" ? "lib" : "es", "index.js") },
      // Upstream's bundle needs it in a browser.
      define: platform === "node" ? {} : { global: "globalThis" },
      banner: { js: "globalThis.evaluationStart = performance.now();" },
      footer: { js: "globalThis.onEvaluated?.();" },
      logLevel: "error",
    });
  }
  return files;
}
