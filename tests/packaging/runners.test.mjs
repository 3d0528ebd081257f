// The packed package, in upstream's place, under test runners.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { nodeModules, projectWithOurs, UPSTREAM } from "../lib/package.mjs";

let project;
before(() => {
  project = projectWithOurs({ name: UPSTREAM });
  cpSync(fileURLToPath(new URL("runners/", import.meta.url)), project, { recursive: true });
  // The runners themselves are found as if they were installed in the project.
  for (const name of ["vitest", "jest-environment-jsdom"]) symlinkSync(join(nodeModules, name), join(project, "node_modules", name), "dir");
});

function run(name, ...args) {
  const bin = join(nodeModules, ".bin", name);
  const env = { ...process.env, CI: "1", NODE_ENV: "test" };
  // Of the runner that runs this.
  delete env.NODE_TEST_CONTEXT;
  const { status, stdout, stderr } = spawnSync(bin, args, { cwd: project, encoding: "utf8", env });
  assert.equal(status, 0, stdout + stderr);
  return stdout + stderr;
}

test("Jest with jsdom, and with Node's environment", () => {
  for (const environment of ["jsdom", "node"]) {
    const config = { testEnvironment: environment, testMatch: ["**/*.jest.js"], transform: {}, cacheDirectory: join(project, "jest-cache") };
    writeFileSync(join(project, "jest.json"), JSON.stringify(config));
    assert.match(run("jest", "--config", "jest.json", "--runInBand"), /Tests: .* 6 passed, 6 total/);
  }
});

test("Vitest", () => {
  assert.match(run("vitest", "run"), /4 passed/);
});
