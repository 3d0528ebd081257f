import { ok } from "../replies.mjs";

/** One request, whose header shows the user agent. */
async function send(t, label) {
  t.reply(ok());
  await t.step(label, () => t.pool().client.request("AnyOperation", {}, () => undefined));
}

const internals = (t) => t.load("internals");

export default {
  async "as it is"(t) {
    await send(t, "request");
  },
  async "appended"(t) {
    const { appendToCognitoUserAgent } = t.lib;
    for (const content of [undefined, "", null, "my-app/1.0", "my-app/1.0", "app", "other-app/2.0"]) {
      await t.step(JSON.stringify(content) ?? "undefined", () => appendToCognitoUserAgent(content));
      await send(t, "request");
    }
  },
  async "appended: for every pool, also those made before"(t) {
    const pool = t.pool();
    t.lib.appendToCognitoUserAgent("late/1.0");
    t.reply(ok());
    await t.step("request", () => pool.client.request("AnyOperation", {}, () => undefined));
  },
  async "category"(t) {
    await t.step("add", () => internals(t).addAuthCategoryToCognitoUserAgent());
    await send(t, "request");
    await t.step("again", () => internals(t).addAuthCategoryToCognitoUserAgent());
    await send(t, "request");
  },
  async "framework"(t) {
    for (const framework of ["1", "2", undefined, ""]) {
      await t.step(`add ${framework}`, () => internals(t).addFrameworkToCognitoUserAgent(framework));
      await send(t, "request");
    }
  },
  async "all three"(t) {
    internals(t).addFrameworkToCognitoUserAgent("0");
    t.lib.appendToCognitoUserAgent("my-app/1.0");
    internals(t).addAuthCategoryToCognitoUserAgent();
    await send(t, "request");
  },
  async "what internals exports"(t) {
    t.note("names", Object.keys(internals(t)));
  },
  async "through lib/UserAgent"(t) {
    const agent = t.load("lib/UserAgent");
    await t.step("as it is", () => agent.getAmplifyUserAgent());
    agent.addFrameworkToCognitoUserAgent("0");
    t.lib.appendToCognitoUserAgent("my-app/1.0");
    await t.step("changed", () => agent.getAmplifyUserAgent());
    await t.step("its prototype", () => new agent.default().userAgent);
    agent.default.prototype.userAgent = "";
    t.lib.appendToCognitoUserAgent("from nothing");
    await send(t, "replaced");
  },
};
