// The TypeScript compilers that the declarations are tested with.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { nodeModules } from "../lib/package.mjs";

const STRICT = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noEmit", "--target", "es2022", "--lib", "es2022,dom"];

/** How applications have modules resolved. `node10`, which knows no `exports`, is gone from TypeScript 7. */
export const RESOLUTIONS = {
  node10: { compiler: "typescript-5", options: ["--module", "es2020", "--moduleResolution", "node10"] },
  node16: { compiler: "typescript", options: ["--module", "node16", "--moduleResolution", "node16"] },
  nodenext: { compiler: "typescript-5", options: ["--module", "nodenext", "--moduleResolution", "nodenext"] },
  bundler: { compiler: "typescript", options: ["--module", "esnext", "--moduleResolution", "bundler"] },
};

/** Compiles files of a project; gives the compiler's complaints, nothing if there are none. */
export function compile(project, files, resolution, ...more) {
  const { compiler, options } = RESOLUTIONS[resolution];
  const tsc = join(nodeModules, compiler, "bin/tsc");
  const config = compiler === "typescript" ? ["--ignoreConfig"] : ["--ignoreDeprecations", "5.0"];
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, ...STRICT, ...options, ...config, ...more, ...files], { cwd: project, encoding: "utf8" });
  return stdout + stderr;
}
