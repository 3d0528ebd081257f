// Uses every class and member that the package declares, as a strict TypeScript application would.
// It is compiled, never run.

import {
  AuthenticationDetails,
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  CognitoUserSession,
} from "amazon-cognito-identity";
import type {
  Client,
  ClientMetadata,
  CodeDeliveryDetails,
  CognitoError,
  GetSessionOptions,
  IAuthenticationCallback,
  IAuthenticationDetailsData,
  ICognitoStorage,
  ICognitoUserAttributeData,
  ICognitoUserData,
  ICognitoUserPoolData,
  ICognitoUserSessionData,
  ISignUpResult,
  NodeCallback,
  SessionCallback,
} from "amazon-cognito-identity";

class Shelf implements ICognitoStorage {
  #entries = new Map<string, string>();
  setItem(key: string, value: string): void {
    this.#entries.set(key, value);
  }
  getItem(key: string): string | null {
    return this.#entries.get(key) ?? null;
  }
  removeItem(key: string): void {
    this.#entries.delete(key);
  }
  clear(): void {
    this.#entries.clear();
  }
}

const metadata: ClientMetadata = { source: "web" };
const none: ClientMetadata = undefined;

const poolData: ICognitoUserPoolData = {
  UserPoolId: "eu-west-1_Example01",
  ClientId: "client",
  endpoint: "https://idp.example.com/",
  Storage: new Shelf(),
  AdvancedSecurityDataCollectionFlag: false,
};
const pool = new CognitoUserPool(poolData);
const wrapped = new CognitoUserPool(poolData, (callback) => (error, session) => callback(error, session));
const ids: string[] = [pool.getUserPoolId(), pool.getUserPoolName(), pool.getClientId(), wrapped.getClientId()];

const client: Client = pool.client;
client.endpoint = "https://idp.example.com/";
client.fetchOptions = { credentials: "include" };
client.request("GetUser", {}, (error, data) => console.log(error, data));
const wrapper: ((callback: SessionCallback) => SessionCallback) | undefined = wrapped.wrapRefreshSessionCallback;
const kept: ICognitoStorage = pool.storage;
console.log(pool.userPoolId, pool.clientId, pool.advancedSecurityDataCollectionFlag, pool.toJSON(), wrapper, kept.getItem("key"));
console.log(pool.getUserContextData("alice")?.EncodedData);

const attributeData: ICognitoUserAttributeData = { Name: "email", Value: "a@b" };
const attribute = new CognitoUserAttribute(attributeData);
const chained: CognitoUserAttribute = attribute.setName("name").setValue("value");
const texts: string[] = [chained.getName(), chained.getValue(), chained.toString()];
const plain: object = chained.toJSON();

attribute.Name = attribute.Value;

pool.signUp(
  "alice",
  "password",
  [attribute],
  [attribute],
  (error?: Error, result?: ISignUpResult) => {
    if (error) throw error;
    const delivery: CodeDeliveryDetails | undefined = result?.codeDeliveryDetails;
    const sub: string | undefined = result?.userSub;
    const confirmed: boolean | undefined = result?.userConfirmed;
    const signedUp: CognitoUser | undefined = result?.user;
    console.log(delivery?.Destination, delivery?.DeliveryMedium, delivery?.AttributeName, sub, confirmed, signedUp);
  },
  metadata,
);

const userData: ICognitoUserData = { Username: "alice", Pool: pool, Storage: new Shelf() };
const user = new CognitoUser(userData);
const current: CognitoUser | null = pool.getCurrentUser();
const username: string = user.getUsername();
user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
const flow: string = user.getAuthenticationFlowType();

const detailsData: IAuthenticationDetailsData = {
  Username: "alice",
  Password: "password",
  ValidationData: { key: "value" },
  ClientMetadata: metadata,
};
const details = new AuthenticationDetails(detailsData);
console.log(details.getUsername(), details.getPassword(), details.getValidationData());
console.log(details.getAuthParameters(), details.getClientMetadata());
const given: (string | object | undefined)[] = [
  details.username,
  details.password,
  details.validationData,
  details.authParameters,
  details.clientMetadata,
];

user.username = "bob";
user.Session = null;
user.client = client;
user.signInUserSession = null;
user.authenticationFlowType = "USER_SRP_AUTH";
user.storage = new Shelf();
user.deviceKey = "device";
console.log(user.pool.clientId, user.keyPrefix, user.userDataKey, user.toJSON());

const callbacks: IAuthenticationCallback = {
  onSuccess(session: CognitoUserSession, userConfirmationNecessary?: boolean) {
    console.log(session.isValid(), userConfirmationNecessary);
  },
  onFailure(error: any) {
    console.error(error);
  },
  newPasswordRequired(userAttributes: any, requiredAttributes: any) {
    user.completeNewPasswordChallenge("new", userAttributes, this, metadata);
    console.log(requiredAttributes);
  },
};
user.authenticateUser(details, callbacks);
user.completeNewPasswordChallenge("new", {}, callbacks);

const done: NodeCallback<CognitoError, string> = (error, result) => console.log(error?.code, error?.statusCode, result);
user.confirmRegistration("123456", true, done, metadata);
user.resendConfirmationCode(done, none);
user.changePassword("old", "new", done, metadata);
user.deleteUser(done);
user.forgotPassword(
  {
    onSuccess: (data: any) => console.log(data),
    onFailure: (error: Error) => console.error(error),
    inputVerificationCode: (data: any) => console.log(data),
  },
  metadata,
);
user.confirmPassword("123456", "new", { onSuccess: (success: string) => console.log(success), onFailure: console.error }, metadata);
user.getUserAttributes((error?: Error, attributes?: CognitoUserAttribute[]) => console.log(error, attributes?.length));
user.signOut();
user.signOut(() => console.log("out"));
user.signOut((error) => console.log(error?.message));
user.globalSignOut({ onSuccess: (message: string) => console.log(message), onFailure: (error: Error) => console.error(error) });

const sessionData: ICognitoUserSessionData = {
  IdToken: new CognitoIdToken({ IdToken: "text" }),
  AccessToken: new CognitoAccessToken({ AccessToken: "text" }),
  RefreshToken: new CognitoRefreshToken({ RefreshToken: "text" }),
};
const session = new CognitoUserSession(sessionData);
const idToken: CognitoIdToken = session.getIdToken();
const accessToken: CognitoAccessToken = session.getAccessToken();
const refreshToken: CognitoRefreshToken = session.getRefreshToken();
const times: number[] = [idToken.getExpiration(), idToken.getIssuedAt(), accessToken.getExpiration(), accessToken.getIssuedAt()];
const raw: string[] = [idToken.getJwtToken(), accessToken.getJwtToken(), refreshToken.getToken()];
idToken.jwtToken = accessToken.jwtToken;
refreshToken.token = "";
session.idToken = idToken;
session.accessToken = accessToken;
session.refreshToken = refreshToken;
session.clockDrift = session.getClockDrift() + session.calculateClockDrift();
console.log(session.toJSON(), idToken, accessToken, refreshToken);
const claims: { [id: string]: any } = { ...idToken.decodePayload(), ...accessToken.decodePayload(), ...idToken.payload };

const options: GetSessionOptions = { clientMetadata: { a: "b" } };
user.getSession((error: Error | null, found: CognitoUserSession | null) => console.log(error, found?.isValid()));
user.getSession((error: CognitoError | null, found: CognitoUserSession | null) => console.log(error, found), options);
user.refreshSession(refreshToken, (error, found) => console.log(error, found), metadata);
user.setSignInUserSession(session);
const signedIn: CognitoUserSession | null = user.getSignInUserSession();

console.log(ids, texts, plain, given, current, username, flow, times, raw, claims, signedIn);
