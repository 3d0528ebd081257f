import { signedIn } from "../replies.mjs";
import { CLIENT_ID } from "../stage.mjs";

/** A page's `document.cookie`: keeps every cookie by name, and each write with its attributes in the trace. */
class Cookies {
  #world;
  #jar;

  constructor(world, jar) {
    this.#world = world;
    this.#jar = new Map(Object.entries(jar));
  }

  get cookie() {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  set cookie(text) {
    this.#world.record({ cookie: text });
    const [pair, ...attributes] = text.split("; ");
    const [name, ...value] = pair.split("=");
    const expires = attributes.find((attribute) => attribute.startsWith("expires="));
    if (expires !== undefined && Date.parse(expires.slice("expires=".length)) <= this.#world.now) this.#jar.delete(name);
    else this.#jar.set(name, value.join("="));
  }
}

/** A scenario on a page with these cookies. */
const onPage = (jar, run) => ({ settings: (world) => ({ document: new Cookies(world, jar) }), run });

/** Constructs with each of these. */
const constructing = (...candidates) => async (t) => {
  for (const data of candidates) {
    await t.step(JSON.stringify(data) ?? "undefined", () => {
      const storage = new t.lib.CookieStorage(data);
      return [storage, Object.keys(storage)];
    });
  }
};

/** Writes, reads and removes one cookie with each of these settings. */
const using = (...candidates) =>
  onPage({}, async (t) => {
    for (const data of candidates) {
      const storage = new t.lib.CookieStorage(data);
      await t.step("setItem", () => storage.setItem("key", "value"));
      await t.step("getItem", () => storage.getItem("key"));
      await t.step("removeItem", () => storage.removeItem("key"));
      await t.step("gone", () => storage.getItem("key"));
    }
  });

const KEY = `CognitoIdentityServiceProvider.${CLIENT_ID}.LastAuthUser`;
const ASCII = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("");

export default {
  "defaults": constructing(undefined, {}, { domain: "" }, { path: "" }),
  "settings": constructing({ domain: ".example.com", path: "/app", expires: 7, secure: false }, { expires: undefined }, { expires: null, secure: undefined }),
  "sameSite": constructing({ sameSite: "strict" }, { sameSite: "lax" }, { sameSite: "none" }),
  "sameSite: refused": constructing({ sameSite: "Lax" }, { sameSite: undefined }, { sameSite: null }, { sameSite: "" }, { sameSite: "none", secure: false }),
  async "null for settings"(t) {
    await t.step("construct", () => new t.lib.CookieStorage(null));
  },
  "attributes: defaults": using({}),
  "attributes: all": using({ domain: ".example.com", path: "/app", expires: 7, secure: true, sameSite: "strict" }),
  "attributes: not secure": using({ secure: false, sameSite: "lax" }),
  "attributes: a session cookie": using({ expires: undefined }, { expires: 0 }),
  "attributes: part of a day": using({ expires: 0.5 }),
  "attributes: a date": using({ expires: new Date(Date.UTC(2027, 0, 1)) }),
  "attributes: cut at a semicolon": using({ domain: "example.com; path=/evil", path: "/a;b" }),
  "names and values: every printable character": onPage({}, async (t) => {
    const storage = new t.lib.CookieStorage({});
    for (const character of ASCII) {
      t.note(character, [storage.setItem(`k${character}`, `v${character}`), storage.getItem(`k${character}`)]);
    }
  }),
  "names and values: beyond ASCII": onPage({}, async (t) => {
    const storage = new t.lib.CookieStorage({});
    for (const text of ["ünïcode", "🎉", "名前", "%41", "%", "a%zz"]) {
      await t.step(text, () => [storage.setItem(text, text), storage.getItem(text)]);
    }
  }),
  "values that are no text": onPage({}, async (t) => {
    const storage = new t.lib.CookieStorage({});
    for (const value of [7, true, null, undefined, ""]) {
      await t.step(JSON.stringify(value) ?? "undefined", () => [storage.setItem("key", value), storage.getItem("key")]);
    }
  }),
  "reading": onPage({ other: "1", "encoded%20name": "%22quoted%22", quoted: '"in quotes"', twice: "a=b=c", broken: "%E0%A4%A" }, async (t) => {
    const storage = new t.lib.CookieStorage({});
    for (const key of ["other", "encoded name", "quoted", "twice", "broken", "missing", "", undefined]) {
      await t.step(String(key), () => storage.getItem(key));
    }
  }),
  "clear": onPage({ other: "1", another: "2" }, async (t) => {
    const storage = new t.lib.CookieStorage({ domain: ".example.com" });
    storage.setItem(KEY, "alice");
    await t.step("clear", () => storage.clear());
    await t.step("left", () => ["other", "another", KEY].map((key) => storage.getItem(key)));
  }),
  async "no document"(t) {
    const storage = new t.lib.CookieStorage({});
    await t.step("setItem", () => storage.setItem("key", "value"));
    await t.step("getItem", () => storage.getItem("key"));
    await t.step("removeItem", () => storage.removeItem("key"));
  },
  "a whole sign-in": onPage({ unrelated: "kept" }, async (t) => {
    const Storage = new t.lib.CookieStorage({ domain: "localhost", secure: false });
    const pool = t.pool({ Storage });
    const user = new t.lib.CognitoUser({ Username: "alice@example.com", Pool: pool, Storage });
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("sign in", () => user.authenticateUser(t.details(), t.callbacks("onSuccess", "onFailure")));
    await t.step("found again", () => pool.getCurrentUser().getSession(t.callback()));
    await t.step("signOut", () => user.signOut());
    await t.step("nobody", () => pool.getCurrentUser());
    await t.step("the rest", () => Storage.getItem("unrelated"));
  }),
};
