// Amplify 6 in Chromium, against a pool of its own.

import { build } from "esbuild";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { launchChromium } from "../../lib/chromium.mjs";
import { temporaryFolder } from "../../lib/package.mjs";
import { Administrator } from "../../lib/pools.mjs";
import { startServer } from "../../lib/server.mjs";
import { serveFolder } from "../../lib/static.mjs";

/** Pool, page and browser; `close` ends them. */
export async function openStage() {
  const [server, site, browser] = await Promise.all([startServer(), amplifyPage().then(serveFolder), launchChromium()]);
  return new Stage(server, site, browser);
}

class Stage {
  #server;
  #site;
  #browser;

  constructor(server, site, browser) {
    this.#server = server;
    this.#site = site;
    this.#browser = browser;
    this.administrator = new Administrator(server);
  }

  /** A page with Amplify configured for a pool, in a browser profile of its own. */
  async visit(pool) {
    const context = await this.#browser.newContext();
    return new Visit(context, await context.newPage(), this.#site.url.replace("127.0.0.1", "localhost"), pool).reload();
  }

  lastCode(username) {
    return this.#server.lastCode(username);
  }

  async close() {
    await this.#browser.close();
    await Promise.all([this.#site.stop(), this.#server.stop()]);
  }
}

/** Somebody before the page. */
class Visit {
  #context;
  #url;
  #pool;

  constructor(context, page, url, pool) {
    this.#context = context;
    this.page = page;
    this.#url = url;
    this.#pool = pool;
  }

  async reload() {
    await this.page.goto(this.#url);
    await this.page.evaluate((pool) => configure(pool), this.#pool);
    return this;
  }

  /** What one of Amplify's functions gives, or `{ error, message }`. */
  call(name, ...inputs) {
    return this.page.evaluate(([name, inputs]) => attempt(name, ...inputs), [name, inputs]);
  }

  /** The access token of the session, and the ID token's claims. */
  session(options) {
    return this.page.evaluate(async (options) => {
      const { tokens } = await Auth.fetchAuthSession(options);
      return { accessToken: tokens?.accessToken.toString(), claims: tokens?.idToken.payload };
    }, options);
  }

  close() {
    return this.#context.close();
  }
}

/** A folder with the page, bundled as an application would bundle it. */
async function amplifyPage() {
  const folder = temporaryFolder("cognito-amplify");
  await build({
    entryPoints: [join(import.meta.dirname, "page.js")],
    outfile: join(folder, "page.js"),
    bundle: true,
    format: "esm",
    platform: "browser",
    logLevel: "warning",
  });
  writeFileSync(join(folder, "index.html"), '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>');
  return folder;
}
