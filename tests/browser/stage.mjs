// The stage of the browser tests: the page with the built package around it, a real pool, a browser.

import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { serveFunctions } from "../../examples/triggers/runner.mjs";
import * as sum from "../../examples/triggers/sum.mjs";
import { launchChromium } from "../lib/chromium.mjs";
import { pkgDir, temporaryFolder } from "../lib/package.mjs";
import { startServer } from "../lib/server.mjs";
import { DemoPage } from "./demo-page.mjs";

let users = 0;

/**
 * Sets the stage; `close` takes it down again.
 *
 * @param {object} [options]
 * @param {boolean} [options.seeded] with the demo's pool, which has second factors, devices and triggers; otherwise a plain one
 */
export async function openStage({ seeded = false } = {}) {
  const site = await assembledSite();
  const functions = seeded ? await serveFunctions(sum) : undefined;
  const args = seeded ? ["--seed", join(site, "pool.json"), "--lambda-endpoint", functions.url] : [];
  const [server, browser] = await Promise.all([startServer({ www: site, args }), launchChromium()]);
  return new Stage(server, browser, functions);
}

class Stage {
  #browser;
  #functions;

  constructor(server, browser, functions) {
    this.server = server;
    this.#functions = functions;
    this.#browser = browser;
  }

  /**
   * A fresh visitor with the page open, in a browser profile of their own.
   *
   * @param {object} [options] of the browser context, and:
   * @param {string} [options.hostname] another name of the server
   * @param {(tab: import("playwright-core").Page) => Promise<unknown>} [options.prepare] before the page is opened
   */
  async visit({ hostname, prepare, ...options } = {}) {
    const url = new URL(this.server.url);
    if (hostname) url.hostname = hostname;
    const context = await this.#browser.newContext(options);
    const page = new DemoPage(await context.newPage(), url.origin);
    await prepare?.(page.page);
    await page.open();
    return page;
  }

  /** A user whom nobody else has: not signed up yet. */
  newUser() {
    users += 1;
    const username = `user${users}-${process.pid}`;
    return { username, email: `${username}@example.com`, password: "Correct-horse-7" };
  }

  /** A user who has signed up and confirmed, without the page. */
  async confirmedUser() {
    const user = this.newUser();
    const ClientId = this.server.clientId;
    await this.#must("SignUp", {
      ClientId,
      Username: user.username,
      Password: user.password,
      UserAttributes: [{ Name: "email", Value: user.email }],
    });
    const ConfirmationCode = await this.server.lastCode(user.username);
    await this.#must("ConfirmSignUp", { ClientId, Username: user.username, ConfirmationCode });
    return user;
  }

  async close() {
    await this.#browser.close();
    await this.server.stop();
    await this.#functions?.stop();
  }

  async #must(operation, body) {
    const answer = await this.server.call(operation, body);
    if (answer.status !== 200) throw new Error(`${operation}: ${JSON.stringify(answer.body)}`);
  }
}

/** env `WWW_DIR`, or `www` with the built package as its `pkg` folder, as the demo puts them together. */
async function assembledSite() {
  if (process.env.WWW_DIR) return process.env.WWW_DIR;
  const folder = temporaryFolder("cognito-www");
  await cp(fileURLToPath(new URL("../../www", import.meta.url)), folder, { recursive: true });
  await cp(pkgDir, join(folder, "pkg"), { recursive: true });
  await cp(fileURLToPath(new URL("../../xtask/node_modules/uqr/dist/index.mjs", import.meta.url)), join(folder, "vendor/uqr.mjs"));
  return folder;
}
