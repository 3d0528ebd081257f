// Requests to a live server, recorded as they pass through `fetch`.

/**
 * Runs `act` and gives every request that it made to `server`:
 * `{operation, headers, options, body, order, response}`, the client's id replaced by its name.
 */
export async function recording(server, act) {
  const requests = [];
  const { fetch } = globalThis;
  globalThis.fetch = async (url, init) => {
    const response = await fetch(url, init);
    // The recorder's own readers of outbox and codes go elsewhere.
    if (url === `${server.url}/`) {
      const { headers, body, ...options } = init;
      requests.push({
        operation: headers["X-Amz-Target"],
        headers,
        options,
        body: JSON.parse(body.replaceAll(`"${server.clientId}"`, '"<client id>"')),
        // The body without its texts: what is left tells the order of its members.
        order: body.replace(/:"(?:[^"\\]|\\.)*"/g, ":"),
        response: await response.clone().json(),
      });
    }
    return response;
  };
  try {
    await act();
  } finally {
    globalThis.fetch = fetch;
  }
  return requests;
}

/** Members that are new in every run, each with the form that its value must have. */
const RANDOM = {
  SRP_A: /^[1-9a-f][0-9a-f]{700,767}$/,
  PASSWORD_CLAIM_SECRET_BLOCK: /^[A-Za-z0-9+/_-]{20,}={0,2}$/,
  PASSWORD_CLAIM_SIGNATURE: /^[A-Za-z0-9+/]{43}=$/,
  TIMESTAMP: /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [1-9]\d? \d\d:\d\d:\d\d UTC \d{4}$/,
  Session: /^.{20,4096}$/s,
  AccessToken: /^[\w-]+\.[\w-]+\.[\w-]+$/,
  REFRESH_TOKEN: /^.{20,}$/s,
  Token: /^.{20,}$/s,
  ConfirmationCode: /^\d{6}$/,
};

/**
 * The request with its random values replaced by their names, after checking their form. The
 * user's `sub`, which stands where the username was after an SRP sign-in, becomes `<sub>`.
 */
export function withoutRandom({ operation, headers, options, body, order }) {
  return { operation, headers, options, body: mask(body), order };
}

function mask(value, key) {
  if (Array.isArray(value)) return value.map((item) => mask(item));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mask(member, name)]));
  }
  if (key in RANDOM) return RANDOM[key].test(value) ? `<${key}>` : `<malformed ${key}: ${value}>`;
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) return "<sub>";
  return value;
}
