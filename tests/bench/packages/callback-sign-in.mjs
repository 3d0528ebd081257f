// Upstream's classes and ours are used in the same way.

import { CLIENT_ID, PASSWORD, POOL_ID, USERNAME } from "../account.mjs";

export function callbackSignIn({ AuthenticationDetails, CognitoUser, CognitoUserPool }) {
  return () => {
    const Pool = new CognitoUserPool({ UserPoolId: POOL_ID, ClientId: CLIENT_ID });
    const user = new CognitoUser({ Username: USERNAME, Pool });
    const details = new AuthenticationDetails({ Username: USERNAME, Password: PASSWORD });
    return new Promise((onSuccess, onFailure) => user.authenticateUser(details, { onSuccess, onFailure }));
  };
}
