// Whatever upstream's declarations allow, ours do: a value of ours can stand wherever one of upstream's is
// expected, and ours take what upstream's take. But for what is wrong in upstream's, which is corrected first.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { nodeModules, OURS, projectWithOurs, UPSTREAM } from "../lib/package.mjs";
import { compile } from "./compile.mjs";

/** What upstream declares, and what is so. */
const CORRECTIONS = [
  // The service has more challenges by now.
  ["| 'SOFTWARE_TOKEN_MFA';", `| 'SOFTWARE_TOKEN_MFA' | import('${OURS}').ChallengeName;`],
  ["getItem(key: string): string;", "getItem(key: string): string | null;"],
  ["getValidationData(): any[];", "getValidationData(): object;"],
  ["setAuthenticationFlowType(authenticationFlowType: string): string;", "setAuthenticationFlowType(authenticationFlowType: string): void;"],
  ["words?: string[]", "words?: number[]"],
];

const CLASSES = [
  ...["AuthenticationDetails", "CognitoAccessToken", "CognitoIdToken", "CognitoRefreshToken", "CognitoUser"],
  ...["CognitoUserAttribute", "CognitoUserPool", "CognitoUserSession", "CookieStorage", "WordArray"],
];

/** What applications make and hand over. */
const GIVEN = [
  ...["GetSessionOptions", "IAuthenticationCallback", "IAuthenticationDetailsData", "ICognitoStorage", "ICognitoUserAttributeData"],
  ...["ICognitoUserData", "ICognitoUserPoolData", "ICognitoUserSessionData", "ICookieStorageData", "IMfaSettings"],
];

/** What they get. */
const GOT = ["CodeDeliveryDetails", "ISignUpResult", "MFAOption", "UserData"];

let project;
before(() => {
  project = projectWithOurs();
  const folder = join(project, "node_modules", UPSTREAM);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: UPSTREAM, types: "index.d.ts" }));
  writeFileSync(join(folder, "index.d.ts"), corrected(readFileSync(join(nodeModules, UPSTREAM, "index.d.ts"), "utf8")));
});

/** Upstream's declarations, with its own classes replaced by ours wherever they are parameters or results. */
function corrected(declared) {
  let text = declared.replace(/\/\*[\s\S]*?\*\//g, "").replace(/implements \w+/g, "");
  for (const [wrong, right] of CORRECTIONS) {
    assert.ok(text.includes(wrong), wrong);
    text = text.replace(wrong, right);
  }
  for (const [, name] of declared.matchAll(/export (?:class|interface) (\w+)/g)) {
    text = text.replace(new RegExp(`(?<!class |interface |\\w|')${name}\\b`, "g"), `import('${OURS}').${name}`);
  }
  return text;
}

function check(...lines) {
  const program = [
    `import * as upstream from "${UPSTREAM}";`,
    `import * as ours from "${OURS}";`,
    // As properties, not as methods, functions are compared strictly.
    "type Strict<T> = { [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => R : T[K] };",
    ...lines,
  ];
  writeFileSync(join(project, "superset.mts"), program.join("\n"));
  return compile(project, ["superset.mts"], "bundler", "--exactOptionalPropertyTypes", "false");
}

const stands = (name, mine, theirs) => `export const ${name} = (value: ${mine}): ${theirs} => value;`;

test("a difference is noticed", () => {
  assert.match(check(stands("_", "Strict<ours.CognitoUserPool>", "Strict<upstream.CognitoUser>")), /error TS/);
  assert.match(check(stands("_", "upstream.ICognitoUserData", "ours.ICognitoUserPoolData")), /error TS/);
});

test("objects of our classes", () => {
  assert.equal(check(...CLASSES.map((name) => stands(name, `Strict<ours.${name}>`, `Strict<upstream.${name}>`))), "");
});

test("our constructors", () => {
  const parameters = (lib, name) => `ConstructorParameters<typeof ${lib}.${name}>`;
  assert.equal(check(...CLASSES.map((name) => stands(name, parameters("upstream", name), parameters("ours", name)))), "");
});

test("what applications give, and what they get", () => {
  assert.equal(check(...GIVEN.map((name) => stands(name, `upstream.${name}`, `ours.${name}`))), "");
  assert.equal(check(...GOT.map((name) => stands(name, `ours.${name}`, `upstream.${name}`))), "");
});
