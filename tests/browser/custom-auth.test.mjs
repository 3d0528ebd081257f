// Signing in by answering a question of the triggers on the demo page, against the demo's own pool.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openStage } from "./stage.mjs";

let stage;
before(async () => (stage = await openStage({ seeded: true })));
after(() => stage?.close());

/** A visitor who is about to sign in by a question. */
async function visitor() {
  const user = await stage.confirmedUser();
  const page = await stage.visit();
  await page.page.getByRole("link", { name: "answering a question" }).click();
  await page.at("custom-sign-in");
  return { page, user };
}

/** What the sum that the page asks for is. */
async function solution(page) {
  const heading = await page.view("question").getByRole("heading", { level: 2 }).innerText();
  const [, a, b] = /^How much is (\d+) \+ (\d+)\?$/.exec(heading);
  return String(Number(a) + Number(b));
}

test("a sum is enough, after a wrong answer", async () => {
  const { page, user } = await visitor();
  await page.submit("custom-sign-in", { Username: user.username });
  await page.at("question");
  await page.submit("question", { Answer: "1" });
  await page.notice("error", "That is not the answer.");
  await page.submit("question", { Answer: await solution(page) });
  await page.at("who-am-i");
  assert.equal(await page.view("who-am-i").getByRole("heading", { level: 2 }).innerText(), user.username);
  page.assertQuiet();
  await page.close();
});

test("with a password, the sum is asked for after it", async () => {
  const { page, user } = await visitor();
  await page.submit("custom-sign-in", { Username: user.username, "Password optional": "Wrong-horse-7" });
  await page.notice("error", "Username or password is wrong.");
  await page.submit("custom-sign-in", { "Password optional": user.password });
  await page.at("question");
  await page.submit("question", { Answer: await solution(page) });
  await page.at("who-am-i");
  page.assertQuiet("RespondToAuthChallenge");
  await page.close();
});

test("three wrong answers end the sign-in", async () => {
  const { page, user } = await visitor();
  await page.submit("custom-sign-in", { Username: user.username });
  for (let answers = 1; answers <= 2; answers += 1) {
    await page.at("question");
    await page.submit("question", { Answer: "1" });
    await page.notice("error", "That is not the answer.");
  }
  await page.submit("question", { Answer: "1" });
  await page.notice("error", "Begin the sign-in anew.");
  page.assertQuiet("RespondToAuthChallenge");
  await page.close();
});
