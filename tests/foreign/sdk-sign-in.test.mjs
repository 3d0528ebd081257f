// AWS SDK for JavaScript 3: what its newer calls do in a sign-in.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  AdminAddUserToGroupCommand,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserAuthFactorsCommand,
  GetUserCommand,
  InitiateAuthCommand,
  NotAuthorizedException,
  RefreshTokenReuseException,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  StartWebAuthnRegistrationCommand,
  UpdateGroupCommand,
  WebAuthnNotEnabledException,
} from "@aws-sdk/client-cognito-identity-provider";
import { Administrator } from "../lib/pools.mjs";
import { startServer } from "../lib/server.mjs";
import { sdk, tokenVerifier } from "./clients.mjs";

describe("AWS SDK for JavaScript 3, signing in", () => {
  let server;
  let client;
  let administrator;

  before(async () => {
    server = await startServer();
    client = sdk(server);
    administrator = new Administrator(server);
  });
  after(() => server?.stop());

  /** The tokens of a sign-in by password. */
  async function signIn({ clientId }, { username, password }) {
    const AuthParameters = { USERNAME: username, PASSWORD: password };
    const input = { ClientId: clientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters };
    return (await client.send(new InitiateAuthCommand(input))).AuthenticationResult;
  }

  const verify = ({ userPoolId, clientId }, token, tokenUse) =>
    tokenVerifier({ url: server.url, userPoolId, clientId }, { tokenUse }).verify(token);

  test("groups are in both tokens, the role of the first in the ID token", async () => {
    const pool = await administrator.pool();
    const user = await administrator.confirmed(pool);
    const UserPoolId = pool.userPoolId;
    const role = (name) => `arn:aws:iam::123456789012:role/${name}`;
    for (const [GroupName, Precedence] of [["readers", 5], ["writers", 2], ["guests", undefined]]) {
      await client.send(new CreateGroupCommand({ UserPoolId, GroupName, Precedence, RoleArn: role(GroupName) }));
      await client.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username: user.username }));
    }
    const groups = async () => {
      const { AccessToken, IdToken } = await signIn(pool, user);
      const [access, id] = [await verify(pool, AccessToken, "access"), await verify(pool, IdToken, "id")];
      assert.deepEqual(access["cognito:groups"], id["cognito:groups"]);
      return { names: id["cognito:groups"], preferred: id["cognito:preferred_role"], roles: id["cognito:roles"].toSorted() };
    };
    const roles = ["guests", "readers", "writers"].map(role);
    assert.deepEqual(await groups(), { names: ["writers", "readers", "guests"], preferred: role("writers"), roles });
    await client.send(new UpdateGroupCommand({ UserPoolId, GroupName: "readers", Precedence: 1 }));
    assert.deepEqual(await groups(), { names: ["readers", "writers", "guests"], preferred: role("readers"), roles });
  });

  test("a refresh token that rotates is good once", async () => {
    const { userPoolId } = await administrator.pool();
    const { UserPoolClient } = await client.send(
      new CreateUserPoolClientCommand({
        UserPoolId: userPoolId,
        ClientName: "rotating",
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
      }),
    );
    const pool = { userPoolId, clientId: UserPoolClient.ClientId };
    const user = await administrator.confirmed(pool);
    const first = await signIn(pool, user);
    const rotate = async (RefreshToken, clientId = pool.clientId) =>
      (await client.send(new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken }))).AuthenticationResult;

    const altered = first.RefreshToken.slice(0, -1) + (first.RefreshToken.endsWith("A") ? "B" : "A");
    for (const forged of [altered, first.AccessToken, first.IdToken]) {
      await assert.rejects(rotate(forged), NotAuthorizedException);
    }
    await assert.rejects(rotate(first.RefreshToken, server.clientId), NotAuthorizedException);

    const second = await rotate(first.RefreshToken);
    assert.notEqual(second.RefreshToken, first.RefreshToken);
    const [before, now] = [await verify(pool, first.AccessToken, "access"), await verify(pool, second.AccessToken, "access")];
    assert.equal(now.origin_jti, before.origin_jti);
    assert.notEqual(now.jti, before.jti);
    await assert.rejects(rotate(first.RefreshToken), RefreshTokenReuseException);
    await client.send(new RevokeTokenCommand({ ClientId: pool.clientId, Token: second.RefreshToken }));
    await assert.rejects(rotate(second.RefreshToken), NotAuthorizedException);
    await assert.rejects(client.send(new GetUserCommand({ AccessToken: second.AccessToken })), NotAuthorizedException);
  });

  test("the options for a passkey are those that a browser takes", async () => {
    const without = await administrator.pool();
    const stranger = await signIn(without, await administrator.confirmed(without));
    const start = ({ AccessToken }) => client.send(new StartWebAuthnRegistrationCommand({ AccessToken }));
    await assert.rejects(start(stranger), WebAuthnNotEnabledException);

    const pool = await administrator.pool(
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } } },
      { WebAuthnConfiguration: { RelyingPartyId: "example.com", UserVerification: "preferred" } },
    );
    const user = await administrator.confirmed(pool);
    const tokens = await signIn(pool, user);
    const { CredentialCreationOptions: options } = await start(tokens);
    assert.deepEqual(options.rp, { id: "example.com", name: "example.com" });
    assert.equal(options.user.name, user.username);
    assert.deepEqual(options.pubKeyCredParams.map(({ alg }) => alg), [-7, -257]);
    assert.ok(Buffer.from(options.challenge, "base64url").length >= 16);
    assert.equal(options.authenticatorSelection.residentKey, "required");
    const factors = await client.send(new GetUserAuthFactorsCommand({ AccessToken: tokens.AccessToken }));
    assert.deepEqual(factors.ConfiguredUserAuthFactors, ["PASSWORD"]);
    await assert.rejects(start({ AccessToken: tokens.IdToken }), NotAuthorizedException);
  });

  test("a choice of the first factor is answered once, by its user", async () => {
    const pool = await administrator.pool();
    const [user, other] = [await administrator.confirmed(pool), await administrator.confirmed(pool)];
    const ClientId = pool.clientId;
    const begin = { ClientId, AuthFlow: "USER_AUTH", AuthParameters: { USERNAME: user.username } };
    const { ChallengeName, AvailableChallenges, Session } = await client.send(new InitiateAuthCommand(begin));
    assert.equal(ChallengeName, "SELECT_CHALLENGE");
    assert.deepEqual(AvailableChallenges, ["PASSWORD_SRP", "PASSWORD"]);
    const choose = ({ username, password }) => {
      const ChallengeResponses = { USERNAME: username, ANSWER: "PASSWORD", PASSWORD: password };
      return client.send(new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }));
    };
    await assert.rejects(choose(other), NotAuthorizedException);
    const { AuthenticationResult } = await choose(user);
    assert.equal((await verify(pool, AuthenticationResult.AccessToken, "access")).username, user.username);
    await assert.rejects(choose(user), NotAuthorizedException);
  });
});
