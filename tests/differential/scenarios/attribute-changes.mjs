import { fails, ok, page, rejects, signedIn } from "../replies.mjs";
import { restored } from "../sign-in.mjs";
import { CLIENT_ID } from "../stage.mjs";

const KEY = `CognitoIdentityServiceProvider.${CLIENT_ID}.alice.userData`;
const CACHED = { [KEY]: JSON.stringify({ Username: "alice", UserAttributes: [] }) };
const DATA = ok({ Username: "alice", UserAttributes: [{ Name: "name", Value: "Alice" }] });
const DELIVERY = { CodeDeliveryDetailsList: [{ AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***" }] };
const NETWORK = rejects(new TypeError("fetch failed"));
const refreshed = () => signedIn({ refreshToken: null });

/** `updateAttributes` with this in the cache meets these replies. */
const updating = (entries, replies, attributes = [{ Name: "name", Value: "Alice" }], ...more) => async (t) => {
  const user = await restored(t, { entries });
  t.reply(...replies);
  await t.step("updateAttributes", () => user.updateAttributes(attributes, t.callback(), ...more));
};

const deleting = (entries, ...replies) => async (t) => {
  const user = await restored(t, { entries });
  t.reply(...replies);
  await t.step("deleteAttributes", () => user.deleteAttributes(["name", "custom:x"], t.callback()));
};

/** `getAttributeVerificationCode` with these callbacks meets this reply. */
const asking = (members, reply, ...more) => async (t) => {
  const user = await restored(t);
  t.reply(reply);
  await t.step("ask", () => user.getAttributeVerificationCode("email", t.callbacks(...members), ...more));
};

const BOTH = ["onSuccess", "onFailure"];
const SENT = ok({ CodeDeliveryDetails: DELIVERY.CodeDeliveryDetailsList[0] });

export default {
  "update: nothing cached": updating({}, [ok(DELIVERY), DATA]),
  "update: cached data is fetched again, and a refresh follows": updating(CACHED, [ok(DELIVERY), DATA, refreshed()]),
  "update: no code is sent": updating({}, [ok({}), DATA]),
  "update: success without JSON": updating({}, [page(200), DATA]),
  "update: client metadata": updating({}, [ok({}), DATA], [{ Name: "name", Value: "Alice" }], { source: "web" }),
  "update: no attributes": updating({}, [ok({}), DATA], []),
  "update: null for attributes": updating({}, [fails("InvalidParameterException", "1 validation error detected")], null),
  "update: the data cannot be fetched": updating({}, [ok(DELIVERY), fails("NotAuthorizedException", "Access Token has been revoked")]),
  "update: no network for the data": updating({}, [ok(DELIVERY), NETWORK]),
  "update: the refresh is refused": updating(CACHED, [
    ok(DELIVERY),
    DATA,
    ...Array.from({ length: 6 }, () => fails("NotAuthorizedException", "Refresh Token has been revoked")),
  ]),
  async "update: with attribute objects"(t) {
    const user = await restored(t);
    t.reply(ok({}), DATA);
    const attribute = new t.lib.CognitoUserAttribute({ Name: "näme", Value: 'quo"te' });
    await t.step("updateAttributes", () => user.updateAttributes([attribute], t.callback()));
  },
  async "update: a callback that throws"(t) {
    const user = await restored(t);
    t.reply(ok({}), DATA);
    let thrown = false;
    const thrower = t.callback(() => {
      if (thrown) return;
      thrown = true;
      throw new Error("the application's own bug");
    });
    await t.step("updateAttributes", () => user.updateAttributes([], thrower));
  },
  async "update: signed out while it is under way"(t) {
    const user = await restored(t, { entries: CACHED });
    t.reply(ok(DELIVERY));
    await t.step("updateAttributes, then signOut", () => {
      user.updateAttributes([], t.callback());
      user.signOut();
    });
  },

  "delete: nothing cached": deleting({}, ok(), DATA),
  "delete: cached data is fetched again, and a refresh follows": deleting(CACHED, ok(), DATA, refreshed()),
  "delete: the data cannot be fetched": deleting({}, ok(), page(502)),

  "verification: a code is sent": asking([...BOTH, "inputVerificationCode"], SENT),
  "verification: a code is sent, without inputVerificationCode": asking(BOTH, SENT),
  "verification: client metadata": asking([...BOTH, "inputVerificationCode"], SENT, { source: "web" }),
  "verification: too often": asking([...BOTH, "inputVerificationCode"], fails("LimitExceededException", "Attempt limit exceeded, please try after some time.")),
  "verification: success without JSON": asking([...BOTH, "inputVerificationCode"], page(200)),
  async "verification: inputVerificationCode is no function"(t) {
    const user = await restored(t);
    t.reply(SENT);
    const callbacks = Object.assign(t.callbacks(...BOTH), { inputVerificationCode: "text" });
    await t.step("ask", () => user.getAttributeVerificationCode("email", callbacks));
  },
  async "verification: the code, from inside, with `this`"(t) {
    const user = await restored(t);
    t.reply(SENT, ok());
    const callbacks = t.callbacks(...BOTH, {
      inputVerificationCode() {
        user.verifyAttribute("email", "123456", this);
      },
    });
    await t.step("ask", () => user.getAttributeVerificationCode("email", callbacks));
  },
  async "verification: a wrong code, then the right one"(t) {
    const user = await restored(t);
    t.reply(fails("CodeMismatchException", "Invalid verification code provided, please try again."), ok());
    await t.step("wrong", () => user.verifyAttribute("email", "000000", t.callbacks(...BOTH)));
    await t.step("right", () => user.verifyAttribute("email", "123456", t.callbacks(...BOTH)));
  },
};
