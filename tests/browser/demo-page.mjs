// The demo page as a person uses it: by labels, headings and what it says.

import assert from "node:assert/strict";

/** What Chromium itself writes for an answer outside 2xx; no page can prevent it. */
const REFUSED = /^Failed to load resource: the server responded with a status of 400/;

export class DemoPage {
  #url;

  /** Console errors, warnings and uncaught exceptions, apart from the lines for refused requests. */
  complaints = [];

  /** Operations that the pool refused, in order. */
  refused = [];

  constructor(page, url) {
    this.page = page;
    this.#url = url;
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      if (!REFUSED.test(message.text())) this.complaints.push(message.text());
    });
    page.on("response", (response) => {
      if (response.status() >= 400) this.refused.push(operation(response.request()));
    });
  }

  async open(path = "/") {
    await this.page.goto(this.#url + path);
  }

  view(name) {
    return this.page.locator(`[data-view="${name}"]`);
  }

  /** Waits until this view is the one shown. */
  async at(name) {
    await this.view(name).waitFor();
    assert.equal(await this.page.locator("[data-view]:visible").count(), 1);
  }

  async follow(tab) {
    await this.page.locator("nav:visible").getByRole("link", { name: tab, exact: true }).click();
  }

  /** Fills in fields by label and submits with Enter. */
  async submit(view, values) {
    for (const [label, value] of Object.entries(values)) await this.field(view, label).fill(value);
    await this.field(view, Object.keys(values).at(-1)).press("Enter");
  }

  field(view, label) {
    return this.view(view).getByLabel(label, { exact: true });
  }

  async press(name) {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  /** Waits for a notice of this kind that holds `text`; gives all of it. */
  async notice(kind, text) {
    const notice = this.page.locator(`#notice[data-kind=${kind}]`, { hasText: text });
    await notice.waitFor();
    return notice.innerText();
  }

  /** The newest message for `username` in the inbox panel, once there is one of this title. */
  async message(username, title) {
    const message = this.page.locator("#inbox li", { hasText: `for ${username},` }).filter({ hasText: title }).first();
    await message.waitFor();
    return { code: await message.locator("code").innerText(), use: () => message.getByRole("button").click() };
  }

  async signIn({ username, password }) {
    await this.submit("sign-in", { Username: username, Password: password });
  }

  /** The claims that the page lists for a token, `id` or `access`. */
  claims(token) {
    return this.page
      .locator(`[data-claims=${token}] dl div`)
      .evaluateAll((rows) => Object.fromEntries(rows.map(({ dataset }) => [dataset.name, dataset.value])));
  }

  /** The request log once it has `count` answered requests, oldest first: `{ operation, status, time }`. */
  async log(count) {
    await this.page.waitForFunction((rows) => document.querySelectorAll("#requests [data-ok]").length === rows, count);
    return this.page.locator("#requests summary").evaluateAll((rows) =>
      rows.reverse().map((row) => {
        const [operation, status, time] = [...row.children].map((cell) => cell.textContent);
        return { operation, status, time };
      }),
    );
  }

  /** The stored token of this name, or undefined: what survives a reload. */
  stored(name) {
    return this.page.evaluate((end) => Object.entries(localStorage).find(([key]) => key.endsWith(end))?.[1], `.${name}`);
  }

  /** Nothing went wrong but what was meant to be refused. */
  assertQuiet(...refused) {
    assert.deepEqual(this.complaints, []);
    assert.deepEqual(this.refused, refused);
  }

  async close() {
    await this.page.context().close();
  }
}

function operation(request) {
  return request.headers()["x-amz-target"]?.split(".").at(-1) ?? request.url();
}
