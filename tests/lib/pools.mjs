// Pools and users as a test needs them, made by the AWS SDK with the local administrator's key.

import {
  AdminCreateUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";

import { sdk } from "../foreign/clients.mjs";

const FLOWS = ["ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];

const arn = (name) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** The triggers of `examples/triggers/sum.mjs`. */
export const LAMBDA_CONFIG = {
  DefineAuthChallenge: arn("defineAuthChallenge"),
  CreateAuthChallenge: arn("createAuthChallenge"),
  VerifyAuthChallengeResponse: arn("verifyAuthChallengeResponse"),
};

let users = 0;

/** The administrator of a local server. */
export class Administrator {
  #sdk;
  #server;

  /** @param {import("./server.mjs").PoolServer} server */
  constructor(server) {
    this.#server = server;
    this.#sdk = sdk(server);
  }

  /**
   * A pool with these settings and a public client.
   *
   * @param {object} [settings] of CreateUserPool
   * @param {object} [mfa] of SetUserPoolMfaConfig
   * @param {object} [client] of CreateUserPoolClient
   */
  async pool(settings = {}, mfa = undefined, client = {}) {
    const { UserPool } = await this.#sdk.send(
      new CreateUserPoolCommand({ PoolName: "test", AutoVerifiedAttributes: ["email"], ...settings }),
    );
    if (mfa) await this.#sdk.send(new SetUserPoolMfaConfigCommand({ UserPoolId: UserPool.Id, ...mfa }));
    const { UserPoolClient } = await this.#sdk.send(
      new CreateUserPoolClientCommand({ UserPoolId: UserPool.Id, ClientName: "test", ExplicitAuthFlows: FLOWS, ...client }),
    );
    return { userPoolId: UserPool.Id, clientId: UserPoolClient.ClientId, endpoint: this.#server.url };
  }

  /** Somebody whom no pool knows yet. */
  newUser() {
    users += 1;
    const username = `user${users}-${process.pid}`;
    return { username, email: `${username}@example.com`, phone: "+15555550123", password: "Correct-horse-7" };
  }

  /** A user with a temporary password. */
  async invited({ userPoolId }) {
    const user = this.newUser();
    await this.#sdk.send(
      new AdminCreateUserCommand({
        UserPoolId: userPoolId,
        Username: user.username,
        TemporaryPassword: user.password,
        UserAttributes: [
          { Name: "email", Value: user.email },
          { Name: "email_verified", Value: "true" },
          { Name: "phone_number", Value: user.phone },
          { Name: "phone_number_verified", Value: "true" },
        ],
      }),
    );
    return user;
  }

  /** A user who can sign in. */
  async confirmed(pool) {
    const user = await this.invited(pool);
    await this.#sdk.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: pool.userPoolId,
        Username: user.username,
        Password: user.password,
        Permanent: true,
      }),
    );
    return user;
  }

  /** Turns text messages on as a user's second factor. */
  async prefersSms({ userPoolId }, { username }, preferred = true) {
    await this.#sdk.send(
      new AdminSetUserMFAPreferenceCommand({
        UserPoolId: userPoolId,
        Username: username,
        SMSMfaSettings: { Enabled: true, PreferredMfa: preferred },
      }),
    );
  }
}
