// What the tarball holds and what its types say.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { nodeModules, OURS, projectWithOurs, tarball } from "../lib/package.mjs";

let project;
let installed;
before(() => {
  project = projectWithOurs();
  installed = join(project, "node_modules", OURS);
});

const bin = (name) => join(nodeModules, ".bin", name);

describe("files", () => {
  const files = () =>
    readdirSync(installed, { recursive: true })
      .filter((file) => statSync(join(installed, file)).isFile())
      .sort();

  test("exactly one wasm", () => {
    assert.equal(files().filter((file) => file.endsWith(".wasm")).length, 1);
  });
  test("nothing that should not be there", () => {
    const allowed = /^(package\.json|README\.md|LICENSE-(MIT|APACHE)|[\w-]+\.(js|mjs|cjs|d\.ts|d\.mts|d\.cts|wasm))$/;
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
    // TypeScript 7 has no `node10` resolution any more, which knows no `exports`; wasm has no types.
    const options = ["--profile", "node16", "--exclude-entrypoints", "cognito.wasm", "--format", "ascii", "--no-color"];
    const { status, stdout } = spawnSync(bin("attw"), [tarball(), ...options], { encoding: "utf8" });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /node16 \(from ESM\): 🟢 \(ESM\)/);
  });
});

describe("types", () => {
  /** Compiles files of the project with `tsc --strict`; gives its complaints. */
  function tsc(files, ...options) {
    const strict = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom", "--types", ""];
    const { stdout } = spawnSync(bin("tsc"), [...strict, "--ignoreConfig", ...options, ...files], { cwd: project, encoding: "utf8" });
    return stdout;
  }
  const NODE = ["--module", "nodenext", "--moduleResolution", "nodenext"];
  const BUNDLER = ["--module", "esnext", "--moduleResolution", "bundler"];

  before(() => cpSync(fileURLToPath(new URL("types/", import.meta.url)), project, { recursive: true }));

  test("a wrong program is refused", () => {
    writeFileSync(join(project, "wrong.mts"), `import { CognitoUserPool } from "${OURS}"; new CognitoUserPool({ UserPoolId: 1 });`);
    assert.match(tsc(["wrong.mts"], ...NODE), /error TS/);
  });
  test("a program that uses every signature compiles", () => {
    assert.equal(tsc(["every-signature.mts", "common-js.cts"], ...NODE), "");
    assert.equal(tsc(["every-signature.mts"], ...BUNDLER), "");
  });
  test("that program uses every class and member there is", () => {
    const program = readFileSync(join(project, "every-signature.mts"), "utf8");
    for (const [name, members] of Object.entries(surface())) {
      assert.match(program, new RegExp(`\\b${name}\\b`), name);
      for (const member of members) assert.match(program, new RegExp(`\\.${member}\\b`), `${name}.${member}`);
    }
  });
  test("what is declared is what is exported", () => {
    const runtime = surface();
    const record = (type, names) => `{ const _: Record<${type}, true> = { ${names.map((name) => `${name}: true`).join(", ")} }; }`;
    const classes = Object.entries(runtime).filter(([, members]) => members.length > 0);
    const lines = [
      `import * as lib from "${OURS}";`,
      record("keyof typeof lib", Object.keys(runtime)),
      ...classes.map(([name, members]) => record(`keyof lib.${name}`, members)),
    ];
    writeFileSync(join(project, "declared.mts"), lines.join("\n"));
    assert.equal(tsc(["declared.mts"], ...BUNDLER), "");
  });

  /** Each runtime export and the members that are meant for applications: its instances' own and inherited. */
  function surface() {
    const lib = createRequire(join(project, "index.js"))(OURS);
    return Object.fromEntries(Object.keys(lib).map((name) => [name, members(lib[name])]));
  }

  function members(exported) {
    const names = new Set();
    for (let object = sample(exported); object && object !== Object.prototype; object = Object.getPrototypeOf(object)) {
      for (const name of Object.getOwnPropertyNames(object)) names.add(name);
    }
    // wasm-bindgen's own: not part of the contract.
    for (const name of ["constructor", "free", "__destroy_into_raw"]) names.delete(name);
    return [...names].filter((name) => !name.startsWith("__")).sort();
  }

  /** An instance, whose fields are its own in the plain classes; the others demand arguments. */
  function sample(exported) {
    try {
      return new exported();
    } catch {
      return exported.prototype;
    }
  }
});
