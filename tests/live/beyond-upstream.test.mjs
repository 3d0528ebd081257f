// What upstream does not have: sign-in by a factor of the user's choice, the challenges that go with it, and
// refresh tokens that rotate.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openStage } from "./stage.mjs";

const SIGNED_IN = { callback: "onSuccess", valid: true };

let stage;
before(async () => (stage = await openStage()));
after(() => stage?.close());

/** The service sends second factors by mail only from an address of the pool's owner. */
const SES = { EmailConfiguration: { EmailSendingAccount: "DEVELOPER", SourceArn: "arn:aws:ses:eu-west-1:123456789012:identity/a@example.com" } };

const choosingFrom = (...factors) => ({ Policies: { SignInPolicy: { AllowedFirstAuthFactors: factors } } });

/** A page on which this user has begun a sign-in, `first` being how far that led. */
async function begun(pool, { username }, flow, data = {}) {
  const visitor = await stage.visit("localhost");
  const first = await visitor.page.evaluate(
    ([pool, username, flow, data]) => {
      globalThis.user = userOf("ours", pool, username);
      user.setAuthenticationFlowType(flow);
      const details = detailsOf("ours", { Username: username, ...data });
      return otherStage((callbacks) => user.authenticateUser(details, callbacks));
    },
    [pool, username, flow, data],
  );
  return { ...visitor, first };
}

const answer = (page, name, responses) =>
  page.evaluate(
    ([name, responses]) => otherStage((callbacks) => user.sendChallengeAnswer(name, responses, callbacks)),
    [name, responses],
  );

test("SELECT_CHALLENGE, then EMAIL_OTP", async () => {
  const pool = await stage.administrator.pool(choosingFrom("PASSWORD", "EMAIL_OTP"));
  const user = await stage.administrator.confirmed(pool);
  const { first, page, close } = await begun(pool, user, "USER_AUTH");
  assert.equal(first.name, "SELECT_CHALLENGE");
  assert.ok(first.available.includes("EMAIL_OTP"), first.available);

  const asked = await answer(page, "SELECT_CHALLENGE", { ANSWER: "EMAIL_OTP" });
  assert.equal(asked.name, "EMAIL_OTP");
  assert.equal(asked.parameters.CODE_DELIVERY_DELIVERY_MEDIUM, "EMAIL");

  const wrong = await answer(page, "EMAIL_OTP", { EMAIL_OTP_CODE: "00000000" });
  assert.equal(wrong.code, "CodeMismatchException");
  const code = await stage.server.lastCode(user.username);
  assert.deepEqual(await answer(page, "EMAIL_OTP", { EMAIL_OTP_CODE: code }), SIGNED_IN);
  await close();
});

test("a preferred challenge", async () => {
  const pool = await stage.administrator.pool(choosingFrom("PASSWORD", "EMAIL_OTP"));
  const user = await stage.administrator.confirmed(pool);
  const { first, close } = await begun(pool, user, "USER_AUTH", { AuthParameters: { PREFERRED_CHALLENGE: "EMAIL_OTP" } });
  assert.equal(first.name, "EMAIL_OTP");
  await close();
});

test("WEB_AUTHN, with a passkey that Chromium keeps", async () => {
  const passkeys = { WebAuthnConfiguration: { RelyingPartyId: "localhost", UserVerification: "preferred" } };
  const pool = await stage.administrator.pool(choosingFrom("PASSWORD", "WEB_AUTHN"), passkeys);
  const user = await stage.administrator.confirmed(pool);
  const { first, page, close } = await begun(pool, user, "USER_PASSWORD_AUTH", { Password: user.password });
  assert.deepEqual(first, SIGNED_IN);

  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await devtools.send("WebAuthn.addVirtualAuthenticator", { options });

  const signedIn = await page.evaluate(async (username) => {
    const AccessToken = user.getSignInUserSession().getAccessToken().getJwtToken();
    const { CredentialCreationOptions } = await user.client.promisifyRequest("StartWebAuthnRegistration", { AccessToken });
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(CredentialCreationOptions);
    const made = await navigator.credentials.create({ publicKey });
    await user.client.promisifyRequest("CompleteWebAuthnRegistration", { AccessToken, Credential: made.toJSON() });
    user.signOut();

    user.setAuthenticationFlowType("USER_AUTH");
    const details = detailsOf("ours", { Username: username, AuthParameters: { PREFERRED_CHALLENGE: "WEB_AUTHN" } });
    const { name, parameters } = await otherStage((callbacks) => user.authenticateUser(details, callbacks));
    const request = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(parameters.CREDENTIAL_REQUEST_OPTIONS));
    const found = await navigator.credentials.get({ publicKey: request });
    const answer = { CREDENTIAL: JSON.stringify(found.toJSON()) };
    return otherStage((callbacks) => user.sendChallengeAnswer(name, answer, callbacks));
  }, user.username);
  assert.deepEqual(signedIn, SIGNED_IN);
  await close();
});

test("EMAIL_OTP as the second factor, which the user turns on", async () => {
  const mail = { EmailMfaConfiguration: { Subject: "Code" }, MfaConfiguration: "OPTIONAL" };
  const pool = await stage.administrator.pool(SES, mail);
  const user = await stage.administrator.confirmed(pool);
  const { page, close } = await begun(pool, user, "USER_SRP_AUTH", { Password: user.password });
  await page.evaluate(() =>
    answered((callback) => user.setUserMfaPreference(null, null, callback, { Enabled: true, PreferredMfa: true })),
  );
  await close();

  const again = await begun(pool, user, "USER_SRP_AUTH", { Password: user.password });
  assert.equal(again.first.name, "EMAIL_OTP");
  const code = await stage.server.lastCode(user.username);
  assert.deepEqual(await answer(again.page, "EMAIL_OTP", { EMAIL_OTP_CODE: code }), SIGNED_IN);
  await again.close();
});

test("refresh tokens that are good once, on a known device", async () => {
  const flows = ["ALLOW_USER_SRP_AUTH"];
  const pool = await stage.administrator.pool(
    { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false } },
    undefined,
    { ExplicitAuthFlows: flows, RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 } },
  );
  const user = await stage.administrator.confirmed(pool);
  const { first, page, close } = await begun({ ...pool, RefreshTokenRotation: true }, user, "USER_SRP_AUTH", { Password: user.password });
  assert.deepEqual(first, SIGNED_IN);
  const tokens = await page.evaluate(async () => {
    const of = (session) => session.getRefreshToken().getToken();
    const signedIn = user.getSignInUserSession();
    const refresh = (session) => answered((callback) => user.refreshSession(session.getRefreshToken(), callback));
    const [renewed, together] = await Promise.all([refresh(signedIn), refresh(signedIn)]);
    const again = await refresh(renewed);
    const replayed = await refresh(signedIn).catch(({ code }) => code);
    return { tokens: [signedIn, renewed, together, again].map(of), replayed };
  });
  const [before, renewed, together, again] = tokens.tokens;
  assert.equal(renewed, together);
  assert.equal(new Set([before, renewed, again]).size, 3);
  assert.equal(tokens.replayed, "RefreshTokenReuseException");
  await close();
});

test("without the callback, the challenge's name is the error", async () => {
  const pool = await stage.administrator.pool(choosingFrom("PASSWORD", "EMAIL_OTP"));
  const user = await stage.administrator.confirmed(pool);
  const { page, close } = await begun(pool, user, "USER_AUTH");
  const failed = await page.evaluate(
    () => stage((callbacks) => user.authenticateUser(detailsOf("ours", { Username: user.getUsername() }), callbacks)),
  );
  assert.deepEqual(failed, { callback: "onFailure", code: "UnsupportedChallenge", message: "Unsupported challenge: SELECT_CHALLENGE" });
  await close();
});
