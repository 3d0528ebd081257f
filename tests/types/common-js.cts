// The same declarations from a CommonJS program.

import cognito = require("amazon-cognito-identity");

const pool: cognito.CognitoUserPool = new cognito.CognitoUserPool({ UserPoolId: "eu-west-1_Example01", ClientId: "client" });
const user: cognito.CognitoUser | null = pool.getCurrentUser();
user?.signOut();
