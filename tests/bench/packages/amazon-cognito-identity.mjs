import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity";
import { callbackSignIn } from "./callback-sign-in.mjs";

globalThis.signIns["amazon-cognito-identity"] = callbackSignIn({ AuthenticationDetails, CognitoUser, CognitoUserPool });
