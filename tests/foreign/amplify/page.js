// What the tests drive: Amplify's functions on a page.

import { Amplify } from "@aws-amplify/core";
import * as Auth from "@aws-amplify/auth";
import { cognitoUserPoolsTokenProvider } from "@aws-amplify/auth/cognito";

/** As the package `aws-amplify` does it, without its other categories. */
function configure({ userPoolId, clientId, endpoint }) {
  const Cognito = { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint };
  cognitoUserPoolsTokenProvider.setAuthConfig({ Cognito });
  Amplify.configure({ Auth: { Cognito } }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });
}

/** What a call gives, or its error's name and text; an error itself does not get out of the page. */
function attempt(name, ...inputs) {
  return Auth[name](...inputs).then(
    (value) => value ?? null,
    ({ name, message }) => ({ error: name, message }),
  );
}

Object.assign(globalThis, { Auth, attempt, configure });
