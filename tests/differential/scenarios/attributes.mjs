import { fails, ok, page, rejects, signedIn } from "../replies.mjs";
import { signIn } from "../sign-in.mjs";

/** `getUserAttributes` of a signed-in user meets this reply. */
const getting = (reply) => async (t) => {
  const user = await signIn(t);
  t.reply(reply);
  await t.step("getUserAttributes", () => user.getUserAttributes(t.callback()));
};

export default {
  async "get: not signed in"(t) {
    const user = t.user();
    await t.step("getUserAttributes", () => user.getUserAttributes(t.callback()));
  },
  async "get: session has expired"(t) {
    const user = await signIn(t, signedIn({ lifetime: 60 }));
    t.now += 60_000;
    await t.step("getUserAttributes", () => user.getUserAttributes(t.callback()));
  },
  "get: revoked": getting(fails("NotAuthorizedException", "Access Token has been revoked")),
  "get: network error": getting(rejects(new TypeError("fetch failed"))),
  "get: HTML page": getting(page(502)),
  "get: answer without attributes": getting(ok({ Username: "alice" })),
  "get: none": getting(ok({ Username: "alice", UserAttributes: [] })),
  "get: several": getting(
    ok({
      Username: "alice",
      UserAttributes: [
        { Name: "sub", Value: "1" },
        { Name: "email", Value: "alice@example.com" },
        { Name: "custom:ünï", Value: "" },
      ],
      UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
    }),
  ),
};
