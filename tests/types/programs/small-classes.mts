// Every member of the classes around pool and user. Compiled, never run.

import {
  AuthenticationDetails,
  AuthenticationHelper,
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUserAttribute,
  CognitoUserSession,
  CookieStorage,
  DateHelper,
  WordArray,
} from "amazon-cognito-identity";
import type {
  BigInteger,
  IAuthenticationDetailsData,
  ICognitoStorage,
  ICognitoUserAttributeData,
  ICognitoUserSessionData,
  ICookieStorageData,
  UserAgent,
} from "amazon-cognito-identity";

const data: IAuthenticationDetailsData = {
  Username: "alice",
  Password: "password",
  ValidationData: { key: "value" },
  AuthParameters: { CHALLENGE_NAME: "SRP_A" },
  ClientMetadata: { source: "web" },
};
const details = new AuthenticationDetails(data);
new AuthenticationDetails({ Username: "alice", Password: undefined });
const given: string[] = [details.getUsername(), details.getPassword(), details.username];
const password: string | undefined = details.password;
const validation: { [key: string]: any } = { ...details.getValidationData(), ...details.validationData };
const parameters: { [key: string]: any } = { ...details.getAuthParameters(), ...details.authParameters };
const metadata: { [key: string]: string } = { ...details.getClientMetadata(), ...details.clientMetadata };

const attributeData: ICognitoUserAttributeData = { Name: "email", Value: "a@b" };
const attribute = new CognitoUserAttribute(attributeData);
const chained: CognitoUserAttribute = attribute.setName("name").setValue("value");
const texts: string[] = [chained.getName(), chained.getValue(), chained.toString(), attribute.Name, attribute.Value];
const plain: ICognitoUserAttributeData = chained.toJSON();

const sessionData: ICognitoUserSessionData = {
  IdToken: new CognitoIdToken({ IdToken: "text" }),
  AccessToken: new CognitoAccessToken({ AccessToken: "text" }),
  RefreshToken: new CognitoRefreshToken({ RefreshToken: "text" }),
  ClockDrift: 0,
};
const session = new CognitoUserSession(sessionData);
const idToken: CognitoIdToken = session.getIdToken();
const accessToken: CognitoAccessToken = session.getAccessToken();
const refreshToken: CognitoRefreshToken = session.getRefreshToken();
const times: number[] = [idToken.getExpiration(), accessToken.getIssuedAt(), session.getClockDrift(), session.calculateClockDrift(), session.clockDrift];
const raw: string[] = [idToken.getJwtToken(), accessToken.jwtToken, refreshToken.getToken(), refreshToken.token];
const claims: { [id: string]: any } = { ...idToken.decodePayload(), ...accessToken.payload };
const valid: boolean = session.isValid();
session.idToken = idToken;
session.accessToken = accessToken;
session.refreshToken = refreshToken;

const cookieData: ICookieStorageData = { domain: "example.com", path: "/", expires: 365, secure: true, sameSite: "lax" };
const cookies = new CookieStorage(cookieData);
const storage: ICognitoStorage = new CookieStorage();
cookies.setItem("key", "value");
cookies.removeItem("key");
cookies.clear();
const found: string | null = cookies.getItem("key");
const settings = [cookies.domain, cookies.path, cookies.expires, cookies.secure, cookies.sameSite];

const now: string = new DateHelper().getNowString();
const array = new WordArray([1, 2], 8);
const hex: string = new WordArray().random(16).toString();
const words: number[] = [...array.words, array.sigBytes];
declare const agent: UserAgent;
const header: string = agent.userAgent;

const helper = new AuthenticationHelper("Example01");
const numbers: BigInteger[] = [helper.N, helper.g, helper.k, helper.smallAValue, helper.largeAValue, helper.getSmallAValue(), helper.generateRandomSmallA()];
helper.getLargeAValue((error, A) => console.log(error, A.toString(16)));
helper.calculateA(helper.smallAValue, (error, A) => console.log(error, A.bitLength()));
helper.UValue = helper.calculateU(helper.largeAValue, helper.g);
let key: Uint8Array | undefined;
helper.getPasswordAuthenticationKey("alice", "password", helper.largeAValue, helper.g, (_error, hkdf) => {
  key = hkdf;
});
helper.calculateS(helper.g, helper.largeAValue, (_error, S: BigInteger) => console.log(S));
helper.generateHashDevice("group", "key", (error: any) => console.log(error));
const device: (string | undefined)[] = [helper.getRandomPassword(), helper.getSaltDevices(), helper.getVerifierDevices(), helper.randomPassword, helper.SaltToHashDevices, helper.verifierDevices];
const hashes: (string | undefined)[] = [helper.hash("text"), helper.hash(helper.infoBits), helper.hexHash("00"), helper.padHex(helper.N), helper.UHexHash];
const hkdf: Uint8Array = helper.computehkdf(new Uint8Array(1), new Uint8Array(1));
const other: string[] = [helper.poolName, helper.generateRandomString(), helper.getNewPasswordRequiredChallengeUserAttributePrefix()];

export { claims, device, found, given, hashes, header, hex, hkdf, key, metadata, now, numbers, other, parameters, password, plain, raw, settings, storage, texts, times, valid, validation, words };
