// The same declarations from a CommonJS program.

import cognito = require("amazon-cognito-identity");
import deep = require("amazon-cognito-identity/lib/BigInteger");

const pool: cognito.CognitoUserPool = new cognito.CognitoUserPool({ UserPoolId: "eu-west-1_Example01", ClientId: "client" });
const user: cognito.CognitoUser | null = pool.getCurrentUser();
user?.signOut();
const integer: deep.BigInteger = new deep.default("ff", 16);
console.log(integer.toString(16));
