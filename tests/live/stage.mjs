// A page with both packages in Chromium, and a pool server behind it.

import { build } from "esbuild";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { launchChromium } from "../lib/chromium.mjs";
import { projectWithOurs, temporaryFolder } from "../lib/package.mjs";
import { Administrator } from "../lib/pools.mjs";
import { startServer } from "../lib/server.mjs";
import { serveFolder } from "../lib/static.mjs";

/** Server, page and browser; `close` ends them. @param {string[]} [args] of `cognito serve` */
export async function openStage(args = []) {
  const [server, site, browser] = await Promise.all([startServer({ args }), bothPackages().then(serveFolder), launchChromium()]);
  return new Stage(server, site, browser);
}

class Stage {
  #site;
  #browser;

  constructor(server, site, browser) {
    this.server = server;
    this.administrator = new Administrator(server);
    this.#site = site;
    this.#browser = browser;
  }

  /**
   * A page in a browser profile of its own, which `reload` loads anew with what it has stored.
   *
   * @param {string} [host] by which the browser knows it
   */
  async visit(host = "127.0.0.1") {
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    const reload = () => page.goto(this.#site.url.replace("127.0.0.1", host));
    await reload();
    return { page, reload, close: () => context.close() };
  }

  async close() {
    await this.#browser.close();
    await Promise.all([this.#site.stop(), this.server.stop()]);
  }
}

/** A folder with the page, bundled as an application would bundle it. */
async function bothPackages() {
  const folder = temporaryFolder("cognito-live");
  const project = projectWithOurs();
  await build({
    entryPoints: [join(import.meta.dirname, "page.js")],
    outfile: join(folder, "page.js"),
    bundle: true,
    format: "iife",
    platform: "browser",
    define: { global: "globalThis" },
    nodePaths: [join(project, "node_modules")],
    logLevel: "warning",
  });
  writeFileSync(join(folder, "index.html"), '<!doctype html><link rel="icon" href="data:,"><script src="page.js"></script>');
  return folder;
}
