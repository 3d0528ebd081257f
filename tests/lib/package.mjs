// The packages under test: where they are and how to put one into a project's node_modules.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The name that our package is published under. */
export const OURS = "amazon-cognito-identity";

/** The package that ours replaces. */
export const UPSTREAM = "amazon-cognito-identity-js";

/** The folder that `cargo xtask build` fills: env `PKG_DIR`, or `pkg` of this working tree. */
export const pkgDir = resolve(process.env.PKG_DIR ?? fileURLToPath(new URL("../../pkg", import.meta.url)));

/** The folder of this project's own node_modules. */
export const nodeModules = fileURLToPath(new URL("../node_modules", import.meta.url));

/** A new temporary folder, removed when this process ends. */
export function temporaryFolder(label = "cognito-test") {
  const folder = mkdtempSync(join(tmpdir(), `${label}-`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The tarball that would be published: env `PKG_TARBALL`, or `npm pack` of `pkgDir`. */
export function tarball() {
  if (process.env.PKG_TARBALL) return resolve(process.env.PKG_TARBALL);
  if (!existsSync(join(pkgDir, "package.json"))) throw new Error(`${pkgDir} has no package.json: cargo xtask build`);
  const folder = temporaryFolder();
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], { cwd: pkgDir });
  return join(folder, readdirSync(folder)[0]);
}

/**
 * A new project with the published form of our package installed in it, offline.
 *
 * @param {object} [options]
 * @param {string} [options.name] the name to install it under, as an npm alias does
 * @returns {string} the project's folder
 */
export function projectWithOurs({ name = OURS } = {}) {
  const project = temporaryFolder();
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true }));
  const quiet = ["--offline", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"];
  execFileSync("npm", ["install", ...quiet, `${name}@file:${tarball()}`], { cwd: project, stdio: ["ignore", "ignore", "inherit"] });
  return project;
}

/**
 * A folder from which `require(name)` finds our package: the installed tarball if there is one,
 * otherwise the built folder itself. Returns that folder and the name, which is upstream's when
 * `PKG_DIR` points at upstream's package (to try the suite on itself).
 */
export function oursForRequire() {
  if (process.env.PKG_TARBALL) return { project: projectWithOurs(), name: OURS };
  const { name } = JSON.parse(readFileSync(join(pkgDir, "package.json"), "utf8"));
  const project = temporaryFolder();
  mkdirSync(join(project, "node_modules"));
  symlinkSync(pkgDir, join(project, "node_modules", name), "dir");
  return { project, name };
}
