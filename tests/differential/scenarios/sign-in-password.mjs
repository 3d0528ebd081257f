import { challenge, fails, ok, page, rejects, signedIn } from "../replies.mjs";

const CALLBACKS = ["onSuccess", "onFailure", "newPasswordRequired"];

/** A password sign-in with details of this data that meets these replies. */
const signingIn = (data, ...replies) => async (t) => {
  const user = t.user();
  user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
  t.reply(...replies);
  await t.step("authenticateUser", () => user.authenticateUser(t.details(data), t.callbacks(...CALLBACKS)));
};

export default {
  "wrong password": signingIn({}, fails("NotAuthorizedException", "Incorrect username or password.")),
  "no password": signingIn({ Password: undefined }),
  "an empty password": signingIn({ Password: "" }),
  "flow not enabled": signingIn({}, fails("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client")),
  "network error": signingIn({}, rejects(new TypeError("fetch failed"))),
  "HTML page": signingIn({}, page(502)),
  "success without JSON": signingIn({}, page(200)),
  success: signingIn({}, signedIn()),
  "success without a refresh token": signingIn({}, signedIn({ refreshToken: null })),
  "tokens without times": signingIn({}, signedIn({ idClaims: { iat: undefined }, accessClaims: { iat: undefined } })),
  "a clock that is behind": signingIn({}, signedIn({ issuedAt: Date.UTC(2026, 2, 1, 12, 10, 0) })),
  "a password that is no well-formed text": signingIn({ Password: "lone \ud800 surrogate" }, signedIn()),
  "validation data": signingIn({ ValidationData: { a: "1" } }, signedIn()),
  "client metadata": signingIn({ ClientMetadata: { b: "2" } }, signedIn()),
  "a temporary password": signingIn(
    {},
    challenge("NEW_PASSWORD_REQUIRED", { userAttributes: '{"email":"a@b"}', requiredAttributes: '["userAttributes.name"]' }),
  ),
  "an unknown challenge": signingIn({}, challenge("WEB_AUTHN", { CREDENTIAL_REQUEST_OPTIONS: "{}" })),
  "an answer that is neither tokens nor challenge": signingIn({}, ok({})),

  async "what is drawn"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.noteDraws();
    t.reply(signedIn());
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "the cached device key goes along"(t) {
    const prefix = "CognitoIdentityServiceProvider.1example23456789client.alice";
    const user = t.user("alice", {
      entries: {
        [`${prefix}.deviceKey`]: "device-1",
        [`${prefix}.randomPasswordKey`]: "random-1",
        [`${prefix}.deviceGroupKey`]: "group-1",
      },
    });
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "details that name another user"(t) {
    const user = t.user("bob");
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks(...CALLBACKS)));
  },
  async "onSuccess signs out"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    const callbacks = t.callbacks("onFailure", { onSuccess: () => user.signOut() });
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), callbacks));
  },
  async "onSuccess throws"(t) {
    const user = t.user();
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    t.reply(signedIn());
    const onSuccess = () => {
      throw new TypeError("the application's own bug");
    };
    await t.step("authenticateUser", () => user.authenticateUser(t.details(), t.callbacks("onFailure", { onSuccess })));
    await t.step("the session is there", () => user.getSession(t.callback()));
  },
};
