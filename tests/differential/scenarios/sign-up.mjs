import { duck, fails, never, ok, page, rejects, throws } from "../replies.mjs";

const DELIVERY = { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***" };

/** A sign-up that meets this reply. */
const meeting = (reply) => async (t) => {
  const pool = t.pool();
  t.reply(reply);
  await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, t.callback()));
};

const email = (t) => new t.lib.CognitoUserAttribute({ Name: "email", Value: "alice@example.com" });

export default {
  "a service error": meeting(fails("UsernameExistsException", "User already exists")),
  "an error type with a namespace": meeting(fails("com.amazonaws.cognito#InvalidPasswordException", "Password too short")),
  "an error whose message has a capital M": meeting(
    fails("", "", { body: { __type: "InvalidParameterException", Message: "2 validation errors detected" } }),
  ),
  "an error without a message": meeting(fails("", "", { body: { __type: "InternalErrorException" }, status: 500 })),
  "an error given as code": meeting(fails("", "", { body: { code: "TooManyRequestsException", message: "Rate exceeded" } })),
  "an error named only by its header": meeting(
    page(400, "", { "x-amzn-errortype": "InvalidParameterException:http://internal.amazon.com/" }),
  ),
  "a service error named by body and header": meeting(
    fails("CodeDeliveryFailureException", "Mail failed", { headers: { "x-amzn-errortype": "CodeDeliveryFailureException:" } }),
  ),
  "a network error": meeting(rejects(new TypeError("fetch failed"))),
  "an aborted request": meeting(rejects(new DOMException("The operation was aborted.", "AbortError"))),
  "a rejection that is no TypeError": meeting(rejects(new Error("proxy said no"))),
  "an HTML page from a proxy": meeting(page(502)),
  "an empty error answer": meeting(page(503, "")),
  "a JSON error answer without a type": meeting(fails("", "", { status: 500, body: { message: "no type" } })),
  "success without JSON": meeting(page(200, "<html></html>")),
  "success with an empty body": meeting(page(200, "")),
  "no answer at all": meeting(never()),
  "a stand-in for Response": meeting(duck(200, { UserConfirmed: true, UserSub: "sub-1" })),
  "a failed stand-in for Response": meeting(duck(400, { __type: "NotAuthorizedException", message: "SignUp is not permitted" })),

  async "fetch throws"(t) {
    const pool = t.pool();
    t.reply(throws(new Error("blocked by policy")));
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, t.callback()));
  },

  async "a callback that throws on success"(t) {
    const pool = t.pool();
    t.reply(ok({ UserConfirmed: true, UserSub: "sub-1" }));
    const thrower = t.callback((error) => {
      if (error === null) throw new Error("the application's own bug");
    });
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, thrower));
  },

  async "a callback that throws on failure"(t) {
    const pool = t.pool();
    t.reply(fails("UsernameExistsException", "User already exists"));
    let calls = 0;
    const thrower = t.callback(() => {
      calls += 1;
      if (calls === 1) throw new Error("the application's own bug");
    });
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, thrower));
  },

  async "the new user, unconfirmed"(t) {
    const pool = t.pool();
    t.reply(ok({ UserConfirmed: false, UserSub: "sub-1", CodeDeliveryDetails: DELIVERY }));
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [email(t)], null, t.callback()));
  },

  async "attributes, validation data and client metadata"(t) {
    const pool = t.pool();
    const plain = { Name: "custom:team", Value: "núm€ros 🎉" };
    t.reply(ok({ UserConfirmed: true, UserSub: "sub-1" }));
    await t.step("signUp", () =>
      pool.signUp("alice", "Correct-horse-1", [email(t), plain], [{ Name: "captcha", Value: "x" }], t.callback(), { source: "web" }),
    );
  },

  async "arguments left undefined"(t) {
    const pool = t.pool();
    t.reply(fails("InvalidParameterException", "Missing required parameter"));
    await t.step("signUp", () => pool.signUp(undefined, undefined, undefined, undefined, t.callback(), undefined));
  },

  async "the new user confirms with the pool's storage"(t) {
    const pool = t.pool();
    let user;
    t.reply(ok({ UserConfirmed: false, UserSub: "sub-1", CodeDeliveryDetails: DELIVERY }), ok());
    const keep = t.callback((_, result) => {
      user = result.user;
      t.note("pool is the same object", user.pool === pool);
      t.note("storage is the pool's", user.storage === pool.storage);
    });
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, keep));
    await t.step("confirmRegistration", () => user.confirmRegistration("123456", true, t.callback()));
  },

  async "a second sign-up from inside the callback"(t) {
    const pool = t.pool();
    t.reply(fails("UsernameExistsException", "User already exists"), ok({ UserConfirmed: true, UserSub: "sub-2" }));
    const again = t.callback(() => pool.signUp("alice2", "Correct-horse-1", [], null, t.callback(undefined, "second")), "first");
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, again));
  },

  async "two sign-ups under way"(t) {
    const pool = t.pool();
    t.reply(ok({ UserConfirmed: true, UserSub: "sub-1" }), ok({ UserConfirmed: true, UserSub: "sub-2" }));
    await t.step("both", () => {
      pool.signUp("alice", "Correct-horse-1", [], null, t.callback(undefined, "first"));
      pool.signUp("bob", "Correct-horse-2", [], null, t.callback(undefined, "second"));
    });
  },

  async "to another endpoint with credentials"(t) {
    const pool = t.pool({ endpoint: "https://auth.example.com/idp", fetchOptions: { credentials: "include", cache: "reload" } });
    t.reply(ok({ UserConfirmed: true, UserSub: "sub-1" }));
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, t.callback()));
  },

  async "security data switched off"(t) {
    const pool = t.pool({ AdvancedSecurityDataCollectionFlag: false });
    t.reply(ok({ UserConfirmed: true, UserSub: "sub-1" }));
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, t.callback()));
  },
};
