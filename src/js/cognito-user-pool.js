import { Client } from "./client.js";
import { CognitoUser } from "./cognito-user.js";
import { methods } from "./methods.js";
import { defaultStorage } from "./storage-helper.js";

const LONGEST_ID = 55;

/** One app client of one user pool. */
export function CognitoUserPool(data, wrapRefreshSessionCallback) {
  const { UserPoolId, ClientId, endpoint, fetchOptions, AdvancedSecurityDataCollectionFlag, Storage, RefreshTokenRotation } =
    data || {};
  if (!UserPoolId || !ClientId) throw new Error("Both UserPoolId and ClientId are required.");
  if (UserPoolId.length > LONGEST_ID || !/^[\w-]+_[0-9a-zA-Z]+$/.test(UserPoolId)) {
    throw new Error("Invalid UserPoolId format.");
  }
  this.userPoolId = UserPoolId;
  this.clientId = ClientId;
  this.client = new Client(UserPoolId.split("_")[0], endpoint, fetchOptions);
  this.advancedSecurityDataCollectionFlag = AdvancedSecurityDataCollectionFlag !== false;
  this.storage = Storage || defaultStorage(this);
  if (RefreshTokenRotation) this.refreshTokenRotation = true;
  if (wrapRefreshSessionCallback) this.wrapRefreshSessionCallback = wrapRefreshSessionCallback;
}

methods(CognitoUserPool, {
  getUserPoolId() {
    return this.userPoolId;
  },

  /** The part of the id that enters the SRP proof. */
  getUserPoolName() {
    return this.getUserPoolId().split("_")[1];
  },

  getClientId() {
    return this.clientId;
  },

  /** `callback(null, {user, userConfirmed, userSub, codeDeliveryDetails})` */
  signUp(username, password, userAttributes, validationData, callback, clientMetadata) {
    const body = {
      ClientId: this.clientId,
      Username: username,
      Password: password,
      UserAttributes: userAttributes,
      ValidationData: validationData,
      ClientMetadata: clientMetadata,
    };
    const context = this.getUserContextData(username);
    if (context) body.UserContextData = context;
    this.client.request("SignUp", body, (error, data) => {
      if (error) return callback(error, null);
      return callback(null, {
        user: new CognitoUser({ Username: username, Pool: this, Storage: this.storage }),
        userConfirmed: data.UserConfirmed,
        userSub: data.UserSub,
        codeDeliveryDetails: data.CodeDeliveryDetails,
      });
    });
  },

  /** Who signed in last here, or null. */
  getCurrentUser() {
    const username = this.storage.getItem(`CognitoIdentityServiceProvider.${this.clientId}.LastAuthUser`);
    return username ? new CognitoUser({ Username: username, Pool: this, Storage: this.storage }) : null;
  },

  /** `{EncodedData}` from the script for advanced security, if the page has loaded it. */
  getUserContextData(username) {
    if (typeof AmazonCognitoAdvancedSecurityData === "undefined") return undefined;
    if (!this.advancedSecurityDataCollectionFlag) return {};
    const data = AmazonCognitoAdvancedSecurityData.getData(username, this.userPoolId, this.clientId);
    return data ? { EncodedData: data } : {};
  },
});
