import { methods } from "./methods.js";

/** Who signs in, with what. */
export function AuthenticationDetails(data) {
  const { ValidationData, Username, Password, AuthParameters, ClientMetadata } = data ?? {};
  this.validationData = ValidationData || {};
  this.authParameters = AuthParameters || {};
  this.clientMetadata = ClientMetadata || {};
  this.username = Username;
  this.password = Password;
}

methods(AuthenticationDetails, {
  getUsername() {
    return this.username;
  },

  getPassword() {
    return this.password;
  },

  getValidationData() {
    return this.validationData;
  },

  getAuthParameters() {
    return this.authParameters;
  },

  getClientMetadata() {
    return this.clientMetadata;
  },
});
