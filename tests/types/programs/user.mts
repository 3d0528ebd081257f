// Every member of the user, as a strict application would use it. Compiled, never run.

import { AuthenticationDetails, CognitoRefreshToken, CognitoUser, CognitoUserAttribute, CognitoUserPool, CognitoUserSession } from "amazon-cognito-identity";
import type {
  ChallengeName,
  ClientMetadata,
  CognitoError,
  GetSessionCallback,
  GetSessionOptions,
  GetUserDataOptions,
  IAuthenticationCallback,
  ICognitoUserData,
  IMfaSettings,
  ISuccessCallback,
  MFAOption,
  NodeCallback,
  UpdateAttributesNodeCallback,
  UserData,
} from "amazon-cognito-identity";

declare const pool: CognitoUserPool;
declare const details: AuthenticationDetails;
declare const session: CognitoUserSession;
declare const refreshToken: CognitoRefreshToken;
const metadata: ClientMetadata = { source: "web" };
const none: ClientMetadata = undefined;

const data: ICognitoUserData = { Username: "alice", Pool: pool, Storage: pool.storage };
const user = new CognitoUser(data);
new CognitoUser({ Username: "alice", Pool: pool, Storage: undefined });

// Fields.
user.username = "bob";
user.pool = pool;
user.Session = null;
user.client = pool.client;
user.signInUserSession = session;
user.authenticationFlowType = "USER_SRP_AUTH";
user.storage = pool.storage;
user.challengeName = "SMS_MFA";
user.challengeName = undefined;
delete user.challengeName;
user.deviceKey = user.deviceGroupKey = user.randomPassword = "text";
user.deviceKey = null;
const texts: (string | undefined)[] = [user.keyPrefix, user.userDataKey, user.verifierDevices];

// Accessors.
const name: string = user.getUsername();
const flow: string = user.getAuthenticationFlowType();
user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
const signedIn: CognitoUserSession | null = user.getSignInUserSession();
user.setSignInUserSession(session);
const encoded: string | undefined = user.getUserContextData()?.EncodedData;

// Sign-in.
const callbacks: IAuthenticationCallback = {
  onSuccess(found: CognitoUserSession, userConfirmationNecessary?: boolean) {
    console.log(found.isValid(), userConfirmationNecessary);
  },
  onFailure(error: CognitoError) {
    console.error(error.name, error.code, error.message);
  },
  newPasswordRequired(userAttributes, requiredAttributes) {
    user.completeNewPasswordChallenge("new", { ...userAttributes, requiredAttributes }, this, metadata);
  },
  mfaRequired(challengeName, challengeParameters) {
    const known: ChallengeName = challengeName;
    console.log(known, challengeParameters);
    user.sendMFACode("123456", this);
  },
  totpRequired: (challengeName: ChallengeName) => user.sendMFACode("123456", callbacks, challengeName, metadata),
  selectMFAType: () => user.sendMFASelectionAnswer("SOFTWARE_TOKEN_MFA", callbacks),
  mfaSetup: (challengeName: string, challengeParameters: any) => console.log(challengeName, challengeParameters),
  customChallenge(challengeParameters: any) {
    user.sendCustomChallengeAnswer(challengeParameters.answer, this, metadata);
  },
};
const choosing: IAuthenticationCallback = {
  onSuccess: callbacks.onSuccess,
  onFailure: callbacks.onFailure,
  otherChallenge(name, parameters, available) {
    const answer: { [name: string]: string } = available?.includes("EMAIL_OTP") ? { ANSWER: "EMAIL_OTP" } : { EMAIL_OTP_CODE: parameters.code };
    user.sendChallengeAnswer(name, answer, this, metadata);
  },
};
user.authenticateUser(details, choosing);
user.authenticateUser(details, callbacks);
user.authenticateUser(details, { onSuccess: () => {}, onFailure: () => {} });
user.authenticateUserDefaultAuth(details, callbacks);
user.authenticateUserPlainUsernamePassword(details, callbacks);
user.authenticateUserInternal({ AuthenticationResult: {} }, undefined, callbacks);
user.initiateAuth(details, callbacks);
user.getDeviceResponse(callbacks, metadata);
user.completeNewPasswordChallenge("new", {}, callbacks);
user.sendCustomChallengeAnswer("answer", callbacks);

// The session: in each of the shapes that applications declare the callback in.
user.getSession((error, found) => {
  if (error) return console.error(error.code);
  console.log(found.isValid());
});
user.getSession((error: Error | null, found: CognitoUserSession | null) => console.log(error, found?.isValid()), { clientMetadata: none });
user.getSession((error: Error | null, found: CognitoUserSession) => console.log(error, found.isValid()));
user.getSession((error: null, found: CognitoUserSession) => console.log(error, found.isValid()));
user.getSession((error: Error, found: null) => console.log(error, found));
user.getSession((error: any, found: any) => console.log(error, found));
user.getSession(async (error: any) => console.log(error));
const got: GetSessionCallback = (error, found) => console.log(error ?? found?.getIdToken());
const options: GetSessionOptions = {};
user.getSession(got, options);
user.refreshSession(refreshToken, (error, found) => console.log(error, found), metadata);
const refreshed: Promise<void> = user.refreshSessionIfPossible({ clientMetadata: metadata });
const made: CognitoUserSession = user.getCognitoUserSession({ IdToken: "", AccessToken: "" });
user.cacheTokens();
user.clearCachedTokens();
user.clearCachedUser();
user.signOut();
user.signOut(() => console.log("out"));
user.signOut((error) => console.log(error?.message));
user.globalSignOut({ onSuccess: (message: string) => console.log(message), onFailure: (error: Error) => console.error(error) });
user.revokeTokens();
user.revokeTokens((error) => console.log(error?.code));
user.revokeToken({ token: refreshToken.getToken(), callback: (error?: Error) => console.log(error) });
const revocable: boolean = user.isSessionRevocable(session.getAccessToken());
user.cleanClientData();

// Registration and passwords.
const done: NodeCallback<CognitoError, string> = (error, result) => console.log(error?.code, error?.statusCode, result);
const succeeded: ISuccessCallback<string> = { onSuccess: (text) => console.log(text), onFailure: console.error };
const sent = { onSuccess: (answer: any) => console.log(answer), onFailure: (error: Error) => console.error(error), inputVerificationCode: (answer: any) => console.log(answer) };
user.confirmRegistration("123456", true, done, metadata);
user.resendConfirmationCode(done, none);
user.changePassword("old", "new", done, metadata);
user.deleteUser(done, metadata);
user.forgotPassword(sent, metadata);
user.forgotPassword({ onSuccess: () => {}, onFailure: () => {} });
user.confirmPassword("123456", "new", succeeded, metadata);

// Attributes.
const updated: UpdateAttributesNodeCallback<Error, string, any> = (error, result, answer) => console.log(error, result, answer);
user.getUserAttributes((error?: Error, attributes?: CognitoUserAttribute[]) => console.log(error, attributes?.length));
user.updateAttributes([{ Name: "name", Value: "Alice" }, new CognitoUserAttribute()], updated, metadata);
user.deleteAttributes(["name"], done);
user.getAttributeVerificationCode("email", sent, metadata);
user.getAttributeVerificationCode("email", succeeded);
user.verifyAttribute("email", "123456", succeeded);
const dataOptions: GetUserDataOptions = { bypassCache: true, clientMetadata: metadata };
user.getUserData((error, answer) => console.log(error?.message, answer?.UserAttributes, answer?.PreferredMfaSetting), dataOptions);
user.getUserData((error?: Error, answer?: UserData) => console.log(error, answer?.UserMFASettingList, answer?.Username, answer?.MFAOptions));
user.getUserData(console.log, { bypassCache: true, keepTokens: true });
const required: boolean = user.isFetchUserDataAndTokenRequired({ bypassCache: true });
const answers: Promise<UserData>[] = [user.fetchUserData(), user.createGetUserRequest()];
const cached: string | null = user.getUserDataFromCache();
user.cacheUserData(JSON.parse(cached ?? "{}"));
user.clearCachedUserData();

// Second factors.
const settings: IMfaSettings = { Enabled: true };
user.setUserMfaPreference(settings, null, done);
user.setUserMfaPreference(null, null, done, settings);
user.enableMFA(done);
user.disableMFA(done);
user.getMFAOptions((error?: Error, found?: MFAOption[]) => console.log(error, found?.[0]?.DeliveryMedium, found?.[0]?.AttributeName));
user.associateSoftwareToken({ associateSecretCode: (secret: string) => console.log(secret), onFailure: console.error });
user.verifySoftwareToken("123456", "phone", { onSuccess: (found: CognitoUserSession) => console.log(found.isValid()), onFailure: console.error });
user.verifySoftwareToken("123456", "phone", { onSuccess: (answer: { Status: string }) => console.log(answer.Status), onFailure: console.error });
user.verifySoftwareToken("123456", "phone", callbacks);

// Devices.
user.getDevice({ onSuccess: (answer) => console.log(answer.Device.DeviceKey), onFailure: (error: Error) => console.error(error) });
user.forgetDevice(succeeded);
user.forgetSpecificDevice("device", succeeded);
user.setDeviceStatusRemembered(succeeded);
user.setDeviceStatusNotRemembered(succeeded);
user.listDevices(60, null, { onSuccess: (answer: any) => console.log(answer.Devices), onFailure: console.error });
user.cacheDeviceKeyAndPassword();
user.getCachedDeviceKeyAndPassword();
user.clearCachedDeviceKeyAndPassword();

export { answers, encoded, flow, made, name, refreshed, required, revocable, signedIn, texts };
