// Custom authentication over HTTP in Chromium, with triggers that really run: upstream's package, then ours.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { serveFunctions } from "../../examples/triggers/runner.mjs";
import * as sum from "../../examples/triggers/sum.mjs";
import { LAMBDA_CONFIG } from "../lib/pools.mjs";
import { openStage } from "./stage.mjs";

const SIGNED_IN = { callback: "onSuccess", valid: true, rest: [] };
const INCORRECT = { callback: "onFailure", code: "NotAuthorizedException", message: "Incorrect username or password." };
const SMS = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } } };

let functions;
let stage;
before(async () => {
  functions = await serveFunctions(sum);
  stage = await openStage(["--lambda-endpoint", functions.url]);
});
after(async () => {
  await stage?.close();
  await functions?.stop();
});

for (const which of ["upstream", "ours"]) {
  describe(`with ${which === "ours" ? "our package" : "upstream's"}`, () => {
    const pool = (settings, mfa) => stage.administrator.pool({ LambdaConfig: LAMBDA_CONFIG, ...settings }, mfa);

    /** A page on which this user has asked to sign in without a password. */
    async function asked(pool, { username }) {
      const visitor = await stage.visit();
      const first = await visitor.page.evaluate(
        ([which, pool, username]) => {
          globalThis.user = userOf(which, pool, username);
          user.setAuthenticationFlowType("CUSTOM_AUTH");
          return stage((callbacks) => user.initiateAuth(detailsOf(which, { Username: username }), callbacks));
        },
        [which, pool, username],
      );
      return { ...visitor, first };
    }

    /** How far the password leads this user on a page. */
    const proved = (page, pool, { username, password }, flow = "CUSTOM_AUTH") =>
      page.evaluate(
        ([which, pool, username, password, flow]) => {
          globalThis.user = userOf(which, pool, username);
          user.setAuthenticationFlowType(flow);
          const details = detailsOf(which, { Username: username, Password: password });
          return stage((callbacks) => user.authenticateUser(details, callbacks));
        },
        [which, pool, username, password, flow],
      );

    const send = (page, answer) =>
      page.evaluate((sent) => stage((callbacks) => user.sendCustomChallengeAnswer(sent, callbacks)), answer);

    test("CUSTOM_AUTH without a password, with wrong answers first", async () => {
      const open = await pool();
      const user = await stage.administrator.confirmed(open);
      const { first, page, close } = await asked(open, user);
      assert.equal(first.callback, "customChallenge");
      const second = await send(page, "1");
      assert.equal(second.callback, "customChallenge");
      assert.deepEqual(await send(page, solution(second)), SIGNED_IN);
      await close();

      const refused = await asked(open, user);
      await send(refused.page, "1");
      await send(refused.page, "1");
      assert.deepEqual(await send(refused.page, "1"), INCORRECT);
      await refused.close();
    });

    test("CUSTOM_AUTH with SRP", async () => {
      const open = await pool();
      const user = await stage.administrator.confirmed(open);
      const { page, close } = await stage.visit();
      assert.deepEqual(await proved(page, open, { ...user, password: "Wrong-horse-7" }), INCORRECT);
      const question = await proved(page, open, user);
      assert.equal(question.callback, "customChallenge");
      assert.deepEqual(await send(page, solution(question)), SIGNED_IN);
      await close();
    });

    test("CUSTOM_AUTH with SRP and SMS_MFA after the password", async () => {
      const open = await pool({}, { MfaConfiguration: "OPTIONAL", ...SMS });
      const user = await stage.administrator.confirmed(open);
      await stage.administrator.prefersSms(open, user);
      const { page, close } = await stage.visit();
      assert.equal((await proved(page, open, user)).callback, "mfaRequired");
      const question = await page.evaluate(
        (code) => stage((callbacks) => user.sendMFACode(code, callbacks)),
        await stage.server.lastCode(user.username),
      );
      if (which === "upstream") {
        // It takes the question for tokens.
        assert.equal(question.callback, "onFailure");
        assert.match(question.message, /NewDeviceMetadata/);
      } else {
        assert.equal(question.callback, "customChallenge");
        assert.deepEqual(await send(page, solution(question)), SIGNED_IN);
      }
      await close();
    });

    test("DEVICE_SRP_AUTH after the question, on a device that the pool knows", async () => {
      const open = await pool({
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
      });
      const user = await stage.administrator.confirmed(open);
      const { page, reload, close } = await stage.visit();
      assert.deepEqual(await proved(page, open, user, "USER_SRP_AUTH"), SIGNED_IN);
      await reload();
      const operations = [];
      page.on("request", (request) => operations.push(request.headers()["x-amz-target"]?.split(".")[1]));
      const question = await proved(page, open, user);
      assert.equal(question.callback, "customChallenge");
      assert.deepEqual(await send(page, solution(question)), SIGNED_IN);
      assert.deepEqual(operations, ["InitiateAuth", ...Array(4).fill("RespondToAuthChallenge")]);
      const { Devices } = await page.evaluate(() => succeeded((callbacks) => user.listDevices(10, null, callbacks)));
      assert.equal(Devices.length, 1);
      await close();
    });
  });
}

/** What the sum of a question is. */
function solution({ args: [{ question }] }) {
  const [a, b] = question.split(" + ").map(Number);
  return String(a + b);
}
