// An ES module in Node, which gets the CommonJS form.

import cognito, { CognitoUser } from "amazon-cognito-identity";
import deep, { BigInteger } from "amazon-cognito-identity/lib/BigInteger.js";

const user: CognitoUser | null = new cognito.CognitoUserPool({ UserPoolId: "a_b", ClientId: "c" }).getCurrentUser();
const integers: BigInteger[] = [new deep.default("ff", 16), new BigInteger("ff", 16)];

export { integers, user };
