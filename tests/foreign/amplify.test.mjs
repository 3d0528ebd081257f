// Amplify 6, which has an SRP client of its own, in Chromium.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { authenticator } from "otplib";

import { openStage } from "./amplify/stage.mjs";

const OWN_PASSWORD = "Battery-staple-8";
const STEP_MILLIS = 30_000;
const INCORRECT = { error: "NotAuthorizedException", message: "Incorrect username or password." };
const WITH_CODES = { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } } };
const DONE = { isSignedIn: true, nextStep: { signInStep: "DONE" } };

/** The code of the step after this one: a code is good once, and nobody waits for the next. */
const nextCode = (secret) => authenticator.clone({ epoch: Date.now() + STEP_MILLIS }).generate(secret);

/** Another code of the same length. */
const anotherThan = (code) => (code.startsWith("0") ? "1" : "0") + code.slice(1);

describe("Amplify 6", () => {
  let stage;
  before(async () => (stage = await openStage()));
  after(() => stage?.close());

  /** Somebody whom the administrator has made, and who has just signed in. */
  async function signedIn(pool) {
    const user = await stage.administrator.confirmed(pool);
    const visit = await stage.visit(pool);
    assert.deepEqual(await visit.call("signIn", user), DONE);
    return { user, visit };
  }

  test("a wrong password, a stranger and a forged token are refused", async () => {
    const pool = await stage.administrator.pool();
    const { user, visit } = await signedIn(pool);
    const stranger = await stage.visit(pool);
    for (const authFlowType of ["USER_SRP_AUTH", "USER_PASSWORD_AUTH"]) {
      const wrong = { username: user.username, password: "Wrong-horse-7", options: { authFlowType } };
      assert.deepEqual(await stranger.call("signIn", wrong), INCORRECT);
      const { error } = await stranger.call("signIn", { ...wrong, username: "nobody" });
      assert.equal(error, "UserNotFoundException");
    }
    assert.equal((await stranger.call("getCurrentUser")).error, "UserUnAuthenticatedException");
    await visit.page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.endsWith(".accessToken"));
      localStorage.setItem(key, `${localStorage.getItem(key).slice(0, -8)}AAAAAAAA`);
    });
    assert.deepEqual(await visit.call("fetchUserAttributes"), { error: "NotAuthorizedException", message: "Invalid Access Token" });
    await Promise.all([visit.close(), stranger.close()]);
  });

  test("signs up, confirms, signs in, stays signed in, refreshes and signs out", async () => {
    const user = stage.administrator.newUser();
    const { username, password, email } = user;
    const visit = await stage.visit(await stage.administrator.pool());
    const weak = await visit.call("signUp", { username, password: "password", options: { userAttributes: { email } } });
    assert.equal(weak.error, "InvalidPasswordException");
    const { nextStep } = await visit.call("signUp", { username, password, options: { userAttributes: { email } } });
    assert.equal(nextStep.signUpStep, "CONFIRM_SIGN_UP");
    assert.equal((await visit.call("signIn", { username, password })).nextStep.signInStep, "CONFIRM_SIGN_UP");
    const code = await stage.lastCode(username);
    const wrong = await visit.call("confirmSignUp", { username, confirmationCode: anotherThan(code) });
    assert.equal(wrong.error, "CodeMismatchException");
    const confirmed = await visit.call("confirmSignUp", { username, confirmationCode: code });
    assert.equal(confirmed.nextStep.signUpStep, "DONE");

    assert.deepEqual(await visit.call("signIn", { username, password }), DONE);
    await visit.reload();
    assert.equal((await visit.call("getCurrentUser")).username, username);
    const before = await visit.session();
    assert.equal(before.claims.email, email);
    const after = await visit.session({ forceRefresh: true });
    assert.notEqual(after.accessToken, before.accessToken);
    await visit.call("signOut");
    assert.equal((await visit.session()).accessToken, undefined);
    assert.deepEqual(await visit.page.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith("Token"))), []);
    await visit.close();
  });

  test("signs in at once after the confirmation", async () => {
    const pool = await stage.administrator.pool(WITH_CODES);
    for (const authFlowType of ["USER_SRP_AUTH", "USER_AUTH"]) {
      const { username, password, email } = stage.administrator.newUser();
      const visit = await stage.visit(pool);
      await visit.call("signUp", { username, password, options: { userAttributes: { email }, autoSignIn: { authFlowType } } });
      const confirmed = await visit.call("confirmSignUp", { username, confirmationCode: await stage.lastCode(username) });
      assert.equal(confirmed.nextStep.signUpStep, "COMPLETE_AUTO_SIGN_IN");
      assert.deepEqual(await visit.call("autoSignIn"), DONE);
      assert.equal((await visit.session()).claims.email, email);
      await visit.close();
    }
  });

  test("signs in with the password itself", async () => {
    const pool = await stage.administrator.pool();
    const user = await stage.administrator.confirmed(pool);
    const visit = await stage.visit(pool);
    assert.deepEqual(await visit.call("signIn", { ...user, options: { authFlowType: "USER_PASSWORD_AUTH" } }), DONE);
    await visit.close();
  });

  test("signs in with a code by e-mail", async () => {
    const pool = await stage.administrator.pool(WITH_CODES);
    const { username } = await stage.administrator.confirmed(pool);
    const visit = await stage.visit(pool);
    const options = { authFlowType: "USER_AUTH", preferredChallenge: "EMAIL_OTP" };
    const asked = await visit.call("signIn", { username, options });
    assert.equal(asked.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    const code = await stage.lastCode(username);
    assert.equal((await visit.call("confirmSignIn", { challengeResponse: anotherThan(code) })).error, "CodeMismatchException");
    await visit.call("signIn", { username, options });
    assert.deepEqual(await visit.call("confirmSignIn", { challengeResponse: await stage.lastCode(username) }), DONE);
    await visit.close();
  });

  test("chooses the password among the first factors", async () => {
    const pool = await stage.administrator.pool(WITH_CODES);
    const { username, password } = await stage.administrator.confirmed(pool);
    const visit = await stage.visit(pool);
    for (const factor of ["PASSWORD", "PASSWORD_SRP"]) {
      const choice = await visit.call("signIn", { username, options: { authFlowType: "USER_AUTH" } });
      assert.equal(choice.nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
      assert.deepEqual(choice.nextStep.availableChallenges.toSorted(), ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"]);
      const asked = await visit.call("confirmSignIn", { challengeResponse: factor });
      assert.equal(asked.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_PASSWORD");
      assert.deepEqual(await visit.call("confirmSignIn", { challengeResponse: password }), DONE);
      await visit.call("signOut");
    }
    await visit.close();
  });

  test("answers a temporary password with one of the user's own", async () => {
    const pool = await stage.administrator.pool();
    const user = await stage.administrator.invited(pool);
    const visit = await stage.visit(pool);
    const { nextStep } = await visit.call("signIn", user);
    assert.equal(nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED");
    assert.deepEqual(await visit.call("confirmSignIn", { challengeResponse: OWN_PASSWORD }), DONE);
    await visit.call("signOut");
    assert.deepEqual(await visit.call("signIn", user), INCORRECT);
    assert.deepEqual(await visit.call("signIn", { ...user, password: OWN_PASSWORD }), DONE);
    await visit.close();
  });

  test("sets up an authenticator application and signs in with its code", async () => {
    const pool = await stage.administrator.pool({}, { MfaConfiguration: "OPTIONAL", SoftwareTokenMfaConfiguration: { Enabled: true } });
    const { user, visit } = await signedIn(pool);
    const { sharedSecret } = await visit.call("setUpTOTP");
    const refused = await visit.call("verifyTOTPSetup", { code: anotherThan(nextCode(sharedSecret)) });
    assert.equal(refused.error, "EnableSoftwareTokenMFAException");
    await visit.call("verifyTOTPSetup", { code: authenticator.generate(sharedSecret) });
    await visit.call("updateMFAPreference", { totp: "PREFERRED" });
    assert.deepEqual(await visit.call("fetchMFAPreference"), { preferred: "TOTP", enabled: ["TOTP"] });
    await visit.call("signOut");
    const { nextStep } = await visit.call("signIn", user);
    assert.equal(nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    const code = nextCode(sharedSecret);
    assert.equal((await visit.call("confirmSignIn", { challengeResponse: anotherThan(code) })).error, "CodeMismatchException");
    await visit.call("signIn", user);
    assert.deepEqual(await visit.call("confirmSignIn", { challengeResponse: code }), DONE);
    await visit.close();
  });

  test("remembers the device, which then proves itself", async () => {
    const pool = await stage.administrator.pool({
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
    });
    const { user, visit } = await signedIn(pool);
    const [device] = await visit.call("fetchDevices");
    await visit.call("rememberDevice");
    await visit.call("signOut");
    await visit.reload();
    const operations = [];
    visit.page.on("request", (request) => operations.push(request.headers()["x-amz-target"]?.split(".")[1]));
    assert.deepEqual(await visit.call("signIn", user), DONE);
    const answers = operations.filter((operation) => operation === "RespondToAuthChallenge");
    assert.equal(answers.length, 3, "the password's proof, the device's A and its proof");
    assert.deepEqual((await visit.call("fetchDevices")).map(({ id }) => id), [device.id]);
    await visit.call("forgetDevice");
    assert.deepEqual(await visit.call("fetchDevices"), []);
    await visit.close();
  });

  test("changes attributes and proves a new address", async () => {
    const { user, visit } = await signedIn(await stage.administrator.pool());
    await visit.call("updateUserAttributes", { userAttributes: { name: "Alice Example", nickname: "Al" } });
    await visit.call("deleteUserAttributes", { userAttributeKeys: ["nickname"] });
    const { nextStep } = await visit.call("updateUserAttribute", { userAttribute: { attributeKey: "email", value: "new@example.com" } });
    assert.equal(nextStep.updateAttributeStep, "CONFIRM_ATTRIBUTE_WITH_CODE");
    assert.equal((await visit.call("fetchUserAttributes")).email_verified, "false");
    const code = await stage.lastCode(user.username);
    const wrong = await visit.call("confirmUserAttribute", { userAttributeKey: "email", confirmationCode: anotherThan(code) });
    assert.equal(wrong.error, "CodeMismatchException");
    await visit.call("confirmUserAttribute", { userAttributeKey: "email", confirmationCode: code });
    const { sub, ...attributes } = await visit.call("fetchUserAttributes");
    assert.match(sub, /^[0-9a-f-]{36}$/);
    assert.deepEqual(attributes, {
      name: "Alice Example",
      email: "new@example.com",
      email_verified: "true",
      phone_number: user.phone,
      phone_number_verified: "true",
    });
    await visit.close();
  });

  test("resets and changes the password", async () => {
    const pool = await stage.administrator.pool({
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
    });
    const { username, password } = await stage.administrator.confirmed(pool);
    const visit = await stage.visit(pool);
    const { nextStep } = await visit.call("resetPassword", { username });
    assert.equal(nextStep.resetPasswordStep, "CONFIRM_RESET_PASSWORD_WITH_CODE");
    const confirmationCode = await stage.lastCode(username);
    const wrong = { username, newPassword: OWN_PASSWORD, confirmationCode: anotherThan(confirmationCode) };
    assert.equal((await visit.call("confirmResetPassword", wrong)).error, "CodeMismatchException");
    assert.equal(await visit.call("confirmResetPassword", { ...wrong, confirmationCode }), null);
    assert.deepEqual(await visit.call("signIn", { username, password }), INCORRECT);
    assert.deepEqual(await visit.call("signIn", { username, password: OWN_PASSWORD }), DONE);
    const refused = await visit.call("updatePassword", { oldPassword: password, newPassword: "Paper-clip-99" });
    assert.equal(refused.error, "NotAuthorizedException");
    assert.equal(await visit.call("updatePassword", { oldPassword: OWN_PASSWORD, newPassword: "Paper-clip-99" }), null);
    await visit.call("signOut");
    assert.deepEqual(await visit.call("signIn", { username, password: "Paper-clip-99" }), DONE);
    await visit.close();
  });

  test("signs out everywhere, and leaves", async () => {
    const pool = await stage.administrator.pool();
    const { user, visit } = await signedIn(pool);
    const elsewhere = await stage.visit(pool);
    assert.deepEqual(await elsewhere.call("signIn", user), DONE);
    await visit.call("signOut", { global: true });
    assert.equal((await elsewhere.call("fetchUserAttributes")).error, "NotAuthorizedException");
    assert.equal((await elsewhere.session({ forceRefresh: true })).accessToken, undefined);

    assert.deepEqual(await visit.call("signIn", user), DONE);
    await visit.call("deleteUser");
    assert.equal((await visit.call("signIn", user)).error, "UserNotFoundException");
    await Promise.all([visit.close(), elsewhere.close()]);
  });

  test("makes a passkey and signs in with it", async () => {
    const pool = await stage.administrator.pool(
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } } },
      { WebAuthnConfiguration: { RelyingPartyId: "localhost", UserVerification: "required" } },
    );
    const { user, visit } = await signedIn(pool);
    const { username } = user;
    await addAuthenticator(visit.page);
    assert.equal(await visit.call("associateWebAuthnCredential"), null);
    const { credentials } = await visit.call("listWebAuthnCredentials");
    assert.equal(credentials.length, 1);
    assert.equal(credentials[0].relyingPartyId, "localhost");
    await visit.call("signOut");
    const options = { authFlowType: "USER_AUTH", preferredChallenge: "WEB_AUTHN" };
    assert.deepEqual(await visit.call("signIn", { username, options }), DONE);
    assert.equal((await visit.call("getCurrentUser")).username, username);
    await visit.call("deleteWebAuthnCredential", { credentialId: credentials[0].credentialId });
    assert.deepEqual((await visit.call("listWebAuthnCredentials")).credentials, []);
    await visit.call("signOut");
    const { nextStep } = await visit.call("signIn", { username, options });
    assert.equal(nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
    await visit.close();
  });
});

/** Gives a page's browser an authenticator that makes sure who uses it. */
async function addAuthenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
}
