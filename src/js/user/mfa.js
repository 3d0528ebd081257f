import { begin } from "../conversation.js";
import { SUCCESS, accessToken, requestSignedIn } from "./requests.js";

export const mfa = {
  /** Chooses factors; upstream does not have the last one. `callback(null, 'SUCCESS')` */
  setUserMfaPreference(smsMfaSettings, softwareTokenMfaSettings, callback, emailMfaSettings) {
    const body = (token) => ({
      SMSMfaSettings: smsMfaSettings,
      SoftwareTokenMfaSettings: softwareTokenMfaSettings,
      EmailMfaSettings: emailMfaSettings,
      AccessToken: token,
    });
    return requestSignedIn(this, callback, "SetUserMFAPreference", body, () => callback(null, SUCCESS));
  },

  /** The older way to switch text messages on. `callback(null, 'SUCCESS')` */
  enableMFA(callback) {
    return setOptions(this, [{ DeliveryMedium: "SMS", AttributeName: "phone_number" }], callback);
  },

  /** And off. `callback(null, 'SUCCESS')` */
  disableMFA(callback) {
    return setOptions(this, [], callback);
  },

  /** What these set. `callback(null, options)` */
  getMFAOptions(callback) {
    const body = (token) => ({ AccessToken: token });
    return requestSignedIn(this, callback, "GetUser", body, (data) => callback(null, data.MFAOptions));
  },

  /** Begins to set up an authenticator application, signed in or at MFA_SETUP. `associateSecretCode(secret)` */
  associateSoftwareToken(callbacks) {
    const token = accessToken(this);
    const body = token === undefined ? { Session: this.Session } : { AccessToken: token };
    this.client.request("AssociateSoftwareToken", body, (error, data) => {
      if (error) return callbacks.onFailure(error);
      if (token === undefined) this.Session = data.Session;
      return callbacks.associateSecretCode(data.SecretCode);
    });
  },

  /** Shows its first code. `onSuccess(answer)`; at MFA_SETUP the sign-in goes on, and `onSuccess(session)` */
  verifySoftwareToken(totpCode, friendlyDeviceName, callbacks) {
    const token = accessToken(this);
    const who = token === undefined ? { Session: this.Session } : { AccessToken: token };
    const body = { ...who, UserCode: totpCode, FriendlyDeviceName: friendlyDeviceName };
    this.client.request("VerifySoftwareToken", body, (error, data) => {
      if (error) return callbacks.onFailure(error);
      if (token !== undefined) return callbacks.onSuccess(data);
      this.Session = data.Session;
      return begin(this, callbacks, "RespondToAuthChallenge", {
        ChallengeName: "MFA_SETUP",
        ClientId: this.pool.getClientId(),
        ChallengeResponses: { USERNAME: this.username },
        Session: this.Session,
      });
    });
  },
};

function setOptions(user, options, callback) {
  const body = (token) => ({ MFAOptions: options, AccessToken: token });
  return requestSignedIn(user, callback, "SetUserSettings", body, () => callback(null, SUCCESS));
}
