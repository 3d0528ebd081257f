// The script-tag build: its global in a page, in a classic service worker and in a classic worker; and what a
// strict Content-Security-Policy says to it.

import assert from "node:assert/strict";
import { copyFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { OURS } from "../lib/package.mjs";
import { SIGNED_IN, startStage } from "./stage.mjs";

let stage;
let folder;
let url;
before(async () => {
  stage = await startStage();
  folder = stage.folder("script tag");
  const dist = join(stage.project, "node_modules", OURS, "dist");
  for (const file of readdirSync(dist)) copyFileSync(join(dist, file), join(folder, file));
  for (const file of ["classic-page.js", "classic-worker.js", "start-service-worker.js", "start-classic-worker.js"]) {
    copyFileSync(join(stage.project, "app", file), join(folder, file));
  }
  url = await stage.serve(folder);
});
after(() => stage?.stop());

/** A page of plain scripts; gives its address. */
function page(name, scripts, head = "") {
  const tags = scripts.map((script) => `<script src="${script}"></script>`).join("");
  writeFileSync(join(folder, `${name}.html`), `<!doctype html>${head}<link rel="icon" href="data:,">${tags}`);
  return `${url}/${name}.html`;
}

const csp = (policy) => `<meta http-equiv="Content-Security-Policy" content="${policy}">`;

for (const file of ["amazon-cognito-identity.js", "amazon-cognito-identity.min.js"]) {
  test(`${file} in a page`, () => stage.proves(page(file, [file, "classic-page.js"])));
}

test("in a service worker", () => stage.proves(page("service-worker", ["start-service-worker.js"])));
test("in a classic worker", () => stage.proves(page("classic-worker", ["start-classic-worker.js"])));

describe("under a Content-Security-Policy", () => {
  const scripts = ["amazon-cognito-identity.min.js", "classic-page.js"];
  const connect = "connect-src http://127.0.0.1:*; img-src data:";

  test("with 'wasm-unsafe-eval' it works", async () => {
    const head = csp(`default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ${connect}`);
    assert.deepEqual(await stage.open(page("allowed", scripts, head)), SIGNED_IN);
  });
  test("without it, onFailure says what to add", async () => {
    const head = csp(`default-src 'none'; script-src 'self'; ${connect}`);
    const { message } = await stage.open(page("blocked", scripts, head));
    assert.match(message, /Content-Security-Policy.*add 'wasm-unsafe-eval' to its script-src/);
  });
});
