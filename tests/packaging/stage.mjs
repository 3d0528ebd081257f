// What the tests in browsers share: a project with the packed package and the application of `app`, a live
// pool with a user, Chromium, and opening a page that signs that user in.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AdminCreateUserCommand, AdminSetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { sdk } from "../foreign/clients.mjs";
import { launchChromium } from "../lib/chromium.mjs";
import { projectWithOurs } from "../lib/package.mjs";
import { startServer } from "../lib/server.mjs";
import { serveFolder } from "../lib/static.mjs";

export const PASSWORD = "Correct-horse-1";

/** What the page of `app/sign-in.js` says of a wrong and of the right password. */
export const REFUSED = { code: "NotAuthorizedException", message: "Incorrect username or password." };
export const SIGNED_IN = { user: "frank", valid: true };

export async function startStage() {
  const project = projectWithOurs();
  cpSync(fileURLToPath(new URL("app/", import.meta.url)), join(project, "app"), { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
  const [pool, browser] = await Promise.all([startServer(), launchChromium()]);
  const user = { UserPoolId: pool.userPoolId, Username: "frank" };
  await sdk(pool).send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
  await sdk(pool).send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));
  return new Stage(project, pool, browser);
}

class Stage {
  #browser;
  #sites = [];

  constructor(project, pool, browser) {
    this.project = project;
    this.pool = pool;
    this.#browser = browser;
  }

  /** A new folder in the project, for what a tool builds. */
  folder(name) {
    const folder = join(this.project, "dist", name.replaceAll(/\W+/g, "-"));
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Serves a folder until the stage stops; its address. */
  async serve(folder) {
    const site = await serveFolder(folder);
    this.#sites.push(site);
    return site.url;
  }

  /** The query by which the application knows whom to sign in where. */
  query(password = PASSWORD) {
    const { userPoolId, clientId, url } = this.pool;
    return new URLSearchParams({ endpoint: `${url}/`, userPoolId, clientId, username: "frank", password });
  }

  /** What the page's sign-in came to; the page may not complain on its console. */
  async open(url, password) {
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // The browser itself logs the 400 of a refused sign-in.
      if (message.type() === "error" && !message.text().includes("status of 400")) complaints.push(message.text());
    });
    await page.goto(`${url}?${this.query(password)}`);
    const result = await page.evaluate(() => window.result).catch((error) => error.message);
    await context.close();
    assert.deepEqual(complaints, []);
    return result;
  }

  /** That a wrong password is refused on the page, and that the right one signs in. */
  async proves(url) {
    assert.deepEqual(await this.open(url, "Wrong-horse-9"), REFUSED);
    assert.deepEqual(await this.open(url), SIGNED_IN);
  }

  async stop() {
    await Promise.all([this.pool.stop(), this.#browser.close(), ...this.#sites.map((site) => site.stop())]);
  }
}

/** Writes a page that has one script and, if the head is given, what it says. */
export function writePage(folder, name, script, head = "") {
  const page = `<!doctype html><link rel="icon" href="data:,">${head}<script type="module" src="${script}"></script>`;
  writeFileSync(join(folder, `${name}.html`), page);
}
