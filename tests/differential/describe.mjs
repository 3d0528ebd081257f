// Turns what a package hands to its application into plain data that two runs can be compared by.

/**
 * The members that applications read on each class (own properties upstream, accessors in ours).
 * Reading by name makes both look the same; `JSON.stringify` of the object is compared beside it.
 */
const MEMBERS = {
  CognitoUser: [
    "username",
    "Session",
    "signInUserSession",
    "authenticationFlowType",
    "keyPrefix",
    "userDataKey",
    "deviceKey",
    "deviceGroupKey",
    "randomPassword",
    "verifierDevices",
    "challengeName",
  ],
  CognitoUserPool: ["userPoolId", "clientId", "advancedSecurityDataCollectionFlag", "client"],
  CognitoUserSession: ["idToken", "accessToken", "refreshToken", "clockDrift"],
  CognitoIdToken: ["jwtToken", "payload"],
  CognitoAccessToken: ["jwtToken", "payload"],
  CognitoRefreshToken: ["token"],
  CognitoUserAttribute: ["Name", "Value"],
  AuthenticationDetails: ["username", "password", "validationData", "authParameters", "clientMetadata"],
  Client: ["endpoint", "fetchOptions"],
  CookieStorage: ["domain", "path", "expires", "secure", "sameSite"],
  WordArray: ["words", "sigBytes"],
};

/** Like `MEMBERS`, of a class whose JSON is made of the digits of big integers. */
const HELPER = [
  ...["N", "g", "k", "smallAValue", "largeAValue", "infoBits", "poolName"],
  ...["UHexHash", "UValue", "randomPassword", "SaltToHashDevices", "verifierDevices"],
];

/** Plain data (structured-cloneable, comparable by value) that says what `value` is. */
export function describe(value) {
  if (typeof value === "function") return { function: true };
  if (typeof value === "bigint") return { bigint: String(value) };
  if (typeof value === "symbol") return { symbol: value.description };
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return { bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex") };
  if (Array.isArray(value)) return value.map(describe);
  if (value instanceof Error) return describeError(value);
  const name = className(value);
  if (name in MEMBERS) {
    const members = Object.fromEntries(MEMBERS[name].map((member) => [member, describe(value[member])]));
    return { class: name, members, json: JSON.stringify(value) };
  }
  if (name === "BigInteger") return { class: name, hexadecimal: value.toString(16) };
  if (name === "AuthenticationHelper") return { class: name, members: Object.fromEntries(HELPER.map((member) => [member, describe(value[member])])) };
  const members = Object.fromEntries(Object.keys(value).map((key) => [key, describe(value[key])]));
  return name === "Object" ? members : { class: name, ...members };
}

/** An error by what an application can tell it by: name, message, and every own enumerable property. */
function describeError(error) {
  const own = Object.fromEntries(Object.keys(error).map((key) => [key, describe(error[key])]));
  return { error: className(error), name: error.name, message: error.message, own };
}

function className(value) {
  return value.constructor?.name ?? "null";
}
