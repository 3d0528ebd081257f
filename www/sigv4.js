// AWS Signature Version 4 over WebCrypto, for one JSON request.
// Source: "Create a signed AWS API request", AWS Identity and Access Management user guide.

const SERVICE = "cognito-idp";
const encoder = new TextEncoder();

/**
 * Headers that sign a POST of `body` to `url`.
 *
 * @param {object} request
 * @param {string} request.url absolute, without a query
 * @param {Record<string, string>} request.headers to be sent and signed along
 * @param {string} request.body
 * @param {{ accessKeyId: string, secretAccessKey: string, region: string }} credentials
 * @param {Date} [now]
 * @returns {Promise<Record<string, string>>} `headers` with `X-Amz-Date` and `Authorization`
 */
export async function signed({ url, headers, body }, { accessKeyId, secretAccessKey, region }, now = new Date()) {
  const { host, pathname } = new URL(url);
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const date = time.slice(0, 8);
  const all = { ...headers, "X-Amz-Date": time };

  const entries = Object.entries({ ...all, Host: host })
    .map(([name, value]) => [name.toLowerCase(), value.trim()])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const signedHeaders = entries.map(([name]) => name).join(";");
  const canonical = ["POST", pathname, "", ...entries.map((entry) => entry.join(":")), "", signedHeaders, await sha256(body)];

  const scope = [date, region, SERVICE, "aws4_request"].join("/");
  const toSign = ["AWS4-HMAC-SHA256", time, scope, await sha256(canonical.join("\n"))].join("\n");

  let key = encoder.encode(`AWS4${secretAccessKey}`);
  for (const part of scope.split("/")) key = await hmac(key, part);
  const signature = hex(await hmac(key, toSign));

  const credential = `Credential=${accessKeyId}/${scope}`;
  return { ...all, Authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}` };
}

async function hmac(bytes, text) {
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", key, encoder.encode(text));
}

async function sha256(text) {
  return hex(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
}

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
