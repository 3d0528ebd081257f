// The application of every bundling test: an SRP sign-in with the pool that the page's address names.

/** Signs in as the address's query says, and resolves to what the application saw. */
export function signIn({ AuthenticationDetails, CognitoUser, CognitoUserPool }, query, Storage) {
  const { endpoint, userPoolId, clientId, username, password } = Object.fromEntries(new URLSearchParams(query));
  const pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint, Storage });
  const user = new CognitoUser({ Username: username, Pool: pool, Storage });
  const details = new AuthenticationDetails({ Username: username, Password: password });
  return new Promise((resolve) => {
    user.authenticateUser(details, {
      onSuccess: (session) => resolve({ user: session.getIdToken().payload["cognito:username"], valid: session.isValid() }),
      onFailure: ({ code, message }) => resolve({ code, message }),
    });
  });
}
