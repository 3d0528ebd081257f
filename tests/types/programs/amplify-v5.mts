// How Amplify 5 uses upstream's package: its imports, its calls, the fields it writes. Compiled with ours
// under upstream's name.

import {
  AuthenticationDetails,
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  CognitoUserSession,
  CookieStorage,
  appendToCognitoUserAgent,
} from "amazon-cognito-identity-js";
import type {
  CodeDeliveryDetails,
  IAuthenticationCallback,
  ICognitoStorage,
  ICognitoUserAttributeData,
  ICognitoUserData,
  ICognitoUserPoolData,
  ICookieStorageData,
  ISignUpResult,
  MFAOption,
  NodeCallback,
} from "amazon-cognito-identity-js";
import { addAuthCategoryToCognitoUserAgent, addFrameworkToCognitoUserAgent } from "amazon-cognito-identity-js/internals";

export { CognitoUser, CookieStorage, appendToCognitoUserAgent };

type CognitoUserInterface = CognitoUser & { challengeParam?: any; attributes?: any; preferredMFA?: string };

interface Options {
  userPoolId?: string;
  userPoolWebClientId?: string;
  endpoint?: string;
  cookieStorage?: ICookieStorageData;
  storage?: ICognitoStorage;
}

export class Auth {
  private storage: ICognitoStorage;
  private pool: CognitoUserPool;

  constructor(private options: Options) {
    this.storage = options.cookieStorage ? new CookieStorage(options.cookieStorage) : options.storage ?? window.localStorage;
    const data: ICognitoUserPoolData = { UserPoolId: options.userPoolId!, ClientId: options.userPoolWebClientId! };
    data.Storage = this.storage;
    this.pool = new CognitoUserPool(data, this.wrapRefreshSessionCallback);
    addAuthCategoryToCognitoUserAgent();
    addFrameworkToCognitoUserAgent("1");
  }

  wrapRefreshSessionCallback = (callback: NodeCallback.Any) => {
    const wrapped: NodeCallback.Any = (error, data) => {
      console.log(data ? "tokenRefresh" : error?.message);
      return callback(error, data);
    };
    return wrapped;
  };

  signUp(username: string, password: string, attributes: CognitoUserAttribute[], metadata?: { [key: string]: string }) {
    return new Promise<ISignUpResult>((resolve, reject) => {
      this.pool.signUp(username, password, attributes, [], (error, data) => (error ? reject(error) : resolve(data!)), metadata);
    });
  }

  private callbacks(user: CognitoUserInterface, resolve: (value: any) => void, reject: (error: any) => void): IAuthenticationCallback {
    return {
      onSuccess: async (session) => {
        console.log(session.getIdToken().getJwtToken());
        delete user.challengeName;
        delete user.challengeParam;
        resolve(user);
      },
      onFailure: (error) => reject(error),
      customChallenge: (challengeParam) => {
        user.challengeName = "CUSTOM_CHALLENGE";
        user.challengeParam = challengeParam;
        resolve(user);
      },
      mfaRequired: (challengeName, challengeParam) => {
        user.challengeName = challengeName;
        user.challengeParam = challengeParam;
        resolve(user);
      },
      newPasswordRequired: (userAttributes, requiredAttributes) => {
        user.challengeName = "NEW_PASSWORD_REQUIRED";
        user.challengeParam = { userAttributes, requiredAttributes };
        resolve(user);
      },
    };
  }

  signIn(username: string, password: string) {
    const data: ICognitoUserData = { Username: username, Pool: this.pool };
    data.Storage = this.storage;
    const user = new CognitoUser(data);
    user.setAuthenticationFlowType("USER_SRP_AUTH");
    return new Promise((resolve, reject) => {
      const details = new AuthenticationDetails({ Username: username, Password: password, ValidationData: {}, ClientMetadata: {} });
      user.authenticateUser(details, this.callbacks(user, resolve, reject));
    });
  }

  currentUser(user: CognitoUser, bypassCache: boolean) {
    return new Promise<CognitoUser>((resolve, reject) => {
      user.getSession(
        async (error: Error | null, session: CognitoUserSession) => {
          if (error) return reject(error);
          const { scope = "" } = session.getAccessToken().decodePayload();
          if (!scope.split(" ").includes("aws.cognito.signin.user.admin")) return resolve(user);
          user.getUserData(
            (problem, data) => {
              if (problem) return reject(problem);
              const attributes = data!.UserAttributes.map((attribute) => new CognitoUserAttribute(attribute));
              Object.assign(user, { attributes, preferredMFA: data!.PreferredMfaSetting || "NOMFA" });
              resolve(user);
            },
            { bypassCache, clientMetadata: {} },
          );
        },
        { clientMetadata: {} },
      );
    });
  }

  fromTokens(idToken: string, accessToken: string, refreshToken: string) {
    const session = new CognitoUserSession({
      IdToken: new CognitoIdToken({ IdToken: idToken }),
      RefreshToken: new CognitoRefreshToken({ RefreshToken: refreshToken }),
      AccessToken: new CognitoAccessToken({ AccessToken: accessToken }),
    });
    const user = this.pool.getCurrentUser()!;
    (user as any).signInUserSession = session;
    return user;
  }

  update(user: CognitoUser, list: ICognitoUserAttributeData[]) {
    return new Promise<CodeDeliveryDetails[]>((resolve, reject) => {
      user.updateAttributes(list, (error, _result, details) => (error ? reject(error) : resolve(details.CodeDeliveryDetailsList)), {});
    });
  }

  mfaOptions(user: CognitoUser) {
    return new Promise<MFAOption[]>((resolve, reject) => {
      user.getMFAOptions((error, options) => (error ? reject(error) : resolve(options!)));
    });
  }

  verify(user: CognitoUser, attribute: string, code: string) {
    user.getAttributeVerificationCode(attribute, { onSuccess: (success) => console.log(success), onFailure: (error) => console.log(error) }, {});
    user.verifyAttribute(attribute, code, { onSuccess: (data) => console.log(data), onFailure: (error) => console.log(error) });
    user.verifySoftwareToken(code, "My TOTP device", { onSuccess: (data) => console.log(data), onFailure: (error) => console.log(error) });
    user.listDevices(60, null, { onSuccess: (data) => console.log(data.Devices), onFailure: (error) => console.log(error) });
    user.signOut(() => console.log("signed out"));
  }
}
