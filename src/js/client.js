// `pool.client`: one POST for each request.

/** Upstream's: the service sees the client it knows. */
const USER_AGENT = "aws-amplify/5.0.4";

/** Sends requests to one endpoint. Replace `request` of an instance to see or answer them yourself. */
export class Client {
  constructor(endpoint, fetchOptions) {
    this.endpoint = endpoint;
    // Of the options for fetch, upstream takes this one.
    const credentials = fetchOptions?.credentials;
    this.fetchOptions = credentials ? { credentials } : {};
  }

  /** Sends one request, before it returns, and calls `callback(error)` or `callback(null, data)` later, once. */
  request(operation, params, callback) {
    const headers = {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
      "X-Amz-User-Agent": USER_AGENT,
      "Cache-Control": "no-store",
    };
    const body = JSON.stringify(params);
    post(this.endpoint, { ...this.fetchOptions, headers, method: "POST", mode: "cors", body })
      .then((data) => callback(null, data), (error) => callback(error))
      // What a callback throws is seen, but disturbs nothing.
      .catch((thrown) => queueMicrotask(() => { throw thrown; }));
  }
}

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
