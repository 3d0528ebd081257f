// The packed package inside what applications are built with: each bundle signs in, in Chromium,
// with SRP against a live pool.

import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";
import { OURS } from "../lib/package.mjs";
import { startStage, writePage } from "./stage.mjs";

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.stop());

/** How each tool makes its folder of pages, and which pages it makes. */
const BUILDS = {
  "no bundler, an import map": {
    entries: ["main", "slim"],
    build({ project }, folder) {
      cpSync(join(project, "app"), join(folder, "app"), { recursive: true });
      cpSync(join(project, "node_modules", OURS), join(folder, "pkg"), { recursive: true });
      const imports = Object.fromEntries(
        [".", "./slim"].map((entry) => [join(OURS, entry), `./${join("pkg", browserFile(project, entry))}`]),
      );
      const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
      for (const entry of this.entries) writePage(folder, entry, `./app/${entry}.js`, map);
    },
  },
  vite: {
    entries: ["main", "slim", "deep", "start-worker"],
    async build({ project }, folder) {
      for (const entry of this.entries) writePage(project, entry, `./app/${entry}.js`);
      const input = this.entries.map((entry) => join(project, `${entry}.html`));
      await vite.build({
        root: project,
        configFile: false,
        logLevel: "error",
        build: { outDir: folder, rollupOptions: { input } },
        worker: { format: "es" },
      });
    },
  },
  webpack: {
    entries: ["main", "slim", "deep", "start-worker"],
    async build({ project }, folder) {
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
    entries: ["main", "deep", "start-worker"],
    async build({ project }, folder) {
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
  rollup: {
    // Rollup leaves that alone too.
    entries: ["main", "deep", "start-worker"],
    async build({ project }, folder) {
      const warnings = [];
      const bundle = await rollup({
        input: [...this.entries, "worker"].map((entry) => join(project, "app", `${entry}.js`)),
        plugins: [nodeResolve({ browser: true })],
        onwarn: (warning) => warnings.push(warning.message),
      });
      await bundle.write({ dir: folder, format: "es" });
      await bundle.close();
      assert.deepEqual(warnings, []);
      for (const entry of this.entries) writePage(folder, entry, `./${entry}.js`);
    },
  },
};

for (const [tool, { entries, build }] of Object.entries(BUILDS)) {
  describe(tool, () => {
    let folder;
    let url;

    before(async () => {
      folder = stage.folder(tool);
      await build.call(BUILDS[tool], stage, folder);
      url = await stage.serve(folder);
    });

    for (const entry of entries) {
      test(`${entry}: a wrong password is refused, the right one signs in`, () => stage.proves(`${url}/${entry}.html`));
    }
  });
}

describe("vite's dev server", () => {
  let vites;
  let server;
  before(async () => {
    for (const entry of ["main", "deep"]) writePage(stage.project, entry, `./app/${entry}.js`);
    server = createServer((request, response) => vites.middlewares(request, response));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    vites = await vite.createServer({
      root: stage.project,
      configFile: false,
      logLevel: "error",
      server: { middlewareMode: true, ws: { server }, hmr: { server } },
    });
  });
  after(async () => {
    await vites?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });

  for (const entry of ["main", "deep"]) {
    test(`${entry}: a wrong password is refused, the right one signs in`, () =>
      stage.proves(`http://127.0.0.1:${server.address().port}/${entry}.html`));
  }
});

test("a bundle that imports, requires and goes deep has the module once", async () => {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: stage.project,
    stdin: {
      contents: `
        import { CognitoUser } from "${OURS}";
        import Deep from "${OURS}/lib/CognitoUser";
        import * as slim from "${OURS}/slim";
        const required = require("${OURS}");
        export const same = [Deep, slim.CognitoUser, required.CognitoUser].every((found) => found === CognitoUser);
      `,
      resolveDir: stage.project,
    },
    bundle: true,
    format: "esm",
    write: false,
  });
  const inline = readFileSync(join(stage.project, "node_modules", OURS, "es/ready.js"), "utf8").match(/"[^\n]{1000,}"/)[0];
  assert.equal(outputFiles[0].text.split(inline.slice(100, 300)).length, 2);
  const { same } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  assert.equal(same, true);
});

/** The file that a browser without a bundler loads for an entry of the package. */
function browserFile(project, entry) {
  const { exports } = JSON.parse(readFileSync(join(project, "node_modules", OURS, "package.json"), "utf8"));
  let found = exports[entry];
  while (typeof found !== "string") found = found.import ?? found.default;
  return found;
}
