// For Node's `import`: the same instance that `require` gives.

import cjs from "./index.cjs";

export const {
  AuthenticationDetails,
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  CognitoUserSession,
} = cjs;
