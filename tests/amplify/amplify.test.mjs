// Amplify 5 signs its users in over upstream's package, and over ours in its place.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { authenticator } from "otplib";

import { LAMBDA_CONFIG } from "../lib/pools.mjs";
import { openStage } from "./stage.mjs";

const OWN_PASSWORD = "Battery-staple-8";
const STEP_MILLIS = 30_000;

/** The code of the step after this one: a code is good once, and nobody waits for the next. */
const nextCode = (secret) => authenticator.clone({ epoch: Date.now() + STEP_MILLIS }).generate(secret);

for (const which of ["upstream", "ours"]) {
  describe(`Amplify 5 over ${which === "ours" ? "our package" : "upstream's"}`, () => {
    let stage;
    before(async () => (stage = await openStage(which)));
    after(() => stage?.close());

    /** A visitor who has signed up, confirmed, and signed in through Amplify. */
    async function signedIn(pool) {
      const user = stage.administrator.newUser();
      const visitor = await stage.visit(pool);
      const { page } = visitor;
      await page.evaluate(
        ({ username, password, email }) => Auth.signUp({ username, password, attributes: { email } }),
        user,
      );
      const code = await stage.lastCode(user.username);
      assert.equal(await page.evaluate(([name, sent]) => Auth.confirmSignUp(name, sent), [user.username, code]), "SUCCESS");
      await page.evaluate(({ username, password }) => Auth.signIn(username, password).then(() => null), user);
      return { ...visitor, user };
    }

    test("signs up, confirms, signs in, stays signed in, refreshes and signs out", async () => {
      const { page, reload, close, user } = await signedIn(await stage.administrator.pool());
      await reload();
      const claims = await page.evaluate(() => Auth.currentSession().then((session) => session.getIdToken().payload));
      assert.equal(claims.email, user.email);
      const tokens = await page.evaluate(async () => {
        const signedIn = await Auth.currentAuthenticatedUser();
        const before = signedIn.getSignInUserSession().getAccessToken().getJwtToken();
        const refreshed = await new Promise((resolve, reject) =>
          signedIn.refreshSession(signedIn.getSignInUserSession().getRefreshToken(), (error, session) =>
            error ? reject(error) : resolve(session),
          ),
        );
        return [before, refreshed.getAccessToken().getJwtToken()];
      });
      assert.notEqual(tokens[0], tokens[1]);
      await page.evaluate(() => Auth.signOut());
      assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith("Token"))), []);
      assert.equal(await page.evaluate(() => Auth.currentAuthenticatedUser().catch((error) => error)), "The user is not authenticated");
      await close();
    });

    test("is refused with a wrong password", async () => {
      const { page, close, user } = await signedIn(await stage.administrator.pool());
      const error = await page.evaluate(
        (name) => Auth.signIn(name, "Wrong-horse-7").catch(({ code, message }) => ({ code, message })),
        user.username,
      );
      assert.deepEqual(error, { code: "NotAuthorizedException", message: "Incorrect username or password." });
      await close();
    });

    test("changes attributes", async () => {
      const { page, close } = await signedIn(await stage.administrator.pool());
      const name = await page.evaluate(async () => {
        const signedIn = await Auth.currentAuthenticatedUser();
        await Auth.updateUserAttributes(signedIn, { name: "Alice Example" });
        const { attributes } = await Auth.currentAuthenticatedUser({ bypassCache: true });
        return attributes.name;
      });
      assert.equal(name, "Alice Example");
      await close();
    });

    test("answers a temporary password with one of the user's own", async () => {
      const pool = await stage.administrator.pool();
      const user = await stage.administrator.invited(pool);
      const { page, close } = await stage.visit(pool);
      const outcome = await page.evaluate(
        async ([{ username, password }, own]) => {
          const challenged = await Auth.signIn(username, password);
          const { challengeName } = challenged;
          await Auth.completeNewPassword(challenged, own);
          const session = await Auth.currentSession();
          return { challengeName, valid: session.isValid() };
        },
        [user, OWN_PASSWORD],
      );
      assert.deepEqual(outcome, { challengeName: "NEW_PASSWORD_REQUIRED", valid: true });
      await close();
    });

    test("sets up an authenticator application and signs in with its code", async () => {
      const pool = await stage.administrator.pool({}, { MfaConfiguration: "OPTIONAL", SoftwareTokenMfaConfiguration: { Enabled: true } });
      const { page, close, user } = await signedIn(pool);
      const secret = await page.evaluate(async () => Auth.setupTOTP(await Auth.currentAuthenticatedUser()));
      await page.evaluate(async (code) => {
        const signedIn = await Auth.currentAuthenticatedUser();
        await Auth.verifyTotpToken(signedIn, code);
        await Auth.setPreferredMFA(signedIn, "TOTP");
        await Auth.signOut();
      }, authenticator.generate(secret));
      const outcome = await page.evaluate(
        async ([{ username, password }, code]) => {
          const challenged = await Auth.signIn(username, password);
          const { challengeName } = challenged;
          await Auth.confirmSignIn(challenged, code, "SOFTWARE_TOKEN_MFA");
          return { challengeName, valid: (await Auth.currentSession()).isValid() };
        },
        [user, nextCode(secret)],
      );
      assert.deepEqual(outcome, { challengeName: "SOFTWARE_TOKEN_MFA", valid: true });
      await close();
    });

    test("answers a custom challenge, without a password and after it", async () => {
      const pool = await stage.administrator.pool({ LambdaConfig: LAMBDA_CONFIG });
      const user = await stage.administrator.confirmed(pool);
      const { page, close } = await stage.visit(pool);
      const outcome = await page.evaluate(
        async ({ username, password }) => {
          const solution = ({ challengeParam: { question } }) => String(question.split(" + ").reduce((a, b) => Number(a) + Number(b)));
          const asked = await Auth.signIn(username);
          const again = await Auth.sendCustomChallengeAnswer(asked, "1");
          const names = [asked.challengeName, again.challengeName];
          await Auth.sendCustomChallengeAnswer(again, solution(again));
          const first = (await Auth.currentSession()).isValid();
          await Auth.signOut();

          Auth.configure({ authenticationFlowType: "CUSTOM_AUTH" });
          const refused = await Auth.signIn(username, "Wrong-horse-7").catch(({ code }) => code);
          const proved = await Auth.signIn(username, password);
          await Auth.sendCustomChallengeAnswer(proved, solution(proved));
          return { names, first, refused, second: (await Auth.currentSession()).isValid() };
        },
        user,
      );
      assert.deepEqual(outcome, {
        names: ["CUSTOM_CHALLENGE", "CUSTOM_CHALLENGE"],
        first: true,
        refused: "NotAuthorizedException",
        second: true,
      });
      await close();
    });

    test("remembers the device, which then proves itself", async () => {
      const pool = await stage.administrator.pool({
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
      });
      const { page, reload, close, user } = await signedIn(pool);
      const devices = await page.evaluate(() => Auth.fetchDevices());
      assert.equal(devices.length, 1);
      assert.equal(await page.evaluate(() => Auth.rememberDevice()), "SUCCESS");
      await page.evaluate(() => Auth.signOut());
      await reload();
      const operations = [];
      page.on("request", (request) => operations.push(request.headers()["x-amz-target"]?.split(".")[1]));
      await page.evaluate(({ username, password }) => Auth.signIn(username, password).then(() => null), user);
      const answers = operations.filter((operation) => operation === "RespondToAuthChallenge");
      assert.equal(answers.length, 3, "the password's proof, the device's A and its proof");
      assert.equal((await page.evaluate(() => Auth.fetchDevices())).length, 1, "the same device");
      assert.equal(await page.evaluate(() => Auth.forgetDevice()), "SUCCESS");
      assert.equal((await page.evaluate(() => Auth.fetchDevices())).length, 0);
      await close();
    });
  });
}
