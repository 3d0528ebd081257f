// What the tarball holds, and what those say who judge tarballs.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import vm from "node:vm";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { nodeModules, OURS, projectWithOurs, tarball } from "../lib/package.mjs";

let project;
let installed;
before(() => {
  project = projectWithOurs();
  installed = join(project, "node_modules", OURS);
});

/** The bytes of an inline module (pkg/inline.mjs has the rules). */
function decoded(text) {
  const digits = text.matchAll(/([{|])?(.)/gs);
  return Buffer.from(Array.from(digits, ([, mark, digit]) => (mark ? mark.charCodeAt(0) - 122 : 0) * 88 + digit.charCodeAt(0) - 35));
}

const bin = (name) => join(nodeModules, ".bin", name);

describe("files", () => {
  const files = () =>
    readdirSync(installed, { recursive: true })
      .filter((file) => statSync(join(installed, file)).isFile())
      .sort();

  test("smaller than upstream's", () => {
    assert.ok(statSync(tarball()).size < 299_000);
  });
  test("exactly one wasm", () => {
    assert.equal(files().filter((file) => file.endsWith(".wasm")).length, 1);
  });
  test("the module that is inline everywhere is that one", () => {
    const module = readFileSync(join(installed, "cognito.wasm"));
    for (const file of ["es/ready.js", "lib/ready.js", "dist/amazon-cognito-identity.js", "dist/amazon-cognito-identity.min.js"]) {
      // Through the engine's parser: the text has no double quotes, but backslashes.
      const [literal] = readFileSync(join(installed, file), "utf8").match(/"[^"]{9999,}"/);
      assert.deepEqual(decoded(vm.runInNewContext(literal)), module, file);
    }
  });
  test("nothing that should not be there", () => {
    const allowed = /^((es|internals)\/)?package\.json$|^README\.md$|^LICENSE-(MIT|APACHE)$|^(cognito\.wasm|[\w/.-]+\.(js|d\.ts))$/;
    assert.deepEqual(files().filter((file) => !allowed.test(file)), []);
    for (const needed of ["package.json", "README.md", "LICENSE-MIT", "LICENSE-APACHE"]) assert.ok(files().includes(needed), needed);
  });
  test("no path of the machine that built it", () => {
    for (const file of files()) {
      const text = readFileSync(join(installed, file), "latin1");
      assert.equal(/\/home\/|\/root\/|\/Users\//.exec(text)?.index, undefined, file);
    }
  });
});

describe("judges", () => {
  test("publint has nothing to say", async () => {
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
    assert.deepEqual(messages.map((message) => formatMessage(message, manifest)), []);
  });
  test("Are The Types Wrong has nothing to say", () => {
    const { status, stdout } = spawnSync(bin("attw"), [tarball(), "--format", "ascii", "--no-color"], { encoding: "utf8" });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /node10: 🟢/);
  });
});
