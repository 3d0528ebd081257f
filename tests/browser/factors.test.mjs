// Second factors, devices and attributes on the demo page, against the demo's own pool.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { authenticator } from "otplib";

import { openStage } from "./stage.mjs";

const STEP_MILLIS = 30_000;

let stage;
before(async () => (stage = await openStage({ seeded: true })));
after(() => stage?.close());

/** A visitor who has signed in as a new user. */
async function signedIn() {
  const user = await stage.confirmedUser();
  const page = await stage.visit();
  await page.signIn(user);
  await page.at("who-am-i");
  return { page, user };
}

test("turns on a second factor by its QR code, is asked for it, and turns it off", async () => {
  const { page, user } = await signedIn();
  await page.follow("Two factors");
  await page.press("Set up an application");
  const view = page.view("two-factor");
  await view.getByRole("img", { name: "QR code of the secret below" }).waitFor();
  const secret = await view.locator("code[data-secret]").innerText();
  await page.submit("two-factor", { "Code that the application shows": "000000" });
  await page.notice("error", "That is not the code that the application shows now.");
  await page.submit("two-factor", { "Code that the application shows": authenticator.generate(secret) });
  await page.notice("success", "a sign-in asks for a code");

  await page.follow("Sign out");
  await page.view("leave").getByRole("button", { name: "Sign out", exact: true }).click();
  await page.at("sign-in");
  await page.signIn(user);
  await page.at("code");
  // The code of the next step: a code is good once, and nobody waits for the next.
  const next = authenticator.clone({ epoch: Date.now() + STEP_MILLIS }).generate(secret);
  await page.submit("code", { Code: next });
  await page.at("who-am-i");

  await page.follow("Two factors");
  await page.press("Turn off");
  await page.notice("success", "A password is enough again.");
  page.assertQuiet("VerifySoftwareToken");
  await page.close();
});

test("lists this browser, remembers it and forgets it", async () => {
  const { page } = await signedIn();
  await page.follow("Devices");
  const devices = page.view("devices");
  await devices.getByRole("heading", { name: "This browser" }).waitFor();
  await page.press("Remember");
  await devices.getByText("remembered, last seen", { exact: false }).filter({ hasNotText: "not remembered" }).waitFor();
  await page.press("Forget");
  await devices.getByText("The pool keeps no device of yours.").waitFor();
  page.assertQuiet();
  await page.close();
});

test("names each computation of a sign-in, on a new device and on a known one", async () => {
  const { page, user } = await signedIn();
  assert.deepEqual(await computations(page), ["A = gᵃ mod N", "proof of the password", "verifier for the device"]);
  await page.follow("Devices");
  await page.press("Remember");
  await page.follow("Sign out");
  await page.view("leave").getByRole("button", { name: "Sign out", exact: true }).click();
  await page.at("sign-in");
  await page.signIn(user);
  await page.at("who-am-i");
  assert.deepEqual(await computations(page), ["A = gᵃ mod N", "proof of the password", "another A, for the device", "proof of the device"]);
  page.assertQuiet();
  await page.close();
});

const computations = (page) =>
  page.page.locator(".legend li[data-kind=computing]").evaluateAll((items) => items.map((item) => item.firstChild.textContent));

test("sets, verifies and removes attributes", async () => {
  const { page, user } = await signedIn();
  await page.follow("Attributes");
  const view = page.view("attributes");
  await page.submit("attributes", { Attribute: "nickname", Value: "Al" });
  await page.notice("success", "The attribute nickname is set.");
  await view.locator("li", { hasText: "nickname" }).getByRole("button", { name: "Remove" }).click();
  await view.locator("li", { hasText: "nickname" }).waitFor({ state: "detached" });

  await page.submit("attributes", { Attribute: "email", Value: `other-${user.email}` });
  await page.notice("success", "The attribute email is set.");
  await view.locator("li", { hasText: "email" }).getByRole("button", { name: "Verify" }).click();
  const code = view.getByLabel("Code from the inbox");
  await code.waitFor();
  await page.page.locator("#inbox li", { hasText: `for ${user.username},` }).nth(1).waitFor();
  await code.fill(await stage.server.lastCode(user.username));
  await code.press("Enter");
  await page.notice("success", "Your email address is verified.");
  page.assertQuiet();
  await page.close();
});
