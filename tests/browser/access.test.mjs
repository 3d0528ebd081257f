// The page for everyone: the keyboard alone, a phone's width, both colour schemes, assistive technology.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import axe from "axe-core";

import { openStage } from "./stage.mjs";

const GUEST_VIEWS = ["sign-in", "custom-sign-in", "sign-up", "confirm", "forgot-password", "reset-password", "temporary-password"];
const USER_VIEWS = ["who-am-i", "change-password", "leave"];
const PHONE = { width: 360, height: 740 };
let stage;

before(async () => (stage = await openStage()));
after(() => stage?.close());

/** Runs `check` in each view, first as a guest, then signed in, with messages and requests on the page. */
async function inEveryView(options, check) {
  const user = await stage.confirmedUser();
  const page = await stage.visit(options);
  await page.message(user.username, "Confirmation code");
  const inViews = async (views) => {
    for (const view of views) {
      await page.open(`/#/${view}`);
      await page.at(view);
      await check(page.page, view);
    }
  };
  await inViews(GUEST_VIEWS);
  await page.open("/#/sign-in");
  await page.signIn(user);
  await page.at("who-am-i");
  await page.press("Refresh tokens");
  await page.notice("success", "New ID");
  await check(page.page, "who-am-i after a sign-in");
  await inViews(USER_VIEWS);
  await page.close();
}

/** What has the focus, and whether one can see that it has. */
function focused(page) {
  return page.evaluate(() => {
    const { activeElement } = document;
    const name = activeElement.labels?.[0]?.textContent ?? activeElement.getAttribute("aria-label") ?? activeElement.textContent;
    return { name: name.trim(), outline: getComputedStyle(activeElement).outlineStyle };
  });
}

test("signs in with the keyboard alone, the focus always in sight", async () => {
  const user = await stage.confirmedUser();
  const page = await stage.visit();
  await page.at("sign-in");
  const tabTo = async (name) => {
    for (let presses = 0; presses < 20; presses += 1) {
      await page.page.keyboard.press("Tab");
      const at = await focused(page.page);
      assert.notEqual(at.outline, "none", `no visible focus on ${at.name}`);
      if (at.name === name) return;
    }
    assert.fail(`Tab does not reach ${name}`);
  };

  await tabTo("Sign in");
  await tabTo("Username");
  await page.page.keyboard.type(user.username);
  await tabTo("Password");
  await page.page.keyboard.type(user.password);
  await page.page.keyboard.press("Enter");
  await page.at("who-am-i");
  assert.equal((await focused(page.page)).name, user.username);

  await tabTo("Refresh tokens");
  await page.page.keyboard.press("Space");
  await page.notice("success", "New ID");
  await page.page.keyboard.press("Shift+Tab");
  assert.equal((await focused(page.page)).name, "Sign out");
  await page.page.keyboard.press("Enter");
  await page.at("leave");
  await tabTo("Sign out");
  await page.page.keyboard.press("Enter");
  await page.at("sign-in");
  page.assertQuiet();
  await page.close();
});

test("never scrolls sideways on a phone", async () => {
  await inEveryView({ viewport: PHONE }, async (page, view) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= PHONE.width, `${view} is ${width} pixels wide`);
  });
});

for (const colorScheme of ["light", "dark"]) {
  test(`passes axe's WCAG 2.2 AA rules in the ${colorScheme} scheme`, async () => {
    await inEveryView({ colorScheme, reducedMotion: "reduce" }, async (page, view) => {
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() =>
        globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
      );
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      assert.deepEqual(found, [], view);
    });
  });
}

test("follows the system's colour scheme", async () => {
  const background = async (colorScheme) => {
    const page = await stage.visit({ colorScheme });
    const colour = await page.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.close();
    return colour.match(/\d+/g).reduce((sum, part) => sum + Number(part), 0) / 3;
  };
  assert.ok((await background("light")) > 200);
  assert.ok((await background("dark")) < 50);
});
