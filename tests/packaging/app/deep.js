// Classes from deep paths and from the index are the same, so they may be mixed.
import * as cognito from "amazon-cognito-identity";
import AuthenticationDetails from "amazon-cognito-identity/lib/AuthenticationDetails";
import BigInteger from "amazon-cognito-identity/lib/BigInteger.js";
import CognitoUser from "amazon-cognito-identity/es/CognitoUser";
import CognitoUserPool from "amazon-cognito-identity/src/CognitoUserPool";
import { signIn } from "./sign-in.js";

const same = CognitoUser === cognito.CognitoUser && new cognito.AuthenticationHelper("x").N instanceof BigInteger;
window.result = same ? signIn({ AuthenticationDetails, CognitoUser, CognitoUserPool }, location.search) : "two instances";
