import { methods } from "./methods.js";

const SAME_SITE = ["strict", "lax", "none"];

/** Keeps tokens in cookies, so that a server sees them. Names and values are encoded as js-cookie does it. */
export function CookieStorage(data = {}) {
  if (data.domain) this.domain = data.domain;
  this.path = data.path || "/";
  this.expires = "expires" in data ? data.expires : 365;
  this.secure = "secure" in data ? data.secure : true;
  if ("sameSite" in data) {
    if (!SAME_SITE.includes(data.sameSite)) {
      throw new Error('The sameSite value of cookieStorage must be "lax", "strict" or "none".');
    }
    if (data.sameSite === "none" && !this.secure) {
      throw new Error("sameSite = None requires the Secure attribute in latest browser versions.");
    }
    this.sameSite = data.sameSite;
  } else {
    this.sameSite = null;
  }
}

methods(CookieStorage, {
  setItem(key, value) {
    const { path, expires, domain, secure, sameSite } = this;
    write(key, value, { path, expires, domain, secure, sameSite });
    return read().get(key);
  },

  getItem(key) {
    return read().get(key) ?? null;
  },

  removeItem(key) {
    const { path, domain, secure, sameSite } = this;
    write(key, "", { path, domain, secure, sameSite, expires: -1 });
  },

  /** Removes what this package has put there, and nothing of anybody else's. */
  clear() {
    for (const name of read().keys()) {
      if (name.startsWith("CognitoIdentityServiceProvider.")) this.removeItem(name);
    }
    return {};
  },
});

const DAY = 864e5;

function write(name, value, { expires, ...others }) {
  if (typeof document === "undefined") return;
  const date = typeof expires === "number" ? new Date(Date.now() + expires * DAY) : expires;
  // Upstream's order: path first, and the date before or after the others as it was given.
  const attributes = { path: others.path, expires: date?.toUTCString?.() ?? date, ...others };
  const texts = Object.entries(attributes)
    .filter(([, attribute]) => attribute)
    .map(([key, attribute]) => (attribute === true ? `; ${key}` : `; ${key}=${String(attribute).split(";")[0]}`));
  document.cookie = `${encodeName(name)}=${encodeValue(value)}${texts.join("")}`;
}

/** The first cookie of each name counts. */
function read() {
  const cookies = new Map();
  if (typeof document === "undefined" || !document.cookie) return cookies;
  for (const cookie of document.cookie.split("; ")) {
    const [name, ...rest] = cookie.split("=");
    try {
      const key = decodeURIComponent(name);
      if (!cookies.has(key)) cookies.set(key, decodeValue(rest.join("=")));
    } catch {
      // Somebody else's cookie, encoded otherwise.
    }
  }
  return cookies;
}

function encodeName(name) {
  return encodeURIComponent(name)
    .replace(/%(2[346B]|5E|60|7C)/g, decodeURIComponent)
    .replace(/[()]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

function encodeValue(value) {
  return encodeURIComponent(value).replace(/%(2[346BF]|3[AC-F]|40|5[BDE]|60|7[BCD])/g, decodeURIComponent);
}

function decodeValue(value) {
  const bare = value.startsWith('"') ? value.slice(1, -1) : value;
  return bare.replace(/(%[\dA-F]{2})+/gi, decodeURIComponent);
}
