import { SUCCESS, requestSignedIn, withContext } from "./requests.js";

export const registration = {
  /** Confirms the registration with the code that was sent. `callback(null, 'SUCCESS')` */
  confirmRegistration(confirmationCode, forceAliasCreation, callback, clientMetadata) {
    const body = {
      ClientId: this.pool.getClientId(),
      ConfirmationCode: confirmationCode,
      Username: this.username,
      ForceAliasCreation: forceAliasCreation,
      ClientMetadata: clientMetadata,
    };
    this.client.request("ConfirmSignUp", withContext(this, body), (error) =>
      error ? callback(error, null) : callback(null, SUCCESS),
    );
  },

  /** Sends another code. `callback(null, answer)` */
  resendConfirmationCode(callback, clientMetadata) {
    const body = { ClientId: this.pool.getClientId(), Username: this.username, ClientMetadata: clientMetadata };
    this.client.request("ResendConfirmationCode", body, (error, data) =>
      error ? callback(error, null) : callback(null, data),
    );
  },

  /** Removes the user for good. `callback(null, 'SUCCESS')` */
  deleteUser(callback, clientMetadata) {
    const body = (token) => ({ AccessToken: token, ClientMetadata: clientMetadata });
    return requestSignedIn(this, callback, "DeleteUser", body, () => {
      this.clearCachedUser();
      return callback(null, SUCCESS);
    });
  },
};
