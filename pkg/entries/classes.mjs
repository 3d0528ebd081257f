// The public classes, with the few methods that need JavaScript's `this`.

import { CognitoUserAttribute, CognitoUserPool, poolGetCurrentUser, poolSignUp } from "glue";

Object.assign(CognitoUserPool.prototype, {
  getCurrentUser: poolGetCurrentUser,
  signUp: poolSignUp,
});

Object.assign(CognitoUserAttribute.prototype, {
  setName(name) {
    this.Name = name;
    return this;
  },
  setValue(value) {
    this.Value = value;
    return this;
  },
});

export {
  AuthenticationDetails,
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  CognitoUserSession,
} from "glue";
