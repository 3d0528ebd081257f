// Users stay signed in when the package is swapped, in either direction; their devices stay known.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openStage } from "./stage.mjs";

let stage;
before(async () => (stage = await openStage()));
after(() => stage?.close());

for (const [from, to] of [["upstream", "ours"], ["ours", "upstream"]]) {
  /** A page on which this user is signed in through the first package, loaded anew. */
  async function swapped(pool, user) {
    const visitor = await stage.visit();
    const { callback } = await signIn(visitor.page, from, pool, user);
    assert.equal(callback, "onSuccess");
    await visitor.reload();
    return visitor;
  }

  test(`a session of ${from} is one of ${to}`, async () => {
    const pool = await stage.administrator.pool();
    const user = await stage.administrator.confirmed(pool);
    const { page, close } = await swapped(pool, user);
    const found = await page.evaluate(
      async ([which, pool]) => {
        globalThis.user = userOf(which, pool);
        const session = await answered((callback) => user.getSession(callback));
        const renewed = await answered((callback) => user.refreshSession(session.getRefreshToken(), callback));
        return { username: user.getUsername(), valid: renewed.isValid(), stored: Object.keys(localStorage).length };
      },
      [to, pool],
    );
    assert.deepEqual(found, { username: user.username, valid: true, stored: 5 });
    const left = await page.evaluate(async () => {
      await answered((callback) => user.signOut(callback));
      return Object.keys(localStorage);
    });
    assert.deepEqual(left, []);
    await close();
  });

  test(`a device that ${from} confirmed proves itself through ${to}`, async () => {
    const pool = await stage.administrator.pool({
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
    });
    const user = await stage.administrator.confirmed(pool);
    const { page, close } = await swapped(pool, user);
    const operations = [];
    page.on("request", (request) => operations.push(request.headers()["x-amz-target"]?.split(".")[1]));
    assert.equal((await signIn(page, to, pool, user)).callback, "onSuccess");
    assert.deepEqual(operations, ["InitiateAuth", ...Array(3).fill("RespondToAuthChallenge")]);
    await close();
  });
}

function signIn(page, which, pool, { username, password }) {
  return page.evaluate(
    ([which, pool, username, password]) => {
      const user = userOf(which, pool, username);
      const details = detailsOf(which, { Username: username, Password: password });
      return stage((callbacks) => user.authenticateUser(details, callbacks));
    },
    [which, pool, username, password],
  );
}
