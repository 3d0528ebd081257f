// Answers of the service, as `World.reply` takes them.

import { createHash } from "node:crypto";
import { NOW } from "./world.mjs";

/** The subject that the service knows the test user by; SRP sign-ins replace the username by it. */
export const USER_ID = "5f0c6d6e-8e2b-4f55-9a4e-9d1a7c1d2b3c";

/** A successful answer. */
export function ok(body = {}) {
  return { status: 200, text: JSON.stringify(body), headers: { "content-type": "application/x-amz-json-1.1" } };
}

/** A service error: `type` and `message` in the body as the service writes them. */
export function fails(type, message, { status = 400, headers = {}, body = { __type: type, message } } = {}) {
  return { status, type, text: JSON.stringify(body), headers: { "content-type": "application/x-amz-json-1.1", ...headers } };
}

/** An answer that is no JSON, such as a proxy's page. */
export function page(status, text = "<html><body>Bad gateway</body></html>", headers = { "content-type": "text/html" }) {
  return { status, text, headers };
}

/** `fetch` rejects. */
export const rejects = (error) => ({ rejects: error });

/** `fetch` itself throws. */
export const throws = (error) => ({ throws: error });

/** No answer ever. */
export const never = () => ({ never: true });

/** A minimal stand-in for a `Response`, as mocks in application tests make them. */
export const duck = (status, body) => ({
  status,
  duck: { ok: status < 300, status, json: () => Promise.resolve(body), headers: { get: () => null } },
});

/** An unsigned JWT with these claims. */
export function jwt(claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", kid: "test" })}.${part(claims)}.${Buffer.from("signature").toString("base64url")}`;
}

/**
 * An `AuthenticationResult`.
 *
 * @param {object} [options]
 * @param {number} [options.issuedAt] Unix milliseconds
 * @param {number} [options.lifetime] seconds
 * @param {string | null} [options.refreshToken] `null` leaves the member out, as an answer to a refresh does
 * @param {object} [options.idClaims] added to the ID token's claims
 * @param {object} [options.accessClaims] added to the access token's claims
 */
export function tokens({ issuedAt = NOW, lifetime = 3600, refreshToken = "refresh-token-1", idClaims = {}, accessClaims = {} } = {}) {
  const iat = Math.floor(issuedAt / 1000);
  const common = { sub: USER_ID, iat, exp: iat + lifetime, auth_time: iat, jti: `jti-${iat}` };
  return {
    AccessToken: jwt({ ...common, token_use: "access", username: "alice", ...accessClaims }),
    ExpiresIn: lifetime,
    IdToken: jwt({ ...common, token_use: "id", "cognito:username": "alice", email: "alice@example.com", ...idClaims }),
    ...(refreshToken === null ? {} : { RefreshToken: refreshToken }),
    TokenType: "Bearer",
  };
}

/** A finished sign-in. */
export const signedIn = (options) => ok({ ChallengeParameters: {}, AuthenticationResult: tokens(options) });

/** A challenge. */
export const challenge = (ChallengeName, ChallengeParameters = {}, Session = "session-2") =>
  ok({ ChallengeName, ChallengeParameters, Session });

/** The service's half of SRP: any number below N serves as B, since nobody checks the proof here. */
export function passwordVerifier(parameters = {}) {
  return challenge(
    "PASSWORD_VERIFIER",
    {
      SALT: "8f21ac5d0b7e94631c2f7a8890d4e1b3",
      SECRET_BLOCK: Buffer.from(bytes("secret block", 1000)).toString("base64"),
      SRP_B: bytes("server public key", 384).toString("hex"),
      USERNAME: "alice",
      USER_ID_FOR_SRP: USER_ID,
      ...parameters,
    },
    "session-1",
  );
}

/** `length` bytes that depend on `label` alone. */
function bytes(label, length) {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash("sha256").update(`${label} ${i}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
