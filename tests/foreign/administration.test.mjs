// Who may administer the pools of `cognito serve`, as the AWS SDK for JavaScript signs its requests.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ListUsersCommand } from "@aws-sdk/client-cognito-identity-provider";
import { startServer } from "../lib/server.mjs";
import { sdk } from "./clients.mjs";

const LOCAL = { accessKeyId: "local", secretAccessKey: "local" };

async function started(t, options) {
  const server = await startServer(options);
  t.after(() => server.stop());
  return server;
}

/** How an administrator with these credentials fares: `ok`, or the error's name. */
const administer = (server, credentials) =>
  sdk(server, credentials)
    .send(new ListUsersCommand({ UserPoolId: server.userPoolId }))
    .then(
      () => "ok",
      (error) => error.name,
    );

describe("administration", () => {
  const choices = {
    "arguments": { args: ["--access-key", "AKIA/EXAMPLE", "--secret-key", "top+secret/"] },
    "the environment": { env: { COGNITO_ACCESS_KEY: "AKIA/EXAMPLE", COGNITO_SECRET_KEY: "top+secret/" } },
  };
  for (const [where, options] of Object.entries(choices)) {
    test(`a key and a secret of one's own, from ${where}`, async (t) => {
      const server = await started(t, options);
      const own = { accessKeyId: "AKIA/EXAMPLE", secretAccessKey: "top+secret/" };
      assert.equal(await administer(server, own), "ok");
      assert.equal(await administer(server, LOCAL), "UnrecognizedClientException");
      assert.equal(await administer(server, { ...own, secretAccessKey: "local" }), "InvalidSignatureException");
      const line = await server.logged("administration");
      assert.equal(line, "administration is signed with the access key `AKIA/EXAMPLE` and its secret");
      assert.doesNotMatch(server.log, /top\+secret/);
    });
  }

  test("any signature, if that was asked for, but not none", async (t) => {
    const server = await started(t, { args: ["--accept-any-signature"] });
    assert.match(await server.logged("signature"), /^warning: any signature is accepted/);
    assert.equal(await administer(server, { accessKeyId: "somebody", secretAccessKey: "something" }), "ok");
    const unsigned = await server.call("ListUsers", { UserPoolId: server.userPoolId });
    assert.equal(unsigned.body.__type, "MissingAuthenticationTokenException");
  });
});
