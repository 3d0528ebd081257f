import { Passwordless } from "amazon-cognito-passwordless-auth";
import { authenticateWithSRP } from "amazon-cognito-passwordless-auth/srp";
import { CLIENT_ID, PASSWORD, POOL_ID, USERNAME } from "../account.mjs";

const items = new Map();
Passwordless.configure({
  cognitoIdpEndpoint: POOL_ID.split("_")[0],
  clientId: CLIENT_ID,
  userPoolId: POOL_ID,
  storage: {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  },
});

globalThis.signIns["amazon-cognito-passwordless-auth"] = () =>
  authenticateWithSRP({ username: USERNAME, password: PASSWORD }).signedIn;
