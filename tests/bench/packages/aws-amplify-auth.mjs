import { Amplify } from "@aws-amplify/core";
import { signIn } from "@aws-amplify/auth";
import { cognitoUserPoolsTokenProvider } from "@aws-amplify/auth/cognito";
import { CLIENT_ID, PASSWORD, POOL_ID, USERNAME } from "../account.mjs";

// As the package `aws-amplify` does it, without its other categories.
const auth = { Cognito: { userPoolId: POOL_ID, userPoolClientId: CLIENT_ID } };
cognitoUserPoolsTokenProvider.setAuthConfig(auth);
Amplify.configure({ Auth: auth }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });

globalThis.signIns["@aws-amplify/auth"] = () => signIn({ username: USERNAME, password: PASSWORD });
