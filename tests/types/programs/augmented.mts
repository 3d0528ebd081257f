// Applications that add to the declarations what they add to the objects.
import { CognitoUser, type ICognitoUserData } from "amazon-cognito-identity";

declare module "amazon-cognito-identity" {
  interface CognitoUser {
    challengeParam?: { [name: string]: string };
    attributes?: { [name: string]: string };
  }
}

declare const data: ICognitoUserData;
const user = new CognitoUser(data);
user.attributes = { email: "alice@example.com" };
console.log(user.challengeParam?.["CODE_DELIVERY_DESTINATION"], user.getUsername());
