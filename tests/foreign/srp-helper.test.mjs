// AWS SDK for JavaScript 3 with SRP mathematics by others (cognito-srp-helper) against our pool.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  GetUserCommand,
  InitiateAuthCommand,
  NotAuthorizedException,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from "cognito-srp-helper";
import { startServer } from "../lib/server.mjs";
import { sdk } from "./clients.mjs";

const PASSWORD = "Correct-horse-1";

describe("cognito-srp-helper over the AWS SDK", () => {
  let server;
  let client;
  let dave;
  let users = 0;

  before(async () => {
    server = await startServer();
    client = sdk(server);
  });
  // A user of each test's own: wrong proofs are counted, and the pool soon refuses right ones too.
  beforeEach(async () => {
    dave = `dave-${++users}`;
    const user = { UserPoolId: server.userPoolId, Username: dave };
    await client.send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
    await client.send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));
  });
  after(() => server?.stop());

  const newSession = (password) => createSrpSession(dave, password, server.userPoolId, false);

  const initiate = (session) =>
    client.send(
      new InitiateAuthCommand(
        wrapInitiateAuth(session, {
          ClientId: server.clientId,
          AuthFlow: "USER_SRP_AUTH",
          AuthParameters: { USERNAME: dave },
        }),
      ),
    );

  const answer = (signed, { Session, ChallengeParameters }, username = ChallengeParameters.USER_ID_FOR_SRP) =>
    client.send(
      new RespondToAuthChallengeCommand(
        wrapAuthChallenge(signed, {
          ClientId: server.clientId,
          ChallengeName: "PASSWORD_VERIFIER",
          ChallengeResponses: { USERNAME: username },
          Session,
        }),
      ),
    );

  const refused = (promise) =>
    assert.rejects(promise, (error) => {
      assert.ok(error instanceof NotAuthorizedException, String(error));
      assert.equal(error.message, "Incorrect username or password.");
      return true;
    });

  test("a wrong password is refused", async () => {
    const session = newSession("Wrong-horse-9");
    const challenge = await initiate(session);
    await refused(answer(signSrpSession(session, challenge), challenge));
  });

  for (const index of [0, 21, 42]) {
    test(`a signature changed at character ${index} is refused`, async () => {
      const session = newSession(PASSWORD);
      const challenge = await initiate(session);
      const signed = signSrpSession(session, challenge);
      const changed = signed.passwordSignature[index] === "A" ? "Q" : "A";
      const passwordSignature = signed.passwordSignature.slice(0, index) + changed + signed.passwordSignature.slice(index + 1);
      await refused(answer({ ...signed, passwordSignature }, challenge));
    });
  }

  test("no signature is refused", async () => {
    const session = newSession(PASSWORD);
    const challenge = await initiate(session);
    await assert.rejects(answer({ ...signSrpSession(session, challenge), passwordSignature: "" }, challenge));
  });

  test("another sign-in's secret block is refused", async () => {
    const [session, other] = [newSession(PASSWORD), newSession(PASSWORD)];
    const [challenge, foreign] = [await initiate(session), await initiate(other)];
    await refused(answer({ ...signSrpSession(session, challenge), secret: foreign.ChallengeParameters.SECRET_BLOCK }, challenge));
  });

  test("a stale claim is refused though its signature is right", async () => {
    const session = { ...newSession(PASSWORD), timestamp: "Thu Jan 1 00:00:00 UTC 2026" };
    const challenge = await initiate(session);
    await refused(answer(signSrpSession(session, challenge), challenge));
  });

  test("a claim signed for another time than it says is refused", async () => {
    const session = newSession(PASSWORD);
    const challenge = await initiate(session);
    const signed = signSrpSession(session, challenge);
    const [day, month, date, , utc, year] = signed.timestamp.split(" ");
    await refused(answer({ ...signed, timestamp: [day, month, date, "00:00:00", utc, year].join(" ") }, challenge));
  });

  test("a public key of zero is refused", async () => {
    await assert.rejects(initiate({ ...newSession(PASSWORD), largeA: "0" }));
  });

  test("the right password signs in, by user id and by name", async () => {
    for (const username of [undefined, dave]) {
      const session = newSession(PASSWORD);
      const challenge = await initiate(session);
      assert.equal(challenge.ChallengeName, "PASSWORD_VERIFIER");
      const { AuthenticationResult } = await answer(signSrpSession(session, challenge), challenge, username);
      assert.equal(AuthenticationResult.TokenType, "Bearer");
      assert.equal(AuthenticationResult.ExpiresIn, 3600);
      const user = await client.send(new GetUserCommand({ AccessToken: AuthenticationResult.AccessToken }));
      assert.equal(user.Username, dave);
    }
  });

  test("a proof is good once", async () => {
    const session = newSession(PASSWORD);
    const challenge = await initiate(session);
    const signed = signSrpSession(session, challenge);
    await answer(signed, challenge);
    await refused(answer(signed, challenge));
  });

  test("a session that was never issued is refused", async () => {
    const session = newSession(PASSWORD);
    const challenge = await initiate(session);
    await assert.rejects(answer(signSrpSession(session, challenge), { ...challenge, Session: "A".repeat(64) }), NotAuthorizedException);
  });
});
