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
};

/** Plain data (structured-cloneable, comparable by value) that says what `value` is. */
export function describe(value) {
  if (typeof value === "function") return { function: true };
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(describe);
  if (value instanceof Error) return describeError(value);
  const name = className(value);
  if (name in MEMBERS) {
    const members = Object.fromEntries(MEMBERS[name].map((member) => [member, describe(value[member])]));
    return { class: name, members, json: JSON.stringify(value) };
  }
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
