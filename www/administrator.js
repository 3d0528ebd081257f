// What an application's server does with AWS credentials. A page never holds such credentials:
// these open the local pool only, which says them at its start.

import { signed } from "./sigv4.js";

const LOCAL = { accessKeyId: "local", secretAccessKey: "local" };

/** Creates a user with a verified email address; the pool sends them their temporary password. */
export function createUser({ endpoint, userPoolId }, { username, email, password }) {
  return call({ endpoint, userPoolId }, "AdminCreateUser", {
    UserPoolId: userPoolId,
    Username: username,
    UserAttributes: [
      { Name: "email", Value: email },
      { Name: "email_verified", Value: "true" },
    ],
    DesiredDeliveryMediums: ["EMAIL"],
    TemporaryPassword: password || undefined,
  });
}

async function call({ endpoint, userPoolId }, operation, input) {
  if (!globalThis.crypto?.subtle) {
    throw new Error("Signing needs WebCrypto, which browsers offer over HTTPS and on localhost only.");
  }
  const url = new URL(endpoint).href;
  const body = JSON.stringify(input);
  const headers = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
  };
  const region = userPoolId.split("_")[0];
  const response = await post(url, await signed({ url, headers, body }, { ...LOCAL, region }), body);
  const output = await response.json();
  if (!response.ok) throw failure(output.__type, output.message);
  return output;
}

async function post(url, headers, body) {
  try {
    return await fetch(url, { method: "POST", headers, body });
  } catch {
    throw failure("NetworkError", "Network error");
  }
}

function failure(code, message) {
  return Object.assign(new Error(message), { name: code, code });
}
