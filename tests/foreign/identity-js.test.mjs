// Upstream's own package lives a user's whole life against our pool; ours does the same; both have
// sent the same requests and each takes over the session that the other stored.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startServer } from "../lib/server.mjs";
import { called, ObjectStorage, packages, poolOf, sdk, signIn, userOf } from "./clients.mjs";
import { AdminCreateUserCommand, AdminSetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { journey } from "./journey.mjs";
import { recording, withoutRandom } from "./recorder.mjs";

const { upstream, ours } = packages();

describe("the whole journey against the live pool", () => {
  const servers = [];
  const runs = {};

  before(async () => {
    for (const [name, lib] of Object.entries({ upstream, ours })) {
      const server = await startServer();
      servers.push(server);
      const run = (runs[name] = {});
      run.requests = await recording(server, async () => {
        run.report = await journey(lib, server);
      });
    }
  });
  after(() => Promise.all(servers.map((server) => server.stop())));

  for (const name of ["upstream", "ours"]) {
    test(`${name}: every step ends as it must`, () => {
      const ends = runs[name].report.map(([step, callback, first]) => [step, callback, first?.code ?? null]);
      assert.deepEqual(ends, ENDS);
    });
    test(`${name}: the secret block is the one that the server gave`, () => {
      const proofs = runs[name].requests.filter(({ body }) => body.ChallengeName === "PASSWORD_VERIFIER");
      assert.ok(proofs.length > 0);
      for (const proof of proofs) {
        const start = runs[name].requests[runs[name].requests.indexOf(proof) - 1];
        assert.equal(proof.body.ChallengeResponses.PASSWORD_CLAIM_SECRET_BLOCK, start.response.ChallengeParameters.SECRET_BLOCK);
        assert.equal(proof.body.Session, start.response.Session);
      }
    });
  }

  test("both sent the same requests, field by field", () => {
    assert.deepEqual(runs.ours.requests.map(withoutRandom), runs.upstream.requests.map(withoutRandom));
  });

  test("both were told the same", () => {
    assert.deepEqual(runs.ours.report, runs.upstream.report);
  });
});

describe("each takes over the other's stored session", () => {
  let server;

  before(async () => {
    server = await startServer();
    const UserPoolId = server.userPoolId;
    await sdk(server).send(new AdminCreateUserCommand({ UserPoolId, Username: "carol", MessageAction: "SUPPRESS" }));
    await sdk(server).send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: "carol", Password: "Correct-horse-1", Permanent: true }),
    );
  });
  after(() => server?.stop());

  for (const [from, first, to, second] of [
    ["upstream", upstream, "ours", ours],
    ["ours", ours, "upstream", upstream],
  ]) {
    test(`${from} signs in, ${to} goes on, refreshes, and signs out; ${from} sees it`, async () => {
      const storage = new ObjectStorage();
      const user = userOf(first, poolOf(first, server, storage), "carol");
      assert.equal((await signIn(first, user, "Correct-horse-1"))[0], "onSuccess");

      const taken = poolOf(second, server, storage).getCurrentUser();
      const [, error, session] = await called((cb) => taken.getSession(cb));
      assert.equal(error, null);
      assert.equal(session.getIdToken().getJwtToken(), user.getSignInUserSession().getIdToken().getJwtToken());
      const [, refused, attributes] = await called((cb) => taken.getUserAttributes(cb));
      assert.equal(refused, null);
      assert.ok(attributes.some((attribute) => attribute.getName() === "sub"));

      const [, failed, refreshed] = await called((cb) => taken.refreshSession(session.getRefreshToken(), cb));
      assert.equal(failed, null);
      const back = poolOf(first, server, storage).getCurrentUser();
      const [, , seen] = await called((cb) => back.getSession(cb));
      assert.equal(seen.getAccessToken().getJwtToken(), refreshed.getAccessToken().getJwtToken());
      assert.equal(seen.getRefreshToken().getToken(), session.getRefreshToken().getToken());

      taken.signOut();
      assert.equal(poolOf(first, server, storage).getCurrentUser(), null);
      assert.deepEqual(storage.entries, {});
    });
  }
});

/** Each step of the journey, the callback that ends it, and the error's code where it fails. */
const ENDS = [
  ["sign up with a weak password", "callback", "InvalidPasswordException"],
  ["sign up", "callback", null],
  ["sign up again", "callback", "UsernameExistsException"],
  ["sign in unconfirmed", "onFailure", "UserNotConfirmedException"],
  ["confirm with a wrong code", "callback", "CodeMismatchException"],
  ["resend", "callback", null],
  ["confirm", "callback", null],
  ["sign in with a wrong password", "onFailure", "NotAuthorizedException"],
  ["sign in as nobody", "onFailure", "UserNotFoundException"],
  ["sign in", "onSuccess", null],
  ["who am I", "callback", null],
  ["stay signed in", "callback", null],
  ["refresh", "callback", null],
  ["change with a wrong password", "callback", "NotAuthorizedException"],
  ["change password", "callback", null],
  ["sign out and revoke", "callback", null],
  ["no session any more", "callback", null],
  ["forgot password", "inputVerificationCode", null],
  ["confirm password with a wrong code", "onFailure", "CodeMismatchException"],
  ["confirm password", "onSuccess", null],
  ["sign in with the old password", "onFailure", "NotAuthorizedException"],
  ["sign in with the new password", "onSuccess", null],
  ["sign out everywhere", "onSuccess", null],
  ["first sign-in", "newPasswordRequired", null],
  ["a weak new password", "onFailure", "InvalidPasswordException"],
  ["first sign-in again", "newPasswordRequired", null],
  ["the new password", "onSuccess", null],
  ["delete user", "callback", null],
  ["sign in after that", "onFailure", "UserNotFoundException"],
  ["sign in once more", "onSuccess", null],
  ["leave", "callback", null],
];
