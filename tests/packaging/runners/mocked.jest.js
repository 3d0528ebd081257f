// As the tests of Amplify 5 do it: a deep file is mocked, and the index has the mock.

jest.mock("amazon-cognito-identity-js/lib/CognitoUser", () => {
  function CognitoUser() {}
  CognitoUser.prototype.getUsername = () => "mocked";
  return CognitoUser;
});

const { CognitoUser, CognitoUserPool } = require("amazon-cognito-identity-js");

test("the index has the mock, and the rest as it is", () => {
  expect(CognitoUser.prototype.getUsername()).toBe("mocked");
  expect(new CognitoUserPool({ UserPoolId: "a_b", ClientId: "c" }).getUserPoolName()).toBe("b");
});
