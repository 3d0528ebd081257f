// The public classes, with the few methods that need JavaScript's `this`.

import { CognitoUserPool, poolGetCurrentUser, poolSignUp } from "glue";

Object.assign(CognitoUserPool.prototype, {
  getCurrentUser: poolGetCurrentUser,
  signUp: poolSignUp,
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
