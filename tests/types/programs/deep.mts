// What applications import below the package, as a bundler resolves it.

import AuthenticationHelper from "amazon-cognito-identity/lib/AuthenticationHelper";
import BigInteger from "amazon-cognito-identity/lib/BigInteger.js";
import Client from "amazon-cognito-identity/es/Client";
import CognitoUser from "amazon-cognito-identity/src/CognitoUser";
import StorageHelper, { MemoryStorage } from "amazon-cognito-identity/lib/StorageHelper";
import UserAgent, { getAmplifyUserAgent } from "amazon-cognito-identity/lib/UserAgent";
import WordArray from "amazon-cognito-identity/lib/utils/WordArray";
import { addAuthCategoryToCognitoUserAgent, addFrameworkToCognitoUserAgent } from "amazon-cognito-identity/internals";
import { CognitoUser as Indexed, type BigInteger as Integer } from "amazon-cognito-identity";
import { init, CognitoUserPool } from "amazon-cognito-identity/slim";
import wasm from "amazon-cognito-identity/cognito.wasm";
import "amazon-cognito-identity/dist/amazon-cognito-identity.min.js";

const integer: Integer = new BigInteger("ff", 16).add(BigInteger.ONE).subtract(BigInteger.ZERO);
const numbers: BigInteger[] = [integer.negate(), integer.abs(), integer.mod(integer), integer.multiply(integer), integer.divide(integer)];
integer.fromInt(3);
integer.modPow(integer, integer, (_error, power) => console.log(power.toString(16), power.bitLength(), power.compareTo(integer), power.equals(integer)));
const padded: string = new AuthenticationHelper("Example01").padHex(integer);
const client = new Client("eu-west-1", undefined, { credentials: "include" });
const user: Indexed = new CognitoUser({ Username: "alice", Pool: new CognitoUserPool({ UserPoolId: "a_b", ClientId: "c" }) });
const kept: string | undefined = MemoryStorage.getItem(MemoryStorage.setItem("key", "value"));
new StorageHelper().getStorage().clear();
console.log(new StorageHelper().storageWindow, MemoryStorage.removeItem("key"), MemoryStorage.clear());
UserAgent.prototype.userAgent = getAmplifyUserAgent();
const array: WordArray = new WordArray().random(4);
addAuthCategoryToCognitoUserAgent();
addFrameworkToCognitoUserAgent("1");
const ready: Promise<void> = init();
init(wasm);
init(fetch("cognito.wasm"));
init(new Uint8Array());

export { array, client, kept, numbers, padded, ready, user };
