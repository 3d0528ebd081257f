// What Jest's tests of applications do with the package.

const cognito = require("amazon-cognito-identity-js");

const POOL = { UserPoolId: "eu-west-1_Example01", ClientId: "1example23456789client" };
const user = () => new cognito.CognitoUser({ Username: "alice", Pool: new cognito.CognitoUserPool(POOL) });

test("jsdom has neither fetch nor TextDecoder, which the package does without", () => {
  if (typeof window === "undefined") return;
  expect([typeof fetch, typeof TextDecoder]).toEqual(["undefined", "undefined"]);
});

test("the helper computes", () => {
  const helper = new cognito.AuthenticationHelper("Example01");
  expect(helper.largeAValue.bitLength()).toBeGreaterThan(3000);
});

test("prototypes can be spied on", () => {
  const spy = jest.spyOn(cognito.CognitoUser.prototype, "authenticateUser").mockImplementation((_details, callbacks) => callbacks.onSuccess("session"));
  const onSuccess = jest.fn();
  user().authenticateUser(new cognito.AuthenticationDetails({ Username: "alice" }), { onSuccess });
  expect(onSuccess).toHaveBeenCalledWith("session");
  spy.mockRestore();
});

test("a sign-in whose requests are replaced", () => {
  const alice = user();
  alice.pool.client.request = jest.fn((_operation, _body, callback) => callback(Object.assign(new Error("No."), { code: "NotAuthorizedException" })));
  const onFailure = jest.fn();
  alice.authenticateUser(new cognito.AuthenticationDetails({ Username: "alice", Password: "secret" }), { onFailure });
  expect(alice.pool.client.request.mock.calls[0][1].AuthParameters.SRP_A).toMatch(/^[0-9a-f]{700,768}$/);
  expect(onFailure.mock.calls[0][0].code).toBe("NotAuthorizedException");
});

test("a token is read", () => {
  const payload = Buffer.from(JSON.stringify({ name: "Zoë" })).toString("base64url");
  expect(new cognito.CognitoIdToken({ IdToken: `e30.${payload}.` }).payload).toEqual({ name: "Zoë" });
});
