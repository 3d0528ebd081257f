// Every member of the pool and its client, as a strict application would use it. Compiled, never run.

import { CognitoUser, CognitoUserAttribute, CognitoUserPool, appendToCognitoUserAgent } from "amazon-cognito-identity";
import type {
  Client,
  ClientMetadata,
  CodeDeliveryDetails,
  CognitoError,
  ICognitoStorage,
  ICognitoUserAttributeData,
  ICognitoUserPoolData,
  ISignUpResult,
  NodeCallback,
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

const data: ICognitoUserPoolData = {
  UserPoolId: "eu-west-1_Example01",
  ClientId: "client",
  endpoint: "https://idp.example.com/",
  fetchOptions: { credentials: "include" },
  Storage: new Shelf(),
  AdvancedSecurityDataCollectionFlag: false,
  RefreshTokenRotation: true,
};
const pool = new CognitoUserPool(data);
const other = new CognitoUserPool({ UserPoolId: "eu-west-1_Example01", ClientId: "client", endpoint: undefined, Storage: window.localStorage });
const wrapped = new CognitoUserPool(data, (callback) => (error, session) => callback(error, session));

const ids: string[] = [pool.getUserPoolId(), pool.getUserPoolName(), pool.getClientId(), pool.userPoolId, pool.clientId];
const flag: boolean = pool.advancedSecurityDataCollectionFlag;
const kept: string | null = pool.storage.getItem("key");
const wrap: ((target: NodeCallback.Any) => NodeCallback.Any) | undefined = wrapped.wrapRefreshSessionCallback;
const current: CognitoUser | null = pool.getCurrentUser();
const encoded: string | undefined = pool.getUserContextData("alice")?.EncodedData;

const client: Client = pool.client;
client.endpoint = "https://idp.example.com/";
client.fetchOptions = { credentials: "include" };
client.request("GetUser", { AccessToken: "token" }, (error, answer) => console.log(error, answer));
client.requestWithRetry("GetUser", {}, (error) => console.log(error));
const answer: Promise<any> = client.promisifyRequest("GetUser", {});

const metadata: ClientMetadata = { source: "web" };
const attributes: ICognitoUserAttributeData[] = [{ Name: "email", Value: "a@b" }];
pool.signUp("alice", "password", [new CognitoUserAttribute(attributes[0])], [], (error?: Error, result?: ISignUpResult) => {
  const delivery: CodeDeliveryDetails | undefined = result?.codeDeliveryDetails;
  const sub: string | undefined = result?.userSub;
  const confirmed: boolean | undefined = result?.userConfirmed;
  const user: CognitoUser | undefined = result?.user;
  console.log(error, delivery?.Destination, delivery?.DeliveryMedium, delivery?.AttributeName, sub, confirmed, user);
});
const signedUp: NodeCallback<CognitoError, ISignUpResult> = (error) => console.log(error?.code, error?.statusCode, error?.cause);
pool.signUp("alice", "password", attributes, null, signedUp, metadata);

appendToCognitoUserAgent("app/1");

export { answer, current, encoded, flag, ids, kept, other, wrap };
