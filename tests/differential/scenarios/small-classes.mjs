import { jwt, tokens } from "../replies.mjs";
import { NOW } from "../world.mjs";

/** Shows what `make` gives for each candidate argument, and what `look` sees on it. */
const each = (make, look, ...candidates) => async (t) => {
  for (const candidate of candidates) {
    await t.step(JSON.stringify(candidate) ?? "undefined", () => {
      const instance = make(t.lib, candidate);
      return [instance, look(instance)];
    });
  }
};

const idToken = (lib, data) => new lib.CognitoIdToken(data);
const accessToken = (lib, data) => new lib.CognitoAccessToken(data);
const refreshToken = (lib, data) => new lib.CognitoRefreshToken(data);
const attribute = (lib, data) => new lib.CognitoUserAttribute(data);
const details = (lib, data) => new lib.AuthenticationDetails(data);

const lookAtToken = (token) => [token.getJwtToken(), token.getExpiration(), token.getIssuedAt(), token.decodePayload()];
const lookAtDetails = (data) => [
  data.getUsername(),
  data.getPassword(),
  data.getValidationData(),
  data.getAuthParameters(),
  data.getClientMetadata(),
];

const raw = (text) => `header.${Buffer.from(text).toString("base64url")}.signature`;

/** A session made of fresh tokens of these options. */
function session(t, { ClockDrift, ...options } = {}) {
  const { IdToken, AccessToken, RefreshToken } = tokens(options);
  const { CognitoIdToken, CognitoAccessToken, CognitoRefreshToken, CognitoUserSession } = t.lib;
  return new CognitoUserSession({
    IdToken: new CognitoIdToken({ IdToken }),
    AccessToken: new CognitoAccessToken({ AccessToken }),
    RefreshToken: new CognitoRefreshToken({ RefreshToken }),
    ...(ClockDrift === undefined ? {} : { ClockDrift }),
  });
}

export default {
  "authentication details: defaults": each(details, lookAtDetails, undefined, {}, { ValidationData: null, AuthParameters: null, ClientMetadata: null }),
  "authentication details: values": each(
    details,
    lookAtDetails,
    { Username: "alice", Password: "secret" },
    { Username: "alice", ValidationData: { a: "1" }, AuthParameters: { b: "2" }, ClientMetadata: { c: "3" } },
    { Username: "", Password: "" },
  ),
  async "authentication details: the given objects are kept, not copied"(t) {
    const AuthParameters = { b: "2" };
    const data = t.details({ AuthParameters });
    await t.step("same object", () => data.getAuthParameters() === AuthParameters);
    AuthParameters.later = "3";
    await t.step("later changes show", () => data.getAuthParameters());
  },
  async "authentication details: no argument null"(t) {
    await t.step("null", () => new t.lib.AuthenticationDetails(null));
  },

  "attribute: defaults": each(attribute, String, undefined, {}, { Name: null, Value: 0 }, { Name: "email" }, { Value: "v" }),
  "attribute: values": each(attribute, String, { Name: "email", Value: "a@b" }, { Name: "näme", Value: 'quo"te\n' }, { Name: "n", Value: 7 }),
  async "attribute: setters chain"(t) {
    const attribute = new t.lib.CognitoUserAttribute({ Name: "a", Value: "1" });
    await t.step("chained", () => attribute.setName("b").setValue("2") === attribute);
    await t.step("read", () => [attribute.getName(), attribute.getValue(), attribute.toString(), attribute.toJSON(), JSON.stringify([attribute])]);
    await t.step("assigned", () => {
      attribute.Name = "c";
      attribute.Value = "3";
      return [attribute.getName(), attribute.getValue(), attribute];
    });
  },

  "id token: malformed": each(
    idToken,
    lookAtToken,
    undefined,
    {},
    { IdToken: "" },
    { IdToken: null },
    { IdToken: "no dots" },
    { IdToken: "a.b" },
    { IdToken: "a..c" },
    { IdToken: "a.!!!.c" },
    { IdToken: raw("not json") },
    { IdToken: raw('{"cut":') },
  ),
  "id token: scalars for a payload": each(idToken, (token) => token.decodePayload(), { IdToken: raw("12") }, { IdToken: raw('"text"') }, { IdToken: raw("[1]") }),
  "id token: null for a payload": each(idToken, (token) => token.decodePayload(), { IdToken: raw("null") }),
  "id token: claims": each(
    idToken,
    lookAtToken,
    { IdToken: jwt({ sub: "s", exp: 10, iat: 5 }) },
    { IdToken: jwt({ name: "Ünïcode 🎉 名前", exp: "10", iat: 5.5 }) },
    { IdToken: jwt({ "custom:x": null, deep: { a: [1, { b: 2 }] } }) },
    { IdToken: `h.${Buffer.from('{"a":"??>>~~"}').toString("base64")}.s` },
  ),
  async "id token: 300 damaged payloads"(t) {
    const whole = Buffer.from(JSON.stringify({ name: "Ünïcode 🎉 名前", exp: 10, iat: 5, list: [1, "a", null] })).toString("base64");
    let seed = 1;
    const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
    for (let i = 0; i < 300; i += 1) {
      const characters = [..."-_+/=. \n%ÿA0{"];
      const at = random(whole.length);
      const kinds = [
        () => whole.slice(0, at),
        () => whole.slice(0, at) + characters[random(characters.length)] + whole.slice(at + 1),
        () => whole.slice(0, at) + characters[random(characters.length)] + whole.slice(at),
        () => whole.slice(0, at) + whole.slice(at + 1),
      ];
      const payload = kinds[random(kinds.length)]();
      t.note(payload, new t.lib.CognitoIdToken({ IdToken: `h.${payload}.s` }).decodePayload());
    }
  },
  "access token": each(accessToken, lookAtToken, undefined, {}, { AccessToken: jwt({ scope: "a b", exp: 10, iat: 5 }) }, { AccessToken: "x" }),
  "refresh token": each(refreshToken, (token) => token.getToken(), undefined, {}, { RefreshToken: "r" }, { RefreshToken: "" }, { RefreshToken: null }),
  "tokens given as text are not taken": each((lib, text) => [idToken(lib, text), accessToken(lib, text), refreshToken(lib, text)], () => null, "token"),

  async "session: id and access token are needed"(t) {
    const { CognitoIdToken, CognitoAccessToken, CognitoUserSession } = t.lib;
    const IdToken = new CognitoIdToken();
    const AccessToken = new CognitoAccessToken();
    for (const data of [undefined, {}, { IdToken }, { AccessToken }, { IdToken: null, AccessToken }]) {
      await t.step("construct", () => new CognitoUserSession(data));
    }
    await t.step("without a refresh token", () => {
      const session = new CognitoUserSession({ IdToken, AccessToken });
      return [session, session.getRefreshToken()];
    });
  },
  async "session: accessors give the given objects"(t) {
    const whole = session(t);
    await t.step("types", () => [
      whole.getIdToken() instanceof t.lib.CognitoIdToken,
      whole.getAccessToken() instanceof t.lib.CognitoAccessToken,
      whole.getRefreshToken() instanceof t.lib.CognitoRefreshToken,
    ]);
    await t.step("stable", () => [whole.getIdToken() === whole.getIdToken(), whole.getIdToken().getJwtToken() === whole.idToken.jwtToken]);
    await t.step("whole", () => whole);
  },
  async "session: the application's own token objects are kept"(t) {
    const { IdToken, AccessToken } = tokens();
    const id = new t.lib.CognitoIdToken({ IdToken });
    const access = new t.lib.CognitoAccessToken({ AccessToken });
    const whole = new t.lib.CognitoUserSession({ IdToken: id, AccessToken: access });
    await t.step("same objects", () => [whole.getIdToken() === id, whole.getAccessToken() === access, whole.getRefreshToken()]);
    await t.step("still usable", () => [id.getExpiration(), access.getIssuedAt()]);
  },
  async "session: validity around the expiry"(t) {
    const whole = session(t, { lifetime: 3600 });
    for (const seconds of [0, 3598, 3599, 3600, 3601, -3600]) {
      t.now = NOW + seconds * 1000;
      await t.step(`${seconds} s later`, () => whole.isValid());
      t.now += 999;
      await t.step(`${seconds}.999 s later`, () => whole.isValid());
    }
  },
  async "session: the clock's drift"(t) {
    for (const issuedAt of [NOW - 100_000, NOW, NOW + 100_000, NOW + 100_999]) {
      await t.step(`issued ${issuedAt - NOW} ms from now`, () => {
        const whole = session(t, { issuedAt });
        return [whole.getClockDrift(), whole.calculateClockDrift(), whole.isValid()];
      });
    }
    await t.step("given", () => [session(t, { ClockDrift: -5 }).getClockDrift(), session(t, { ClockDrift: 0 }).getClockDrift()]);
  },
  async "session: each token's own times count"(t) {
    const iat = Math.floor(NOW / 1000);
    const cases = {
      "id token expired": { idClaims: { exp: iat - 1 } },
      "access token expired": { accessClaims: { exp: iat - 1 } },
      "expiry as text": { idClaims: { exp: `${iat + 10}` } },
      "no expiry": { idClaims: { exp: undefined } },
      "no issue time": { idClaims: { iat: undefined }, accessClaims: { iat: undefined } },
      "different issue times": { accessClaims: { iat: iat - 50 } },
    };
    for (const [label, options] of Object.entries(cases)) {
      await t.step(label, () => {
        const whole = session(t, options);
        return [whole.getClockDrift(), whole.isValid(), whole];
      });
    }
  },

  async "user: what its constructor asks for"(t) {
    const pool = t.pool();
    const { CognitoUser } = t.lib;
    const candidates = [undefined, null, {}, { Username: "alice" }, { Pool: pool }, { Username: null, Pool: pool }, { Username: "alice", Pool: null }];
    for (const data of candidates) await t.step("construct", () => new CognitoUser(data));
    await t.step("an empty name", () => new CognitoUser({ Username: "", Pool: pool }));
  },
  async "user: fields and accessors"(t) {
    const user = t.user();
    await t.step("accessors", () => [user.getUsername(), user.getAuthenticationFlowType(), user.getSignInUserSession()]);
    await t.step("flow type", () => user.setAuthenticationFlowType("USER_PASSWORD_AUTH"));
    await t.step("read back", () => user.getAuthenticationFlowType());
    await t.step("fields written from outside", () => {
      user.username = "bob";
      user.Session = "outside";
      user.challengeName = "SMS_MFA";
      user.deviceKey = "device";
      return [user.getUsername(), user.Session, user.challengeName, user.deviceKey];
    });
    await t.step("fields of the application's own", () => {
      user.attributes = { email: "a@b" };
      user.preferredMFA = "NOMFA";
      return [user.attributes, user.preferredMFA];
    });
    await t.step("fields emptied", () => {
      user.Session = null;
      user.challengeName = undefined;
      delete user.deviceKey;
      return [user.Session, user.challengeName];
    });
  },
  async "user: two share one pool and one storage"(t) {
    const storage = t.storage();
    const pool = t.pool({ Storage: storage });
    const { CognitoUser } = t.lib;
    const alice = t.watch("alice", new CognitoUser({ Username: "alice", Pool: pool, Storage: storage }));
    const bob = t.watch("bob", new CognitoUser({ Username: "bob", Pool: pool, Storage: storage }));
    await t.step("independent", () => {
      alice.setAuthenticationFlowType("CUSTOM_AUTH");
      return [bob.getAuthenticationFlowType(), alice.pool === bob.pool, alice.client === bob.client];
    });
  },
  async "user: a session set from outside"(t) {
    const user = t.user();
    const whole = session(t);
    await t.step("assigned", () => {
      user.signInUserSession = whole;
      return [user.getSignInUserSession() === whole, user.signInUserSession === whole];
    });
    await t.step("getSession gives it", () => user.getSession(t.callback((_, given) => t.note("the same object", given === whole))));
    await t.step("emptied", () => {
      user.signInUserSession = null;
      return user.getSignInUserSession();
    });
    await t.step("set with its method", () => user.setSignInUserSession(whole));
  },
};
