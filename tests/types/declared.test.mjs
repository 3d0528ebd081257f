// What is declared is what is there: names of the index and of each deep file, methods of each prototype (ours
// and upstream's) and fields of instances. The compiler compares them with what running the package shows.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { nodeModules, OURS, projectWithOurs, UPSTREAM } from "../lib/package.mjs";
import { compile } from "./compile.mjs";

const PROGRAMS = fileURLToPath(new URL("programs/", import.meta.url));
const upstream = createRequire(import.meta.url);

let project;
let require;
before(() => {
  project = projectWithOurs();
  require = createRequire(join(project, "index.js"));
});

/** Deep files that are there: their names without the folder's and without `.js`. */
const deepPaths = () =>
  readdirSync(join(project, "node_modules", OURS, "lib"), { recursive: true })
    .filter((path) => path.endsWith(".d.ts") && path !== "index.d.ts")
    .map((path) => path.slice(0, -".d.ts".length));

/** The classes with prototypes, by name, each with the deep file that has it. */
const CLASSES = [
  ...["AuthenticationDetails", "AuthenticationHelper", "BigInteger", "Client", "CognitoAccessToken", "CognitoIdToken"],
  ...["CognitoJwtToken", "CognitoRefreshToken", "CognitoUser", "CognitoUserAttribute", "CognitoUserPool"],
  ...["CognitoUserSession", "CookieStorage", "DateHelper", "StorageHelper", "utils/WordArray"],
];

const record = (type, names) => `{ const _: Record<${type}, true> = { ${names.map((name) => `${JSON.stringify(name)}: true`).join(", ")} }; }`;
const METHODS = `type Methods<T> = Exclude<{ [K in keyof T]: T[K] extends (...args: any) => any ? K : never }[keyof T], undefined>;`;

function methods(prototype) {
  const names = new Set();
  for (let object = prototype; object !== Object.prototype; object = Object.getPrototypeOf(object)) {
    for (const name of Object.getOwnPropertyNames(object)) names.add(name);
  }
  names.delete("constructor");
  return [...names];
}

function check(...lines) {
  writeFileSync(join(project, "declared.mts"), [...lines, "export {};"].join("\n"));
  return compile(project, ["declared.mts"], "bundler");
}

test("a name too many or too few is noticed", () => {
  const names = Object.keys(require(OURS)).filter((name) => name !== "__esModule");
  const line = (list) => check(`import * as lib from "${OURS}";`, record("keyof typeof lib", list));
  assert.match(line(names.slice(1)), /error TS/);
  assert.match(line([...names, "CognitoUsr"]), /error TS/);
});

test("the index", () => {
  const { __esModule, ...lib } = require(OURS);
  assert.equal(check(`import * as lib from "${OURS}";`, record("keyof typeof lib", Object.keys(lib))), "");
});

test("slim and internals", () => {
  for (const entry of ["slim", "internals"]) {
    const { __esModule, ...lib } = require(`${OURS}/${entry}`);
    assert.equal(check(`import * as lib from "${OURS}/${entry}";`, record("keyof typeof lib", Object.keys(lib))), "", entry);
  }
});

test("each deep file", () => {
  const lines = deepPaths().flatMap((path, index) => {
    const { __esModule, ...lib } = require(`${OURS}/lib/${path}`);
    return [`import * as lib${index} from "${OURS}/lib/${path}";`, record(`keyof typeof lib${index}`, Object.keys(lib))];
  });
  assert.ok(lines.length > 40);
  assert.equal(check(...lines), "");
});

describe("methods", () => {
  const lines = (load, classes) => classes.flatMap((path, index) => [
    `import Class${index} from "${OURS}/lib/${path}";`,
    record(`Methods<Class${index}>`, methods(load(path).default.prototype)),
  ]);

  test("ours", () => {
    assert.equal(check(METHODS, ...lines((path) => require(`${OURS}/lib/${path}`), CLASSES)), "");
  });
  test("upstream's", () => {
    // Its BigInteger shows the digits of its numbers, which ours has otherwise.
    const classes = CLASSES.filter((name) => name !== "BigInteger");
    const load = (path) => upstream(`${UPSTREAM}/lib/${path}.js`);
    // The one method that only ours has.
    load("CognitoUser").default.prototype.sendChallengeAnswer = () => {};
    assert.equal(check(METHODS, ...lines(load, classes)), "");
  });
});

describe("fields", () => {
  const lines = (load) => Object.entries(instances(load)).map(([path, instance], index) =>
    `import Class${index} from "${OURS}/lib/${path}"; export const _${index}: (keyof Class${index})[] = ${JSON.stringify(Object.keys(instance))};`,
  );

  test("ours", () => assert.equal(check(...lines((path) => require(`${OURS}/lib/${path}`).default)), ""));
  test("upstream's", () => assert.equal(check(...lines((path) => upstream(`${UPSTREAM}/lib/${path}.js`).default)), ""));

  function instances(load) {
    const make = (path, ...args) => new (load(path))(...args);
    const Pool = make("CognitoUserPool", { UserPoolId: "eu-west-1_Example01", ClientId: "client" }, (callback) => callback);
    const helper = make("AuthenticationHelper", "Example01");
    helper.generateHashDevice("group", "key", () => {});
    helper.getPasswordAuthenticationKey("alice", "password", helper.largeAValue, helper.g, () => {});
    const IdToken = make("CognitoIdToken", { IdToken: "" });
    const AccessToken = make("CognitoAccessToken", { AccessToken: "" });
    const RefreshToken = make("CognitoRefreshToken", { RefreshToken: "" });
    return {
      AuthenticationDetails: make("AuthenticationDetails", { Username: "alice" }),
      AuthenticationHelper: helper,
      Client: Pool.client,
      CognitoAccessToken: AccessToken,
      CognitoIdToken: IdToken,
      CognitoJwtToken: make("CognitoJwtToken", ""),
      CognitoRefreshToken: RefreshToken,
      CognitoUser: make("CognitoUser", { Username: "alice", Pool }),
      CognitoUserAttribute: make("CognitoUserAttribute", { Name: "a", Value: "b" }),
      CognitoUserPool: Pool,
      CognitoUserSession: make("CognitoUserSession", { IdToken, AccessToken, RefreshToken }),
      CookieStorage: make("CookieStorage", { domain: "example.com" }),
      StorageHelper: make("StorageHelper"),
      "utils/WordArray": make("utils/WordArray", [1]),
    };
  }
});

test("the programs use every class, method and field", () => {
  const programs = readdirSync(PROGRAMS).map((file) => readFileSync(join(PROGRAMS, file), "utf8")).join("\n");
  // Nobody makes one of these: its two subclasses are used.
  for (const path of CLASSES.filter((path) => path !== "CognitoJwtToken")) {
    const { prototype, name } = require(`${OURS}/lib/${path}`).default;
    assert.match(programs, new RegExp(`\\b${name}\\b`), name);
    for (const member of methods(prototype)) assert.match(programs, new RegExp(`\\.${member}\\b`), `${name}.${member}`);
  }
});
