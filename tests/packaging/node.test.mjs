// The packed package in Node: `require` and `import`, one instance, other names, bare globals.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { OURS, projectWithOurs, UPSTREAM } from "../lib/package.mjs";

const POOL = { UserPoolId: "eu-west-1_Example01", ClientId: "1example23456789client" };

let project;
before(() => {
  project = projectWithOurs();
});

/** Runs a module of the project in a fresh Node and gives the JSON that it prints. */
function node(file, source, folder = project) {
  return JSON.parse(run(file, source, folder).stdout);
}

function run(file, source, folder = project) {
  writeFileSync(join(folder, file), source);
  const stdout = execFileSync(process.execPath, [join(folder, file)], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  return { stdout };
}

const USE = `
  const pool = new lib.CognitoUserPool(${JSON.stringify(POOL)});
  console.log(JSON.stringify([pool.getUserPoolName(), typeof lib.CognitoUser, pool.getCurrentUser()]));
`;
const USED = ["Example01", "function", null];

describe("require and import", () => {
  test("require", () => {
    assert.deepEqual(node("use.cjs", `const lib = require("${OURS}"); ${USE}`), USED);
  });
  test("import", () => {
    assert.deepEqual(node("use.mjs", `import * as lib from "${OURS}"; ${USE}`), USED);
  });
  test("import by name", () => {
    assert.deepEqual(
      node("names.mjs", `import { CognitoUser, CognitoUserPool } from "${OURS}"; const lib = { CognitoUser, CognitoUserPool }; ${USE}`),
      USED,
    );
  });
  test("import of the whole, as upstream's CommonJS gives it", () => {
    assert.deepEqual(node("whole.mjs", `import lib from "${OURS}"; ${USE}`), USED);
  });
  test("both give one instance", () => {
    const source = `
      import { createRequire } from "node:module";
      import * as esm from "${OURS}";
      const cjs = createRequire(import.meta.url)("${OURS}");
      const names = Object.keys(cjs).filter((name) => name !== "__esModule");
      const pool = new cjs.CognitoUserPool(${JSON.stringify(POOL)});
      const user = new esm.CognitoUser({ Username: "alice", Pool: pool });
      console.log(JSON.stringify([
        names.filter((name) => esm[name] !== cjs[name]),
        Object.keys(esm).filter((name) => name !== "default" && name !== "module.exports" && !(name in cjs)),
        user instanceof cjs.CognitoUser,
        user.pool === pool,
      ]));
    `;
    assert.deepEqual(node("both.mjs", source), [[], [], true, true]);
  });
  test("the same from a worker thread, with an instance of its own", () => {
    const source = `
      const { Worker, isMainThread, parentPort } = require("node:worker_threads");
      const lib = require("${OURS}");
      const name = () => new lib.CognitoUserPool(${JSON.stringify(POOL)}).getUserPoolName();
      if (isMainThread) new Worker(__filename).once("message", (there) => console.log(JSON.stringify([name(), there])));
      else parentPort.postMessage(name());
    `;
    assert.deepEqual(node("thread.cjs", source), ["Example01", "Example01"]);
  });
});

describe("in the place of upstream's package", () => {
  test(`installed as ${UPSTREAM}`, () => {
    const alias = projectWithOurs({ name: UPSTREAM });
    assert.deepEqual(node("use.cjs", `const lib = require("${UPSTREAM}"); ${USE}`, alias), USED);
    assert.deepEqual(node("use.mjs", `import * as lib from "${UPSTREAM}"; ${USE}`, alias), USED);
  });
  test("every class has its exported name", () => {
    const source = `const { __esModule, ...lib } = require("${OURS}"); console.log(JSON.stringify(Object.keys(lib).map((name) => [name, lib[name].name])))`;
    assert.deepEqual(node("classes.cjs", source).filter(([exported, name]) => exported !== name), []);
  });
  test("exports upstream's names in its order", () => {
    const upstream = Object.keys(createRequire(import.meta.url)(UPSTREAM));
    const ours = node("names.cjs", `console.log(JSON.stringify(Object.keys(require("${OURS}"))))`);
    assert.deepEqual(ours, upstream);
  });
});

describe("slim", () => {
  // Node's fetch reads no files, so there the application gives the bytes.
  const BYTES = `readFileSync(fileURLToPath(import.meta.resolve("${OURS}/cognito.wasm")))`;
  const IMPORTS = `
    import { readFileSync } from "node:fs";
    import { fileURLToPath } from "node:url";
    import * as lib from "${OURS}/slim";
  `;

  test("before init nobody can sign in, and is told why", () => {
    const source = `${IMPORTS}
      const user = new lib.CognitoUser({ Username: "alice", Pool: new lib.CognitoUserPool(${JSON.stringify(POOL)}) });
      const details = new lib.AuthenticationDetails({ Username: "alice", Password: "secret" });
      user.authenticateUserInternal({}, null, { onFailure: (error) => console.log(JSON.stringify(error.message)) });
      for (const flow of ["USER_SRP_AUTH", "USER_PASSWORD_AUTH"]) {
        user.setAuthenticationFlowType(flow);
        user.authenticateUser(details, { onFailure: (error) => console.log(JSON.stringify(error.message)) });
      }
    `;
    const { stdout } = run("early.mjs", source);
    assert.equal(stdout.match(/call `await init\(\)` first/g).length, 3, stdout);
  });
  test("without a source where there is no default, init says what it needs", () => {
    const source = `${IMPORTS} await lib.init().catch((error) => console.log(JSON.stringify(error.message)));`;
    assert.match(node("nothing.mjs", source), /`init` needs the module/);
  });
  test("shares its classes with the default entry, whichever is ready", () => {
    const source = `
      import * as whole from "${OURS}";
      ${IMPORTS}
      await lib.init(${BYTES});
      console.log(JSON.stringify([lib.CognitoUser === whole.CognitoUser, new whole.AuthenticationHelper("x").largeAValue.equals(new lib.AuthenticationHelper("x").N)]));
    `;
    assert.deepEqual(node("shared.mjs", source), [true, false]);
  });
  test("init never compiles or instantiates synchronously, which older engines refuse", () => {
    const source = `${IMPORTS}
      const { Module, Instance } = WebAssembly;
      const refuse = { construct() { throw new RangeError("disallowed on the main thread"); } };
      WebAssembly.Module = new Proxy(Module, refuse);
      WebAssembly.Instance = new Proxy(Instance, refuse);
      await lib.init(${BYTES});
      console.log(new lib.AuthenticationHelper("x").largeAValue.bitLength() > 3000);
    `;
    assert.equal(node("older.mjs", source), true);
  });
  test("the default entry says so there", () => {
    const source = `
      const lib = require("${OURS}");
      WebAssembly.Module = class { constructor() { throw new RangeError("disallowed on the main thread"); } };
      try { new lib.AuthenticationHelper("x"); } catch (error) { console.log(JSON.stringify(error.message)); }
    `;
    assert.match(node("older.cjs", source), /use `amazon-cognito-identity\/slim`/);
  });
  test("init with bytes, and again", () => {
    assert.deepEqual(node("bytes.mjs", `${IMPORTS} await lib.init(${BYTES}); await lib.init(${BYTES}); ${USE}`), USED);
  });
  test("after a failed init, a right one works", () => {
    const source = `
      ${IMPORTS}
      const failed = await lib.init(new Uint8Array([1, 2, 3])).then(() => false, () => true);
      if (!failed) throw new Error("three bytes are no module");
      await lib.init(${BYTES});
      ${USE}
    `;
    assert.deepEqual(node("twice.mjs", source), USED);
  });
});

describe("without the globals of a browser or of Node", () => {
  /** The CommonJS entry run in a context that has the language's own globals and those given. */
  function requireBare(given) {
    const context = vm.createContext(given);
    const loaded = new Map();
    const load = (file) => {
      if (loaded.has(file)) return loaded.get(file).exports;
      const module = { exports: {} };
      loaded.set(file, module);
      const wrapped = vm.compileFunction(readFileSync(file, "utf8"), ["module", "exports", "require"], { parsingContext: context, filename: file });
      wrapped(module, module.exports, (path) => {
        assert.match(path, /^\.\.?\//, `the package asks for ${path}`);
        return load(join(dirname(file), path));
      });
      return module.exports;
    };
    const entry = createRequire(pathToFileURL(join(project, "index.js"))).resolve(OURS);
    return load(entry);
  }

  function use(lib) {
    const pool = new lib.CognitoUserPool(POOL);
    const user = new lib.CognitoUser({ Username: "älice", Pool: pool });
    assert.equal(user.getUsername(), "älice");
    assert.equal(pool.getCurrentUser(), null);
    assert.throws(() => new lib.CognitoUserPool(), { message: "Both UserPoolId and ClientId are required." });
  }

  test("loads and works with none there", () => use(requireBare({})));
  test("computes and reads tokens with what jsdom under Jest has", () => {
    const lib = requireBare({ Buffer, atob, btoa, crypto: globalThis.crypto });
    use(lib);
    const helper = new lib.AuthenticationHelper("Example01");
    assert.equal(helper.hash("ä"), createHash("sha256").update("ä").digest("hex"));
    assert.ok(helper.largeAValue.bitLength() > 3000);
    const payload = Buffer.from(JSON.stringify({ name: "Zoë 🙂" })).toString("base64url");
    assert.deepEqual({ ...new lib.CognitoIdToken({ IdToken: `e30.${payload}.` }).payload }, { name: "Zoë 🙂" });
  });
  test("adds no globals", () => {
    const context = vm.createContext({});
    requireBare(context);
    assert.deepEqual(Object.keys(context), []);
  });
});
