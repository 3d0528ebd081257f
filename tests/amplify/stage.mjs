// Amplify 5 in Chromium, over upstream's package or ours, against a pool of its own, with triggers.

import { build } from "esbuild";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { serveFunctions } from "../../examples/triggers/runner.mjs";
import * as sum from "../../examples/triggers/sum.mjs";
import { launchChromium } from "../lib/chromium.mjs";
import { UPSTREAM, projectWithOurs, temporaryFolder } from "../lib/package.mjs";
import { Administrator } from "../lib/pools.mjs";
import { startServer } from "../lib/server.mjs";
import { serveFolder } from "../lib/static.mjs";

/** Pool, page and browser; `close` ends them. @param {"upstream" | "ours"} which package lies under Amplify */
export async function openStage(which) {
  const functions = await serveFunctions(sum);
  const args = ["--lambda-endpoint", functions.url];
  const [server, site, browser] = await Promise.all([startServer({ args }), amplifyPage(which).then(serveFolder), launchChromium()]);
  return new Stage(server, site, browser, functions);
}

class Stage {
  #server;
  #site;
  #browser;
  #functions;

  constructor(server, site, browser, functions) {
    this.#functions = functions;
    this.#server = server;
    this.#site = site;
    this.#browser = browser;
    this.administrator = new Administrator(server);
  }

  /** A page with Amplify configured for a pool, in a browser profile of its own. */
  async visit({ userPoolId, clientId, endpoint }) {
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    const open = async () => {
      await page.goto(this.#site.url);
      await page.evaluate((config) => Auth.configure(config), {
        region: userPoolId.split("_")[0],
        userPoolId,
        userPoolWebClientId: clientId,
        endpoint,
      });
    };
    await open();
    return { page, reload: open, close: () => context.close() };
  }

  lastCode(username) {
    return this.#server.lastCode(username);
  }

  async close() {
    await this.#browser.close();
    await Promise.all([this.#site.stop(), this.#server.stop()]);
    await this.#functions.stop();
  }
}

/** A folder with Amplify's page, bundled as an application would bundle it. */
async function amplifyPage(which) {
  const folder = temporaryFolder("cognito-amplify");
  const ours = which === "ours" ? projectWithOurs({ name: UPSTREAM }) : undefined;
  await build({
    entryPoints: [join(import.meta.dirname, "page.js")],
    outfile: join(folder, "page.js"),
    bundle: true,
    format: "esm",
    platform: "browser",
    define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
    plugins: ours ? [aliased(ours)] : [],
    logLevel: "warning",
  });
  writeFileSync(join(folder, "index.html"), '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>');
  return folder;
}

/** Takes upstream's name from another project, as an npm alias or override does. */
function aliased(project) {
  return {
    name: "aliased",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^amazon-cognito-identity-js(\/|$)/ }, ({ path, kind, resolveDir }) =>
        resolveDir === project ? undefined : resolve(path, { kind, resolveDir: project }),
      );
    },
  };
}
