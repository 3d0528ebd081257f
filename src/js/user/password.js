import { SUCCESS, requestSignedIn, withContext } from "./requests.js";

export const password = {
  /** Replaces the password. `callback(null, 'SUCCESS')` */
  changePassword(oldPassword, newPassword, callback, clientMetadata) {
    const body = (token) => ({
      PreviousPassword: oldPassword,
      ProposedPassword: newPassword,
      AccessToken: token,
      ClientMetadata: clientMetadata,
    });
    return requestSignedIn(this, callback, "ChangePassword", body, () => callback(null, SUCCESS));
  },

  /** Sends a code to set a new password with: `inputVerificationCode(answer)` if there is one, otherwise `onSuccess(answer)`. */
  forgotPassword(callbacks, clientMetadata) {
    const body = { ClientId: this.pool.getClientId(), Username: this.username, ClientMetadata: clientMetadata };
    this.client.request("ForgotPassword", withContext(this, body), (error, data) => {
      if (error) return callbacks.onFailure(error);
      if (typeof callbacks.inputVerificationCode === "function") return callbacks.inputVerificationCode(data);
      return callbacks.onSuccess(data);
    });
  },

  /** Sets a new password with that code. `onSuccess('SUCCESS')` */
  confirmPassword(confirmationCode, newPassword, callbacks, clientMetadata) {
    const body = {
      ClientId: this.pool.getClientId(),
      Username: this.username,
      ConfirmationCode: confirmationCode,
      Password: newPassword,
      ClientMetadata: clientMetadata,
    };
    this.client.request("ConfirmForgotPassword", withContext(this, body), (error) =>
      error ? callbacks.onFailure(error) : callbacks.onSuccess(SUCCESS),
    );
  },
};
