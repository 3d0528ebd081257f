// What the package declares: programs that must compile, under both names, and programs that must not.

import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { nodeModules, OURS, projectWithOurs, temporaryFolder, UPSTREAM } from "../lib/package.mjs";
import { compile, RESOLUTIONS } from "./compile.mjs";

const PROGRAMS = fileURLToPath(new URL("programs/", import.meta.url));
const SIGNATURES = ["augmented.mts", "pool.mts", "small-classes.mts", "user.mts"];

/** A project with our package under its own name, and one with it in upstream's place. */
let project;
let alias;
before(() => {
  project = withPrograms(projectWithOurs());
  alias = withPrograms(projectWithOurs({ name: UPSTREAM }));
});

function withPrograms(folder, rewrite = (text) => text) {
  for (const file of readdirSync(PROGRAMS)) writeFileSync(join(folder, file), rewrite(readFileSync(join(PROGRAMS, file), "utf8")));
  return folder;
}

for (const resolution of Object.keys(RESOLUTIONS)) {
  describe(resolution, () => {
    test("a wrong program is refused", () => {
      writeFileSync(join(project, "wrong.mts"), `import { CognitoUserPool } from "${OURS}"; new CognitoUserPool({ UserPoolId: 1 });`);
      assert.match(compile(project, ["wrong.mts"], resolution), /error TS/);
    });
    test("programs that use every signature compile", () => {
      assert.equal(compile(project, SIGNATURES, resolution), "");
    });
    test("Amplify 5's way of using it compiles under upstream's name", () => {
      assert.equal(compile(alias, ["amplify-v5.mts"], resolution), "");
    });
    // In Node the whole is the default export of its ES modules; there is another program for that.
    if (!resolution.startsWith("node1") && resolution !== "nodenext") {
      test("what must not compile does not", () => {
        assert.equal(compile(project, ["refused.mts"], resolution), "");
      });
    }
  });
}

describe("in Node", () => {
  for (const resolution of ["node16", "nodenext"]) {
    test(`CommonJS and ES modules, by ${resolution}`, () => {
      assert.equal(compile(project, ["common-js.cts", "node-module.mts"], resolution), "");
    });
  }
});

test("the deep paths, internals, slim and the wasm, through a bundler", () => {
  assert.equal(compile(project, ["deep.mts"], "bundler"), "");
});

describe("upstream's declarations", () => {
  const declared = readFileSync(join(nodeModules, UPSTREAM, "index.d.ts"), "utf8");

  test("Amplify's program is one that they take", () => {
    const folder = withPrograms(temporaryFolder());
    symlinkSync(nodeModules, join(folder, "node_modules"), "dir");
    assert.equal(compile(folder, ["amplify-v5.mts"], "bundler", "--exactOptionalPropertyTypes", "false"), "");
  });
  test("each of their names is here", () => {
    const names = [...new Set([...declared.matchAll(/^\texport (?:type|interface|class|const|namespace) (\w+)/gm)].map(([, name]) => name))];
    assert.ok(names.length === 30, names.join(" "));
    writeFileSync(join(project, "names.mts"), `import type { ${names.join(", ")} } from "${OURS}"; export type { ${names.join(", ")} }; export type Any = NodeCallback.Any;`);
    assert.equal(compile(project, ["names.mts"], "bundler"), "");
  });
});
