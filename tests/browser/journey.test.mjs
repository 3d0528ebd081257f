// The whole journey of a user, through the page, against a real pool.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openStage } from "./stage.mjs";

const NEW_PASSWORD = "Battery-staple-8";
let stage;

before(async () => (stage = await openStage()));
after(() => stage?.close());

/** A visitor who has signed in as a new user. */
async function signedIn() {
  const user = await stage.confirmedUser();
  const page = await stage.visit();
  await page.signIn(user);
  await page.at("who-am-i");
  return { page, user };
}

test("signs up, takes the code from the inbox and signs in", async () => {
  const user = stage.newUser();
  const page = await stage.visit();
  await page.follow("Sign up");
  await page.submit("sign-up", { Username: user.username, Email: user.email, Password: user.password });
  await page.at("confirm");
  await page.notice("success", "A code was sent to");

  const { code } = await page.message(user.username, "Confirmation code");
  assert.match(code, /^\d{6}$/);
  const wrong = code === "000000" ? "111111" : "000000";
  await page.submit("confirm", { Code: wrong });
  await page.notice("error", "CodeMismatchException");
  await page.submit("confirm", { Code: code });
  await page.at("sign-in");
  await page.notice("success", "confirmed");

  await page.submit("sign-in", { Password: "Wrong-horse-7" });
  await page.notice("error", "Username or password is wrong.");
  await page.submit("sign-in", { Password: user.password });
  await page.at("who-am-i");
  const heading = page.view("who-am-i").getByRole("heading", { level: 2 });
  assert.equal(await heading.innerText(), user.username);

  page.assertQuiet("ConfirmSignUp", "RespondToAuthChallenge");
  await page.close();
});

test("puts a code from the inbox where it belongs, also a second one", async () => {
  const user = stage.newUser();
  const page = await stage.visit();
  await page.follow("Sign up");
  await page.submit("sign-up", { Username: user.username, Email: user.email, Password: user.password });
  await page.at("confirm");
  await page.press("Send a new code");
  await page.notice("success", "A new code was sent");
  await page.page.locator("#inbox li", { hasText: `for ${user.username},` }).nth(1).waitFor();

  const { code, use } = await page.message(user.username, "Confirmation code");
  await use();
  assert.equal(await page.field("confirm", "Code").inputValue(), code);
  await page.press("Confirm");
  await page.at("sign-in");
  page.assertQuiet();
  await page.close();
});

test("tells who has not confirmed where to go", async () => {
  const user = stage.newUser();
  const page = await stage.visit();
  await page.follow("Sign up");
  await page.submit("sign-up", { Username: user.username, Email: user.email, Password: user.password });
  await page.at("confirm");
  await page.follow("Sign in");
  await page.signIn(user);
  await page.notice("error", "still waits for its code");
  await page.page.getByRole("link", { name: "Confirm it" }).click();
  await page.at("confirm");
  assert.equal(await page.field("confirm", "Username").inputValue(), user.username);
  await page.close();
});

test("shows the time of the mathematics apart from the network's", async () => {
  const { page } = await signedIn();
  const parts = await page.page.locator(".legend li").evaluateAll((items) =>
    items.map((item) => [item.dataset.kind, Number.parseFloat(item.querySelector("b").textContent)]),
  );
  assert.deepEqual(parts.map(([kind]) => kind), ["computing", "network", "computing", "network"]);
  const shown = Number.parseFloat(await page.page.locator("[data-me=mathematics]").innerText());
  const [a, , proof] = parts.map(([, ms]) => ms);
  assert.ok(Math.abs(shown - (a + proof)) <= 0.1 + 1e-9, `${shown} is not ${a} + ${proof}`);
  assert.ok(proof > 0);
  await page.close();
});

test("lists the claims of both tokens, and the time left", async () => {
  const { page, user } = await signedIn();
  const id = await page.claims("id");
  assert.equal(id.token_use, "id");
  assert.equal(id["cognito:username"], user.username);
  assert.equal(id.email, user.email);
  assert.equal(id.aud, stage.server.clientId);
  const access = await page.claims("access");
  assert.equal(access.token_use, "access");
  assert.equal(access.client_id, stage.server.clientId);
  assert.equal(access.sub, id.sub);

  const countdown = page.page.getByRole("timer").locator("b");
  const first = await countdown.innerText();
  assert.match(first, /^(01:00:00|59:\d\d)$/);
  await page.page.waitForFunction((text) => document.querySelector("[role=timer] b").textContent !== text, first);
  page.assertQuiet();
  await page.close();
});

test("stays signed in after a reload", async () => {
  const { page, user } = await signedIn();
  const before = await page.claims("access");
  await page.page.reload();
  await page.at("who-am-i");
  await page.page.locator("[data-claims=access] [data-name=jti]").waitFor({ state: "attached" });
  assert.deepEqual(await page.claims("access"), before);
  await page.press("Ask the pool who I am");
  await page.page.locator("[data-claims=attributes] [data-name=email]", { hasText: user.email }).waitFor();
  page.assertQuiet();
  await page.close();
});

test("refreshes to new tokens of the same sign-in", async () => {
  const { page } = await signedIn();
  const before = { ...(await page.claims("access")), stored: await page.stored("accessToken") };
  await page.press("Refresh tokens");
  await page.notice("success", "New ID and access tokens");
  const now = await page.claims("access");
  assert.notEqual(now.jti, before.jti);
  assert.equal(now.origin_jti, before.origin_jti);
  assert.equal(now.auth_time, before.auth_time);
  assert.notEqual(await page.stored("accessToken"), before.stored);
  await page.page.locator("[data-claims=access] .changed[data-name=jti]").waitFor({ state: "attached" });
  page.assertQuiet();
  await page.close();
});

test("says when the tokens have expired, and gets new ones with the next call", async () => {
  const user = await stage.confirmedUser();
  const page = await stage.visit({ prepare: (tab) => tab.clock.install() });
  await page.signIn(user);
  await page.at("who-am-i");
  const before = await page.claims("access");
  await page.page.clock.fastForward("01:00:01");
  const timer = page.page.getByRole("timer");
  await timer.getByText("expired", { exact: true }).waitFor();

  await page.press("Ask the pool who I am");
  await timer.getByText("until the tokens expire").waitFor();
  assert.notEqual((await page.claims("access")).jti, before.jti);
  const operations = (await page.log(4)).map(({ operation }) => operation);
  assert.deepEqual(operations.slice(2), ["InitiateAuth", "GetUser"]);
  page.assertQuiet();
  await page.close();
});

test("changes the password: the old one is refused, the new one accepted", async () => {
  const { page, user } = await signedIn();
  await page.follow("Password");
  await page.submit("change-password", { "Current password": "Wrong-horse-7", "New password": NEW_PASSWORD });
  await page.notice("error", "The current password is wrong");
  await page.submit("change-password", { "Current password": user.password, "New password": "weak-weak-1" });
  await page.notice("error", "The pool wants a stronger password");
  await page.submit("change-password", { "Current password": user.password, "New password": NEW_PASSWORD });
  await page.at("who-am-i");
  await page.notice("success", "Your password is changed.");

  await page.follow("Sign out");
  await page.press("Sign out");
  await page.at("sign-in");
  await page.signIn(user);
  await page.notice("error", "Username or password is wrong.");
  await page.signIn({ ...user, password: NEW_PASSWORD });
  await page.at("who-am-i");
  page.assertQuiet("ChangePassword", "ChangePassword", "RespondToAuthChallenge");
  await page.close();
});

test("sets a forgotten password anew with the code from the inbox", async () => {
  const user = await stage.confirmedUser();
  const page = await stage.visit();
  await page.follow("Forgot password");
  await page.submit("forgot-password", { Username: user.username });
  await page.at("reset-password");
  const { code } = await page.message(user.username, "Password reset code");
  const wrong = code === "000000" ? "111111" : "000000";
  await page.submit("reset-password", { Code: wrong, "New password": NEW_PASSWORD });
  await page.notice("error", "CodeMismatchException");
  await page.submit("reset-password", { Code: code, "New password": NEW_PASSWORD });
  await page.at("sign-in");

  await page.signIn(user);
  await page.notice("error", "Username or password is wrong.");
  await page.signIn({ ...user, password: NEW_PASSWORD });
  await page.at("who-am-i");
  page.assertQuiet("ConfirmForgotPassword", "RespondToAuthChallenge");
  await page.close();
});

test("signs in for the first time with a temporary password", async () => {
  const user = stage.newUser();
  const page = await stage.visit();
  await page.follow("First sign-in");
  await page.submit("temporary-password", { "Username of the new user": user.username, Email: user.email });
  await page.at("sign-in");
  const { code: temporary, use } = await page.message(user.username, "Temporary password");
  await use();
  assert.equal(await page.field("sign-in", "Password").inputValue(), temporary);
  await page.press("Sign in");
  await page.at("new-password");
  await page.submit("new-password", { "New password": NEW_PASSWORD });
  await page.at("who-am-i");
  assert.equal((await page.claims("id"))["cognito:username"], user.username);

  await page.follow("Sign out");
  await page.press("Sign out");
  await page.at("sign-in");
  await page.signIn({ ...user, password: temporary });
  await page.notice("error", "Username or password is wrong.");
  await page.signIn({ ...user, password: NEW_PASSWORD });
  await page.at("who-am-i");
  page.assertQuiet("RespondToAuthChallenge");
  await page.close();
});

test("works under the server's other name, where the pool is another origin", async () => {
  const user = stage.newUser();
  const page = await stage.visit({ hostname: "localhost" });
  await page.follow("First sign-in");
  await page.submit("temporary-password", { "Username of the new user": user.username, Email: user.email });
  await page.at("sign-in");
  const { use } = await page.message(user.username, "Temporary password");
  await use();
  await page.press("Sign in");
  await page.at("new-password");
  page.assertQuiet();
  await page.close();
});

test("signs out: tokens forgotten here and the refresh token revoked at the pool", async () => {
  const { page } = await signedIn();
  const refreshToken = await page.stored("refreshToken");
  await page.follow("Sign out");
  await page.press("Sign out");
  await page.at("sign-in");
  await page.notice("success", "You are signed out.");
  for (const name of ["idToken", "accessToken", "refreshToken", "LastAuthUser"]) {
    assert.equal(await page.stored(name), undefined);
  }
  await page.page.reload();
  await page.at("sign-in");
  const answer = await stage.server.call("InitiateAuth", {
    ClientId: stage.server.clientId,
    AuthFlow: "REFRESH_TOKEN_AUTH",
    AuthParameters: { REFRESH_TOKEN: refreshToken },
  });
  assert.equal(answer.body.__type, "NotAuthorizedException");
  page.assertQuiet();
  await page.close();
});

test("signs out everywhere: another browser's session ends too", async () => {
  const { page, user } = await signedIn();
  const elsewhere = await stage.visit();
  await elsewhere.signIn(user);
  await elsewhere.at("who-am-i");

  await page.follow("Sign out");
  await page.press("Sign out everywhere");
  await page.at("sign-in");
  await elsewhere.press("Ask the pool who I am");
  await elsewhere.notice("error", "This session was ended elsewhere");
  page.assertQuiet();
  elsewhere.assertQuiet("GetUser");
  await page.close();
  await elsewhere.close();
});

test("deletes the account only when asked twice", async () => {
  const { page, user } = await signedIn();
  await page.follow("Sign out");
  await page.press("Delete account");
  await page.press("Keep it");
  await page.at("leave");
  await page.press("Delete account");
  await page.press("Delete it");
  await page.at("sign-in");
  await page.notice("success", "The account is deleted.");
  await page.signIn(user);
  await page.notice("error", /UserNotFoundException|NotAuthorizedException/);
  page.assertQuiet("InitiateAuth");
  await page.close();
});

test("logs each request with operation, status and time, and shows no password", async () => {
  const { page, user } = await signedIn();
  const log = await page.log(2);
  assert.deepEqual(log.map(({ operation, status }) => [operation, status]), [["InitiateAuth", "200"], ["RespondToAuthChallenge", "200"]]);
  for (const { time } of log) assert.match(time, /^\d+\.\d ms$/);

  await page.follow("Password");
  await page.submit("change-password", { "Current password": user.password, "New password": NEW_PASSWORD });
  await page.at("who-am-i");
  await page.log(3);
  for (const row of await page.page.locator("#requests li").all()) {
    await row.locator("summary").click();
    await row.locator("pre").nth(1).waitFor();
  }
  const shown = await page.page.locator("#requests").innerText();
  assert.match(shown, /PASSWORD_VERIFIER/);
  assert.ok(!shown.includes(user.password) && !shown.includes(NEW_PASSWORD));
  await page.close();
});
