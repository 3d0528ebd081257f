// The files that applications import below the package: each is there under upstream's path, with upstream's
// names, and gives the very classes of the index.

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { nodeModules, OURS, projectWithOurs, UPSTREAM } from "../lib/package.mjs";

// They load native modules.
const REACT_NATIVE_ONLY = /(-rn|\.native)\.js$/;

const upstream = createRequire(import.meta.url);
const paths = readdirSync(join(nodeModules, UPSTREAM, "lib"), { recursive: true })
  .filter((path) => path.endsWith(".js") && !REACT_NATIVE_ONLY.test(path))
  .map((path) => path.slice(0, -".js".length));

let project;
let require;
before(() => {
  project = projectWithOurs({ name: UPSTREAM });
  require = createRequire(join(project, "index.js"));
});

/** What a module of the project sees when it imports. */
const importing = (specifier) => import(pathToFileURL(require.resolve(specifier)));

test("the folders themselves are the index", () => {
  for (const folder of ["lib", "es"]) assert.equal(require(`${UPSTREAM}/${folder}`), require(UPSTREAM), folder);
});

test("upstream has the files that this test is about", () => {
  assert.ok(paths.length > 20, paths.join(" "));
});

for (const path of paths) {
  test(`lib/${path}`, () => {
    const theirs = upstream(`${UPSTREAM}/lib/${path}.js`);
    const ours = require(`${UPSTREAM}/lib/${path}.js`);
    for (const name of Object.keys(theirs)) {
      assert.equal(typeof ours[name], typeof theirs[name], name);
      if (typeof theirs[name] !== "function") assert.deepEqual(ours[name], theirs[name], name);
    }
    assert.equal(ours.__esModule, true);
    for (const other of [`lib/${path}`, `es/${path}.js`, `es/${path}`, `src/${path}.js`, `src/${path}`]) {
      assert.equal(require(`${UPSTREAM}/${other}`), ours, other);
    }
  });
  test(`es/${path} for bundlers has the same names`, async () => {
    const file = join(project, "node_modules", UPSTREAM, "es", `${path}.js`);
    assert.ok(existsSync(file), file);
    const { __esModule, ...ours } = require(`${UPSTREAM}/lib/${path}.js`);
    assert.deepEqual(Object.keys(await import(pathToFileURL(file))), Object.keys(ours).sort());
  });
}

describe("one instance", () => {
  test("each class of the index is its deep file's", () => {
    const { __esModule, appendToCognitoUserAgent, WordArray, ...classes } = require(UPSTREAM);
    for (const [name, value] of Object.entries(classes)) assert.equal(require(`${UPSTREAM}/lib/${name}`).default, value, name);
    assert.equal(require(`${UPSTREAM}/lib/UserAgent`).appendToCognitoUserAgent, appendToCognitoUserAgent);
    assert.equal(require(`${UPSTREAM}/lib/utils/WordArray`).default, WordArray);
  });
  test("import gives what require gives", async () => {
    const { CognitoUser } = require(UPSTREAM);
    const { default: whole, CognitoUser: named } = await importing(`${UPSTREAM}/lib/CognitoUser.js`);
    assert.equal(named, CognitoUser);
    // As with upstream's CommonJS.
    assert.equal(whole.default, CognitoUser);
  });
  test("the helper's integers are those of lib/BigInteger", () => {
    const BigInteger = require(`${UPSTREAM}/lib/BigInteger`).default;
    const { AuthenticationHelper } = require(UPSTREAM);
    const helper = new AuthenticationHelper("Example01");
    assert.equal(helper.N.constructor, BigInteger);
    assert.equal(helper.padHex(new BigInteger("80", 16)), "0080");
  });
  test("the script-tag file in Node is the index", () => {
    for (const file of ["amazon-cognito-identity", "amazon-cognito-identity.min", "amazon-cognito-identity.min.js"]) {
      assert.equal(require(`${UPSTREAM}/dist/${file}`), require(UPSTREAM), file);
    }
  });
  test("internals write into the same user agent", () => {
    const internals = require(`${UPSTREAM}/internals`);
    assert.deepEqual(Object.keys(internals), Object.keys(upstream(`${UPSTREAM}/internals`)));
    internals.addAuthCategoryToCognitoUserAgent();
    internals.addFrameworkToCognitoUserAgent("1");
    require(UPSTREAM).appendToCognitoUserAgent("app/1");
    assert.equal(require(`${UPSTREAM}/lib/UserAgent`).getAmplifyUserAgent(), "aws-amplify/5.0.4 app/1 auth framework/1");
  });
});
