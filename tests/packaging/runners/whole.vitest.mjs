// What Vitest's tests of applications do with the package.

import * as cognito from "amazon-cognito-identity-js";
import whole from "amazon-cognito-identity-js";
import deep from "amazon-cognito-identity-js/lib/CognitoUser";
import { expect, test, vi } from "vitest";

const pool = new cognito.CognitoUserPool({ UserPoolId: "eu-west-1_Example01", ClientId: "client" });

test("named, whole and deep imports are one", () => {
  expect(whole.CognitoUser).toBe(cognito.CognitoUser);
  expect(deep.default ?? deep).toBe(cognito.CognitoUser);
});

test("the helper computes", () => {
  expect(new cognito.AuthenticationHelper("Example01").largeAValue.bitLength()).toBeGreaterThan(3000);
});

test("prototypes can be spied on", () => {
  vi.spyOn(cognito.CognitoUserPool.prototype, "getCurrentUser").mockReturnValue("nobody");
  expect(pool.getCurrentUser()).toBe("nobody");
  vi.restoreAllMocks();
  expect(pool.getCurrentUser()).toBe(null);
});

test("fetch can be replaced", async () => {
  vi.stubGlobal("fetch", vi.fn(async () => new Response('{"__type":"UserNotFoundException","message":"No."}', { status: 400 })));
  const user = new cognito.CognitoUser({ Username: "alice", Pool: pool });
  const error = await new Promise((onFailure) => user.authenticateUser(new cognito.AuthenticationDetails({ Username: "alice", Password: "secret" }), { onFailure }));
  expect([error.code, error.statusCode]).toEqual(["UserNotFoundException", 400]);
  vi.unstubAllGlobals();
});
