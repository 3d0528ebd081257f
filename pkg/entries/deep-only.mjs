// What upstream has in deep files alone; nothing here uses it.

export const version = "5.0.4";

export const FRAMEWORK = { None: "0", ReactNative: "1" };

export const AUTH_CATEGORY = "auth";

export function detectFramework() {
  return isReactNative() ? FRAMEWORK.ReactNative : FRAMEWORK.None;
}

export const Platform = { userAgent: `aws-amplify/${version}`, isReactNative: isReactNative() };

export function getUserAgent() {
  return Platform.userAgent;
}

/** 32 random bits. */
export function cryptoSecureRandomInt() {
  try {
    return globalThis.crypto.getRandomValues(new Uint32Array(1))[0];
  } catch {
    throw new Error("Native crypto module could not be used to get secure random number.");
  }
}

function isReactNative() {
  return globalThis.navigator?.product === "ReactNative";
}
