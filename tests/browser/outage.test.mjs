// What the page says when something it needs is not there.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openStage } from "./stage.mjs";

let stage;

before(async () => (stage = await openStage()));
after(() => stage?.close());

test("says how to get a pool when the server has none ready", async () => {
  const page = await stage.visit({
    prepare: (tab) => tab.route("**/_local/pool", (route) => route.fulfill({ status: 404, body: "" })),
  });
  await page.notice("error", "--create-pool");
  await page.close();
});

test("says how to build the package when it is missing", async () => {
  const page = await stage.visit({
    prepare: (tab) => tab.route("**/pkg/**", (route) => route.fulfill({ status: 404, body: "" })),
  });
  await page.notice("error", "cargo xtask build");
  await page.close();
});

// Last: the server does not come back.
test("says that the pool does not answer, and signs out here all the same", async () => {
  const user = await stage.confirmedUser();
  const guest = await stage.visit();
  await guest.at("sign-in");
  const page = await stage.visit();
  await page.signIn(user);
  await page.at("who-am-i");
  await stage.server.stop();

  await guest.signIn(user);
  await guest.notice("error", "The user pool does not answer.");
  assert.equal(await guest.field("sign-in", "Username").inputValue(), user.username);

  await page.press("Ask the pool who I am");
  await page.notice("error", "The user pool does not answer.");
  await page.follow("Sign out");
  await page.press("Sign out");
  await page.at("sign-in");
  await page.notice("info", "The refresh token was not revoked");
  assert.equal(await page.stored("refreshToken"), undefined);
  await guest.close();
  await page.close();
});
