import { CognitoUserAttribute } from "../cognito-user-attribute.js";
import { SUCCESS, requestSignedIn, requestSignedInFor } from "./requests.js";

export const attributes = {
  /** What the service knows of the user. `callback(null, CognitoUserAttribute[])` */
  getUserAttributes(callback) {
    const body = (token) => ({ AccessToken: token });
    return requestSignedIn(this, callback, "GetUser", body, ({ UserAttributes = [] }) =>
      callback(null, UserAttributes.map((attribute) => new CognitoUserAttribute(attribute))),
    );
  },

  /** Changes attributes. `callback(null, 'SUCCESS', answer)`, after the user's data and tokens were renewed as far as possible */
  updateAttributes(list, callback, clientMetadata) {
    const body = (token) => ({ AccessToken: token, UserAttributes: list, ClientMetadata: clientMetadata });
    return requestSignedIn(this, callback, "UpdateUserAttributes", body, (data) =>
      this.getUserData(() => callback(null, SUCCESS, data), { bypassCache: true }),
    );
  },

  /** Removes attributes. `callback(null, 'SUCCESS')`, after the same */
  deleteAttributes(names, callback) {
    const body = (token) => ({ UserAttributeNames: names, AccessToken: token });
    return requestSignedIn(this, callback, "DeleteUserAttributes", body, () =>
      this.getUserData(() => callback(null, SUCCESS), { bypassCache: true }),
    );
  },

  /** Sends a code to an address: `inputVerificationCode(answer)` if there is one, otherwise `onSuccess('SUCCESS')`. */
  getAttributeVerificationCode(attributeName, callbacks, clientMetadata) {
    const body = (token) => ({ AttributeName: attributeName, AccessToken: token, ClientMetadata: clientMetadata });
    return requestSignedInFor(this, callbacks, "GetUserAttributeVerificationCode", body, (data) =>
      typeof callbacks.inputVerificationCode === "function"
        ? callbacks.inputVerificationCode(data)
        : callbacks.onSuccess(SUCCESS),
    );
  },

  /** Shows that code. `onSuccess('SUCCESS')` */
  verifyAttribute(attributeName, confirmationCode, callbacks) {
    const body = (token) => ({ AttributeName: attributeName, Code: confirmationCode, AccessToken: token });
    return requestSignedInFor(this, callbacks, "VerifyUserAttribute", body, () => callbacks.onSuccess(SUCCESS));
  },
};
