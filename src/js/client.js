import { rethrow } from "./errors.js";
import { methods } from "./methods.js";
import { getAmplifyUserAgent } from "./user-agent.js";

/**
 * Sends requests to one endpoint: `pool.client`. Replace `request` of an instance to see or answer them
 * yourself.
 */
export function Client(region, endpoint, fetchOptions) {
  this.endpoint = endpoint || `https://cognito-idp.${region}.amazonaws.com/`;
  // Of the options for fetch, upstream takes this one.
  const credentials = fetchOptions?.credentials;
  this.fetchOptions = credentials ? { credentials } : {};
}

methods(Client, {
  /** The answer as a promise. */
  promisifyRequest(operation, params) {
    return new Promise((resolve, reject) => {
      this.request(operation, params, (error, data) => (error ? reject(error) : resolve(data)));
    });
  },

  /** `request`, and again after a while as long as the failure is one that passes. */
  requestWithRetry(operation, params, callback) {
    const attempt = (number) =>
      this.request(operation, params, (error, data) => {
        const delay = error ? delayAfter(number, error) : undefined;
        if (delay === undefined) return error ? callback(error) : callback(null, data);
        setTimeout(attempt, delay, number + 1);
      });
    attempt(1);
  },

  /** Sends one request, before it returns, and calls `callback(error)` or `callback(null, data)` later, once. */
  request(operation, params, callback) {
    const headers = {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
      "X-Amz-User-Agent": getAmplifyUserAgent(),
      "Cache-Control": "no-store",
    };
    const body = JSON.stringify(params);
    post(this.endpoint, { ...this.fetchOptions, headers, method: "POST", mode: "cors", body })
      .then((data) => callback(null, data), (error) => callback(error))
      .catch(rethrow);
  },
});

/** The body of a good answer. */
async function post(endpoint, options) {
  const sent = fetch(endpoint, options);
  const response = await Promise.resolve(sent).catch((cause) => {
    // An abort, for example, stays what it is.
    throw cause instanceof TypeError ? networkError(cause) : cause;
  });
  const data = await json(response);
  if (response.ok) return data;
  throw serviceError(response, data);
}

async function json(response) {
  try {
    return await response.json();
  } catch {
    // Some operations answer with no body at all.
    return {};
  }
}

/** No answer came. Unlike a service's error, this one keeps the name "Error". */
function networkError(cause) {
  return Object.assign(new Error("Network error", { cause }), { code: "NetworkError" });
}

/** What an answer other than 2xx says, which may come from something between us and the service. */
function serviceError({ status = 0, headers }, data) {
  const text = (key) => (typeof data?.[key] === "string" ? data[key] : undefined);
  const type = text("__type") ?? text("code");
  const [code, message] =
    type === undefined
      ? [headers?.get("x-amzn-errortype")?.split(":")[0] ?? "UnknownError", status || null]
      : [type.split("#").pop(), text("message") ?? text("Message") ?? null];
  return Object.assign(new Error(message), { name: code, code, statusCode: status });
}

/** Errors that pass: the network's, and those by which the service asks for patience. */
const TRANSIENT = ["NetworkError", "TooManyRequestsException", "ThrottlingException", "RequestLimitExceeded"];

const LONGEST_DELAY = 5000;

/** Milliseconds to wait after this failed attempt; undefined if it is not worth another. */
function delayAfter(attempt, { code, statusCode }) {
  if (!(statusCode >= 500) && !TRANSIENT.includes(code)) return undefined;
  const delay = 2 ** attempt * 100 + Math.random() * 100;
  return delay <= LONGEST_DELAY ? delay : undefined;
}
