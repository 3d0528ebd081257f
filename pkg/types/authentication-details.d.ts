import type { ClientMetadata } from "./callbacks.js";

export interface IAuthenticationDetailsData {
  Username: string;
  Password?: string | undefined;
  ValidationData?: { [key: string]: any } | undefined;
  /** For `initiateAuth`. */
  AuthParameters?: { [key: string]: any } | undefined;
  ClientMetadata?: ClientMetadata;
}

/** Who signs in, with what. */
export declare class AuthenticationDetails {
  constructor(data?: IAuthenticationDetailsData);

  username: string;
  password: string | undefined;
  validationData: { [key: string]: any };
  authParameters: { [key: string]: any };
  clientMetadata: { [key: string]: string };

  getUsername(): string;
  getPassword(): string;
  getValidationData(): { [key: string]: any };
  getAuthParameters(): { [key: string]: any };
  getClientMetadata(): { [key: string]: string };
}
