// The application for script tags, pages and workers alike: it knows the package by its global.
"use strict";

/** Signs in as the query says, and resolves to what the application saw. */
function signIn(query) {
  const { AuthenticationDetails, CognitoUser, CognitoUserPool } = AmazonCognitoIdentity;
  const { endpoint, userPoolId, clientId, username, password } = Object.fromEntries(new URLSearchParams(query));
  const pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint });
  const user = new CognitoUser({ Username: username, Pool: pool });
  const details = new AuthenticationDetails({ Username: username, Password: password });
  return new Promise((resolve) => {
    user.authenticateUser(details, {
      onSuccess: (session) => resolve({ user: session.getIdToken().payload["cognito:username"], valid: session.isValid() }),
      onFailure: ({ code, message }) => resolve({ code, message }),
    });
  });
}

if (typeof window === "object") window.result = signIn(location.search);
