// AWS SDK for JavaScript 3 as administrator and as client: signatures, typed errors, wire format.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  AdminGetUserCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  InvalidParameterException,
  ResourceNotFoundException,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import { startServer } from "../lib/server.mjs";
import { sdk } from "./clients.mjs";

describe("AWS SDK for JavaScript 3", () => {
  let server;
  let client;

  before(async () => {
    server = await startServer();
    client = sdk(server);
  });
  after(() => server?.stop());

  const adminGet = (Username, by = client) => by.send(new AdminGetUserCommand({ UserPoolId: server.userPoolId, Username }));

  test("administration needs the local key's signature", async () => {
    const wrong = sdk(server, { accessKeyId: "local", secretAccessKey: "guess" });
    await assert.rejects(adminGet("nobody", wrong), { name: "InvalidSignatureException" });
    const stranger = sdk(server, { accessKeyId: "AKIASTRANGER", secretAccessKey: "local" });
    await assert.rejects(adminGet("nobody", stranger), { name: "UnrecognizedClientException" });
    const unsigned = await server.call("AdminGetUser", { UserPoolId: server.userPoolId, Username: "nobody" });
    assert.equal(unsigned.status, 400);
    assert.equal(unsigned.body.__type, "MissingAuthenticationTokenException");
  });

  test("errors arrive as the SDK's own classes", async () => {
    await assert.rejects(adminGet("nobody"), (error) => {
      assert.ok(error instanceof UserNotFoundException);
      assert.equal(error.message, "User does not exist.");
      assert.equal(error.$metadata.httpStatusCode, 400);
      assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
      return true;
    });
    await assert.rejects(client.send(new DescribeUserPoolCommand({ UserPoolId: "eu-west-1_Missing01" })), ResourceNotFoundException);
    await assert.rejects(client.send(new DescribeUserPoolCommand({ UserPoolId: "no pool id" })), InvalidParameterException);
  });

  test("a pool and a client made here are described as they were made", async () => {
    const { UserPool } = await client.send(
      new CreateUserPoolCommand({ PoolName: "made here", Policies: { PasswordPolicy: { MinimumLength: 12 } } }),
    );
    const found = await client.send(new DescribeUserPoolCommand({ UserPoolId: UserPool.Id }));
    assert.equal(found.UserPool.Name, "made here");
    assert.equal(found.UserPool.Policies.PasswordPolicy.MinimumLength, 12);
    assert.ok(found.UserPool.CreationDate instanceof Date);
    assert.ok(found.UserPool.SchemaAttributes.some(({ Name }) => Name === "phone_number_verified"));

    const made = await client.send(new CreateUserPoolClientCommand({ UserPoolId: UserPool.Id, ClientName: "web" }));
    const { ClientId } = made.UserPoolClient;
    assert.match(ClientId, /^[a-z0-9]{26}$/);
    const described = await client.send(new DescribeUserPoolClientCommand({ UserPoolId: UserPool.Id, ClientId }));
    assert.deepEqual(described.UserPoolClient, made.UserPoolClient);
  });

  test("an answer carries the service's headers, success and error", async () => {
    const error = await server.call("GetUser", { AccessToken: "no token" });
    assert.equal(error.status, 400);
    assert.equal(error.headers.get("x-amzn-errortype"), `${error.body.__type}:`);
    assert.equal(error.headers.get("x-amzn-errormessage"), error.body.message);
    assert.equal(error.headers.get("content-type"), "application/x-amz-json-1.1");
    assert.match(error.headers.get("x-amzn-requestid"), /^[0-9a-f-]{36}$/);
    const broken = await server.call("GetUser", "{");
    assert.deepEqual([broken.status, broken.body.__type], [400, "SerializationException"]);
    const unknown = await server.call("NoSuchOperation", {});
    assert.deepEqual([unknown.status, unknown.body.__type], [400, "UnknownOperationException"]);
  });
});
