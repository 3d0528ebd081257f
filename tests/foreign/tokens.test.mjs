// aws-jwt-verify judges our pool's tokens through the JWKS that it serves.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  GetUserCommand,
  InitiateAuthCommand,
  NotAuthorizedException,
} from "@aws-sdk/client-cognito-identity-provider";
import { startServer } from "../lib/server.mjs";
import { sdk, tokenVerifier } from "./clients.mjs";

const PASSWORD = "Correct-horse-1";

describe("aws-jwt-verify", () => {
  let server;
  let client;
  let tokens;

  before(async () => {
    server = await startServer();
    client = sdk(server);
    const user = { UserPoolId: server.userPoolId, Username: "erin" };
    const UserAttributes = [
      { Name: "email", Value: "erin@example.com" },
      { Name: "email_verified", Value: "true" },
    ];
    await client.send(new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: "SUPPRESS" }));
    await client.send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));
    const { AuthenticationResult } = await client.send(
      new InitiateAuthCommand({
        ClientId: server.clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "erin", PASSWORD },
      }),
    );
    tokens = { id: AuthenticationResult.IdToken, access: AuthenticationResult.AccessToken };
  });
  after(() => server?.stop());

  const verify = (token, tokenUse, options = {}) => tokenVerifier(server, { tokenUse, ...options }).verify(token);

  for (const tokenUse of ["id", "access"]) {
    test(`an altered ${tokenUse} token is refused`, async () => {
      const [header, payload, signature] = tokens[tokenUse].split(".");
      const claims = JSON.parse(Buffer.from(payload, "base64url"));
      const raised = Buffer.from(JSON.stringify({ ...claims, "cognito:groups": ["admin"] })).toString("base64url");
      const middle = signature.length / 2;
      const swapped = signature.slice(0, middle) + (signature[middle] === "A" ? "B" : "A") + signature.slice(middle + 1);
      await assert.rejects(verify(`${header}.${raised}.${signature}`, tokenUse), /signature/i);
      await assert.rejects(verify(`${header}.${payload}.${swapped}`, tokenUse), /signature/i);
      const none = Buffer.from(JSON.stringify({ alg: "none", kid: JSON.parse(Buffer.from(header, "base64url")).kid }));
      await assert.rejects(verify(`${none.toString("base64url")}.${payload}.`, tokenUse));
    });
    test(`an altered ${tokenUse} token is refused by the pool`, async () => {
      const [header, payload, signature] = tokens[tokenUse].split(".");
      const AccessToken = `${header}.${payload}.${signature.slice(0, -4)}AAAA`;
      await assert.rejects(client.send(new GetUserCommand({ AccessToken })), NotAuthorizedException);
    });
  }

  test("one kind of token is not taken for the other", async () => {
    await assert.rejects(verify(tokens.id, "access"), /Token use/i);
    await assert.rejects(verify(tokens.access, "id"), /Token use/i);
    await assert.rejects(client.send(new GetUserCommand({ AccessToken: tokens.id })), NotAuthorizedException);
  });

  test("a token for another client is refused", async () => {
    await assert.rejects(verify(tokens.id, "id", { clientId: "another" }), /not allowed/i);
    await assert.rejects(verify(tokens.access, "access", { clientId: "another" }), /not allowed/i);
  });

  test("the ID token is accepted, with the service's claims", async () => {
    const claims = await verify(tokens.id, "id");
    assert.equal(claims["cognito:username"], "erin");
    assert.equal(claims.email, "erin@example.com");
    assert.equal(claims.email_verified, true);
    assert.equal(claims.aud, server.clientId);
    assert.equal(claims.exp - claims.iat, 3600);
    assert.deepEqual(Object.keys(claims).sort(), [
      "aud",
      "auth_time",
      "cognito:username",
      "email",
      "email_verified",
      "event_id",
      "exp",
      "iat",
      "iss",
      "jti",
      "origin_jti",
      "sub",
      "token_use",
    ]);
  });

  test("the access token is accepted, with the service's claims", async () => {
    const claims = await verify(tokens.access, "access");
    assert.equal(claims.username, "erin");
    assert.equal(claims.client_id, server.clientId);
    assert.equal(claims.scope, "aws.cognito.signin.user.admin");
    assert.deepEqual(Object.keys(claims).sort(), [
      "auth_time",
      "client_id",
      "event_id",
      "exp",
      "iat",
      "iss",
      "jti",
      "origin_jti",
      "scope",
      "sub",
      "token_use",
      "username",
    ]);
  });

  test("the pool has two keys and signs each kind of token with its own", async () => {
    const { keys } = await (await fetch(`${server.url}/${server.userPoolId}/.well-known/jwks.json`)).json();
    assert.equal(keys.length, 2);
    const kid = (token) => JSON.parse(Buffer.from(token.split(".")[0], "base64url")).kid;
    assert.notEqual(kid(tokens.id), kid(tokens.access));
    assert.deepEqual([kid(tokens.id), kid(tokens.access)].sort(), keys.map((key) => key.kid).sort());
    for (const key of keys) {
      assert.deepEqual({ ...key, kid: null, n: null }, { alg: "RS256", e: "AQAB", kid: null, kty: "RSA", n: null, use: "sig" });
      assert.equal(Buffer.from(key.n, "base64url").length, 256);
    }
  });

  test("discovery leads to the issuer and its keys", async () => {
    const issuer = `${server.url}/${server.userPoolId}`;
    const found = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    assert.equal(found.issuer, issuer);
    assert.equal(found.jwks_uri, `${issuer}/.well-known/jwks.json`);
    assert.deepEqual(found.id_token_signing_alg_values_supported, ["RS256"]);
  });
});
