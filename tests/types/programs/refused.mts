// What must not compile: if a line does, the directive above it is the error.

import { CognitoUser, CognitoUserPool, CookieStorage, WordArray } from "amazon-cognito-identity";
import type { AuthenticationDetails, BigInteger, IAuthenticationCallback, ICognitoStorage, UserAgent } from "amazon-cognito-identity";

declare const pool: CognitoUserPool;
declare const user: CognitoUser;
declare const details: AuthenticationDetails;

// @ts-expect-error: the index has no default export
import whole from "amazon-cognito-identity";
// @ts-expect-error: there is no such name
import { CognitoUsr } from "amazon-cognito-identity";
// @ts-expect-error: upstream declares it, and does not export it
new UserAgent();
// @ts-expect-error: its class is in lib/BigInteger
const integer = (): BigInteger => new BigInteger("ff", 16);

// @ts-expect-error: both ids
new CognitoUserPool({ UserPoolId: "eu-west-1_Example01" });
// @ts-expect-error: a text
new CognitoUserPool({ UserPoolId: 1, ClientId: "client" });
// @ts-expect-error: of fetch's modes
new CognitoUserPool({ UserPoolId: "a_b", ClientId: "c", fetchOptions: { credentials: "all" } });
// @ts-expect-error: a pool
new CognitoUser({ Username: "alice" });
// @ts-expect-error: there may be nobody
pool.getCurrentUser().signOut();
// @ts-expect-error: it returns nothing
const flow: string = user.setAuthenticationFlowType("USER_SRP_AUTH");
// @ts-expect-error: an object, not a list
const list: any[] = details.getValidationData();
// @ts-expect-error: there may be no session
user.getSignInUserSession().isValid();
// @ts-expect-error: both may be missing
user.getSession((error, session) => session.isValid());
// @ts-expect-error: a session is no text
user.getSession((error: any, session: string) => console.log(session));
// @ts-expect-error: there may be no value
const cookie: string = new CookieStorage().getItem("key");
// @ts-expect-error: one of three
new CookieStorage({ sameSite: "Lax" });
// @ts-expect-error: numbers
new WordArray(["1"]);
// @ts-expect-error: `onFailure` is needed
const half: IAuthenticationCallback = { onSuccess() {} };
// @ts-expect-error: a callback
user.authenticateUser(details);
// @ts-expect-error: a number
user.listDevices("60", null, { onSuccess() {}, onFailure() {} });
// @ts-expect-error: storage is synchronous
const storage: ICognitoStorage = { setItem() {}, getItem: async () => "", removeItem() {}, clear() {} };
// @ts-expect-error: no challenge has this name
user.challengeName = "MFA";
// @ts-expect-error: there may be no data
user.getUserData((error, data) => console.log(data.Username));

export { CognitoUsr, cookie, flow, half, integer, list, storage, whole };
