// The packed package inside what applications are built with: each bundle signs in, in Chromium,
// with SRP against a live pool.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { AdminCreateUserCommand, AdminSetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import * as esbuild from "esbuild";
import * as vite from "vite";
import webpack from "webpack";
import { sdk } from "../foreign/clients.mjs";
import { launchChromium } from "../lib/chromium.mjs";
import { OURS, projectWithOurs } from "../lib/package.mjs";
import { startServer } from "../lib/server.mjs";
import { serveFolder } from "../lib/static.mjs";

const PASSWORD = "Correct-horse-1";

let project;
let pool;
let browser;

before(async () => {
  project = projectWithOurs();
  cpSync(fileURLToPath(new URL("app/", import.meta.url)), join(project, "app"), { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
  [pool, browser] = await Promise.all([startServer(), launchChromium()]);
  const user = { UserPoolId: pool.userPoolId, Username: "frank" };
  await sdk(pool).send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
  await sdk(pool).send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));
});
after(() => Promise.all([pool?.stop(), browser?.close()]));

/** How each tool makes its folder of pages, and which pages it makes. */
const BUILDS = {
  "no bundler, an import map": {
    entries: ["main", "slim"],
    build(folder) {
      cpSync(join(project, "app"), join(folder, "app"), { recursive: true });
      cpSync(join(project, "node_modules", OURS), join(folder, "pkg"), { recursive: true });
      const imports = Object.fromEntries(
        [".", "./slim"].map((entry) => [join(OURS, entry), `./${join("pkg", browserFile(entry))}`]),
      );
      for (const entry of this.entries) writePage(folder, entry, `./app/${entry}.js`, imports);
    },
  },
  vite: {
    entries: ["main", "slim", "start-worker"],
    async build(folder) {
      for (const entry of this.entries) writePage(project, entry, `./app/${entry}.js`);
      await vite.build({
        root: project,
        configFile: false,
        logLevel: "error",
        build: { outDir: folder, rollupOptions: { input: this.entries.map((entry) => join(project, `${entry}.html`)) } },
        worker: { format: "es" },
      });
    },
  },
  webpack: {
    entries: ["main", "slim", "start-worker"],
    async build(folder) {
      const compiler = webpack({
        mode: "production",
        context: project,
        entry: Object.fromEntries(this.entries.map((entry) => [entry, `./app/${entry}.js`])),
        output: { path: folder, filename: "[name].js" },
      });
      const stats = await new Promise((resolve, reject) => {
        compiler.run((failure, done) => compiler.close(() => (failure ? reject(failure) : resolve(done))));
      });
      const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
      assert.deepEqual({ errors, warnings }, { errors: [], warnings: [] });
      for (const entry of this.entries) writePage(folder, entry, `./${entry}.js`);
    },
  },
  esbuild: {
    // esbuild leaves `new URL(…, import.meta.url)` alone: the worker is an entry of its own beside
    // its page, and `slim`, which finds its wasm that way, is for the tools above.
    entries: ["main", "start-worker"],
    async build(folder) {
      const { warnings } = await esbuild.build({
        absWorkingDir: project,
        entryPoints: [...this.entries, "worker"].map((entry) => `app/${entry}.js`),
        outdir: folder,
        bundle: true,
        minify: true,
        format: "esm",
        logLevel: "silent",
      });
      assert.deepEqual(warnings, []);
      for (const entry of this.entries) writePage(folder, entry, `./${entry}.js`);
    },
  },
};

for (const [tool, { entries, build }] of Object.entries(BUILDS)) {
  describe(tool, () => {
    let site;

    before(async () => {
      const folder = join(project, "dist", tool.replaceAll(/\W+/g, "-"));
      mkdirSync(folder, { recursive: true });
      await build.call(BUILDS[tool], folder);
      site = await serveFolder(folder);
    });
    after(() => site?.stop());

    for (const entry of entries) {
      test(`${entry}: a wrong password is refused, the right one signs in`, async () => {
        assert.deepEqual(await open(entry, "Wrong-horse-9"), {
          code: "NotAuthorizedException",
          message: "Incorrect username or password.",
        });
        assert.deepEqual(await open(entry, PASSWORD), { user: "frank", valid: true });
      });
    }

    /** What the page's sign-in came to; the page may not complain on its console. */
    async function open(entry, password) {
      const { userPoolId, clientId, url } = pool;
      const query = new URLSearchParams({ endpoint: `${url}/`, userPoolId, clientId, username: "frank", password });
      const context = await browser.newContext();
      const page = await context.newPage();
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        // The browser itself logs the 400 of a refused sign-in.
        if (message.type() === "error" && !message.text().includes("status of 400")) complaints.push(message.text());
      });
      await page.goto(`${site.url}/${entry}.html?${query}`);
      const result = await page.evaluate(() => window.result).catch((error) => error.message);
      await context.close();
      assert.deepEqual(complaints, []);
      return result;
    }
  });
}

function writePage(folder, name, script, imports) {
  const map = imports === undefined ? "" : `<script type="importmap">${JSON.stringify({ imports })}</script>`;
  const page = `<!doctype html><link rel="icon" href="data:,">${map}<script type="module" src="${script}"></script>`;
  writeFileSync(join(folder, `${name}.html`), page);
}

/** The file that a browser without a bundler loads for an entry of the package. */
function browserFile(entry) {
  const { exports } = JSON.parse(readFileSync(join(project, "node_modules", OURS, "package.json"), "utf8"));
  let found = exports[entry];
  while (typeof found !== "string") found = found.browser ?? found.import ?? found.default;
  return found;
}
