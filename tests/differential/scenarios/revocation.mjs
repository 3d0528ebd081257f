import { fails, ok, rejects } from "../replies.mjs";
import { restored } from "../sign-in.mjs";

const REVOCABLE = { accessClaims: { origin_jti: "origin-1" } };
const NETWORK = () => rejects(new TypeError("fetch failed"));
const six = (reply) => Array.from({ length: 6 }, reply);

/** `revokeTokens` of a user with a session of these tokens meets these replies. */
const revoking = (options, ...replies) => async (t) => {
  const user = await restored(t, options);
  t.reply(...replies);
  await t.step("revokeTokens", () => user.revokeTokens(t.callback()));
};

export default {
  "tokens: success": revoking(REVOCABLE, ok()),
  "tokens: not revocable": revoking({}),
  "tokens: no refresh token": revoking({ ...REVOCABLE, refreshToken: "" }),
  "tokens: refused": revoking(REVOCABLE, ...six(() => fails("UnsupportedOperationException", "Revocation is not enabled"))),
  "tokens: no network": revoking(REVOCABLE, ...six(NETWORK)),
  "tokens: no network, then success": revoking(REVOCABLE, NETWORK(), ok()),
  async "tokens: not signed in"(t) {
    const user = t.user();
    await t.step("revokeTokens", () => user.revokeTokens(t.callback()));
  },
  async "tokens: without a callback"(t) {
    const user = await restored(t, REVOCABLE);
    t.reply(ok());
    await t.step("revokeTokens", () => user.revokeTokens());
    await t.step("undefined, not signed in", () => {
      user.cleanClientData();
      return user.revokeTokens(undefined);
    });
  },
  async "tokens: something that is no function"(t) {
    const user = await restored(t, REVOCABLE);
    for (const callback of [null, "text", {}]) await t.step(JSON.stringify(callback), () => user.revokeTokens(callback));
  },
  async "tokens: a session without an access token"(t) {
    const user = await restored(t, REVOCABLE);
    user.getSignInUserSession().accessToken = null;
    await t.step("revokeTokens", () => user.revokeTokens(t.callback()));
  },
  async "tokens: an expired session is revoked all the same"(t) {
    const user = await restored(t, { ...REVOCABLE, lifetime: 60 });
    t.now += 61_000;
    t.reply(ok());
    await t.step("revokeTokens", () => user.revokeTokens(t.callback()));
  },
  async "tokens: a callback that throws"(t) {
    const user = await restored(t, REVOCABLE);
    t.reply(ok());
    let thrown = false;
    const thrower = t.callback(() => {
      if (thrown) return;
      thrown = true;
      throw new Error("the application's own bug");
    });
    await t.step("revokeTokens", () => user.revokeTokens(thrower));
  },
  async "token: any"(t) {
    const user = t.user();
    t.reply(ok());
    await t.step("revokeToken", () => user.revokeToken({ token: "any", callback: t.callback() }));
  },
  async "token: refused"(t) {
    const user = t.user();
    t.reply(...six(() => fails("InvalidParameterException", "Invalid refresh token")));
    await t.step("revokeToken", () => user.revokeToken({ token: "any", callback: t.callback() }));
  },
  async "revocable"(t) {
    const user = t.user();
    const { CognitoAccessToken } = t.lib;
    const payload = (claims) => ({ decodePayload: () => claims });
    const thrower = {
      decodePayload() {
        throw new Error("broken");
      },
    };
    for (const token of [undefined, null, "text", {}, payload({}), payload({ origin_jti: "" }), payload({ origin_jti: "x" }), payload(null), thrower]) {
      await t.step("isSessionRevocable", () => user.isSessionRevocable(token));
    }
    await t.step("an empty access token", () => user.isSessionRevocable(new CognitoAccessToken()));
  },
  async "cleanClientData"(t) {
    const user = await restored(t, REVOCABLE);
    await t.step("cleanClientData", () => user.cleanClientData());
    await t.step("again", () => user.cleanClientData());
  },
};
