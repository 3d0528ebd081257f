// Every flow over HTTP against the pool, in Chromium: through upstream's package, then through ours.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { authenticator } from "otplib";

import { openStage } from "./stage.mjs";

const OWN_PASSWORD = "Battery-staple-8";
const STEP_MILLIS = 30_000;
const SIGNED_IN = { callback: "onSuccess", valid: true, rest: [] };
const SMS = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } } };
const TOTP = { SoftwareTokenMfaConfiguration: { Enabled: true } };

/** The code of the step after this one: a code is good once, and nobody waits for the next. */
const nextCode = (secret) => authenticator.clone({ epoch: Date.now() + STEP_MILLIS }).generate(secret);

let stage;
before(async () => (stage = await openStage()));
after(() => stage?.close());

for (const which of ["upstream", "ours"]) {
  describe(`with ${which === "ours" ? "our package" : "upstream's"}`, () => {
    /** A page on which this user has done the first step of a sign-in, `first.user` there. */
    async function begun(pool, user, flow = "USER_SRP_AUTH") {
      const visitor = await stage.visit();
      const first = await visitor.page.evaluate(
        ([which, pool, { username, password }, flow]) => {
          globalThis.user = userOf(which, pool, username);
          user.setAuthenticationFlowType(flow);
          const details = detailsOf(which, { Username: username, Password: password });
          return stage((callbacks) => user.authenticateUser(details, callbacks));
        },
        [which, pool, user, flow],
      );
      return { ...visitor, first };
    }

    for (const flow of ["USER_SRP_AUTH", "USER_PASSWORD_AUTH"]) {
      test(flow, async () => {
        const pool = await stage.administrator.pool();
        const user = await stage.administrator.confirmed(pool);
        const { first, close } = await begun(pool, user, flow);
        assert.deepEqual(first, SIGNED_IN);
        await close();
        const refused = await begun(pool, { ...user, password: "Wrong-horse-7" }, flow);
        assert.deepEqual(refused.first, {
          callback: "onFailure",
          code: "NotAuthorizedException",
          message: "Incorrect username or password.",
        });
        await refused.close();
      });
    }

    test("NEW_PASSWORD_REQUIRED", async () => {
      const pool = await stage.administrator.pool();
      const { first, page, close } = await begun(pool, await stage.administrator.invited(pool));
      assert.equal(first.callback, "newPasswordRequired");
      const done = await page.evaluate(
        (password) => stage((callbacks) => user.completeNewPasswordChallenge(password, {}, callbacks)),
        OWN_PASSWORD,
      );
      assert.deepEqual(done, SIGNED_IN);
      await close();
    });

    test("SMS_MFA, with a wrong code first", async () => {
      const pool = await stage.administrator.pool({}, { MfaConfiguration: "OPTIONAL", ...SMS });
      const user = await stage.administrator.confirmed(pool);
      await stage.administrator.prefersSms(pool, user);
      const { first, page, close } = await begun(pool, user);
      assert.equal(first.callback, "mfaRequired");
      assert.equal(first.args[0], "SMS_MFA");
      const code = await stage.server.lastCode(user.username);
      const wrong = code === "000000" ? "111111" : "000000";
      const send = (sent) => page.evaluate((code) => stage((callbacks) => user.sendMFACode(code, callbacks)), sent);
      assert.equal((await send(wrong)).code, "CodeMismatchException");
      assert.deepEqual(await send(code), SIGNED_IN);
      await close();
    });

    test("SOFTWARE_TOKEN_MFA, set up while signed in", async () => {
      const pool = await stage.administrator.pool({}, { MfaConfiguration: "OPTIONAL", ...TOTP });
      const user = await stage.administrator.confirmed(pool);
      const { page, close } = await begun(pool, user);
      const secret = await page.evaluate(
        () => new Promise((resolve, reject) => user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject })),
      );
      await page.evaluate(
        async (code) => {
          await succeeded((callbacks) => user.verifySoftwareToken(code, "phone", callbacks));
          await answered((callback) => user.setUserMfaPreference(null, { Enabled: true, PreferredMfa: true }, callback));
        },
        authenticator.generate(secret),
      );
      await close();

      const again = await begun(pool, user);
      assert.equal(again.first.callback, "totpRequired");
      const done = await again.page.evaluate(
        (code) => stage((callbacks) => user.sendMFACode(code, callbacks, "SOFTWARE_TOKEN_MFA")),
        nextCode(secret),
      );
      assert.deepEqual(done, SIGNED_IN);
      await again.close();
    });

    test("MFA_SETUP during the sign-in", async () => {
      const pool = await stage.administrator.pool({}, { MfaConfiguration: "ON", ...TOTP });
      const { first, page, close } = await begun(pool, await stage.administrator.confirmed(pool));
      assert.equal(first.callback, "mfaSetup");
      const secret = await page.evaluate(
        () => new Promise((resolve, reject) => user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject })),
      );
      const done = await page.evaluate(
        (code) => stage((callbacks) => user.verifySoftwareToken(code, "phone", callbacks)),
        authenticator.generate(secret),
      );
      assert.deepEqual(done, SIGNED_IN);
      await close();
    });

    test("SELECT_MFA_TYPE between two factors", async () => {
      const pool = await stage.administrator.pool({}, { MfaConfiguration: "OPTIONAL", ...SMS, ...TOTP });
      const user = await stage.administrator.confirmed(pool);
      const { page, close } = await begun(pool, user);
      const secret = await page.evaluate(
        () => new Promise((resolve, reject) => user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject })),
      );
      await page.evaluate(
        async (code) => {
          await succeeded((callbacks) => user.verifySoftwareToken(code, "phone", callbacks));
          const enabled = { Enabled: true, PreferredMfa: false };
          await answered((callback) => user.setUserMfaPreference(enabled, enabled, callback));
        },
        authenticator.generate(secret),
      );
      await close();

      const again = await begun(pool, user);
      assert.equal(again.first.callback, "selectMFAType");
      const selected = await again.page.evaluate(() => stage((callbacks) => user.sendMFASelectionAnswer("SMS_MFA", callbacks)));
      assert.equal(selected.callback, "mfaRequired");
      const done = await again.page.evaluate(
        (code) => stage((callbacks) => user.sendMFACode(code, callbacks)),
        await stage.server.lastCode(user.username),
      );
      assert.deepEqual(done, SIGNED_IN);
      await again.close();
    });

    test("DEVICE_SRP_AUTH on a remembered device", async () => {
      const pool = await stage.administrator.pool({
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
      });
      const user = await stage.administrator.confirmed(pool);
      const { first, page, reload, close } = await begun(pool, user);
      assert.deepEqual(first, { ...SIGNED_IN, rest: [true] }, "the user has to say whether the device is remembered");
      await page.evaluate(() => succeeded((callbacks) => user.setDeviceStatusRemembered(callbacks)));
      await reload();
      const operations = [];
      page.on("request", (request) => operations.push(request.headers()["x-amz-target"]?.split(".")[1]));
      const again = await page.evaluate(
        ([which, pool, { username, password }]) => {
          globalThis.user = userOf(which, pool, username);
          const details = detailsOf(which, { Username: username, Password: password });
          return stage((callbacks) => user.authenticateUser(details, callbacks));
        },
        [which, pool, user],
      );
      assert.deepEqual(again, SIGNED_IN);
      assert.deepEqual(operations, ["InitiateAuth", ...Array(3).fill("RespondToAuthChallenge")]);
      const { Devices } = await page.evaluate(() => succeeded((callbacks) => user.listDevices(10, null, callbacks)));
      assert.equal(Devices.length, 1);
      await close();
    });

    test("attributes are changed, verified and removed", async () => {
      const pool = await stage.administrator.pool();
      const user = await stage.administrator.confirmed(pool);
      const { page, close } = await begun(pool, user);
      const changed = await page.evaluate(async () => {
        await answered((callback) => user.updateAttributes([{ Name: "nickname", Value: "Al" }], callback));
        return answered((callback) => user.getUserData(callback));
      });
      assert.ok(changed.UserAttributes.some(({ Name, Value }) => Name === "nickname" && Value === "Al"));
      await page.evaluate(() =>
        new Promise((resolve, reject) =>
          user.getAttributeVerificationCode("email", { inputVerificationCode: resolve, onSuccess: resolve, onFailure: reject }),
        ),
      );
      const code = await stage.server.lastCode(user.username);
      assert.equal(await page.evaluate((sent) => succeeded((callbacks) => user.verifyAttribute("email", sent, callbacks)), code), "SUCCESS");
      const names = await page.evaluate(async () => {
        await answered((callback) => user.deleteAttributes(["nickname"], callback));
        const list = await answered((callback) => user.getUserAttributes(callback));
        return list.map((attribute) => attribute.getName());
      });
      assert.ok(!names.includes("nickname"));
      await close();
    });
  });
}
