// The clients that others wrote, pointed at a local pool.

import { createRequire } from "node:module";
import { join } from "node:path";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { JwtVerifier } from "aws-jwt-verify";
import { validateCognitoJwtFields } from "aws-jwt-verify/cognito-verifier";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { oursForRequire, UPSTREAM } from "../lib/package.mjs";

/** The two packages with the same API: upstream's and ours. */
export function packages() {
  const { project, name } = oursForRequire();
  return {
    upstream: createRequire(import.meta.url)(UPSTREAM),
    ours: createRequire(join(project, "index.js"))(name),
  };
}

/** AWS SDK for JavaScript 3 with the local administrator's credentials, or others. */
export function sdk(server, credentials = { accessKeyId: "local", secretAccessKey: "local" }) {
  return new CognitoIdentityProviderClient({
    endpoint: server.url,
    region: server.userPoolId.split("_")[0],
    credentials,
    maxAttempts: 1,
  });
}

/**
 * aws-jwt-verify for the tokens of a local pool: its checks for Cognito, over the pool's own issuer
 * and JWKS. (Its Cognito class knows only the addresses of the real service, and its own fetcher
 * only https.)
 */
export function tokenVerifier(server, { tokenUse, clientId = server.clientId }) {
  const issuer = `${server.url}/${server.userPoolId}`;
  const fetcher = { fetch: async (uri) => (await fetch(uri)).arrayBuffer() };
  return JwtVerifier.create(
    {
      issuer,
      audience: null,
      jwksUri: `${issuer}/.well-known/jwks.json`,
      customJwtCheck: ({ payload }) => validateCognitoJwtFields(payload, { tokenUse, clientId }),
    },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
}

/** The storage contract of both packages over a plain object. */
export class ObjectStorage {
  entries = {};
  getItem(key) {
    return this.entries[key] ?? null;
  }
  setItem(key, value) {
    this.entries[key] = String(value);
  }
  removeItem(key) {
    delete this.entries[key];
  }
  clear() {
    this.entries = {};
  }
}

/** A pool of either package on a local server. */
export function poolOf(lib, server, Storage = new ObjectStorage()) {
  return new lib.CognitoUserPool({
    UserPoolId: server.userPoolId,
    ClientId: server.clientId,
    endpoint: `${server.url}/`,
    Storage,
  });
}

/** A user of either package, keeping tokens where its pool does. */
export function userOf(lib, pool, Username) {
  return new lib.CognitoUser({ Username, Pool: pool, Storage: pool.storage });
}

/** `authenticateUser` as a promise of `[callback name, ...arguments]`. */
export function signIn(lib, user, Password) {
  const details = new lib.AuthenticationDetails({ Username: user.getUsername(), Password });
  return outcome((callbacks) => user.authenticateUser(details, callbacks));
}

const CALLBACKS = ["onSuccess", "onFailure", "newPasswordRequired", "inputVerificationCode"];

/** Which member of a callbacks object is called, and with what. */
export function outcome(act) {
  return new Promise((resolve) => {
    act(Object.fromEntries(CALLBACKS.map((name) => [name, (...args) => resolve([name, ...args])])));
  });
}

/** What a node-style callback is called with. */
export function called(act) {
  return new Promise((resolve) => act((...args) => resolve(["callback", ...args])));
}
