import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import { callbackSignIn } from "./callback-sign-in.mjs";

globalThis.signIns["amazon-cognito-identity-js"] = callbackSignIn({ AuthenticationDetails, CognitoUser, CognitoUserPool });
