import { ok } from "../replies.mjs";
import { restored } from "../sign-in.mjs";

const ON = { PreferredMfa: true, Enabled: true };
const OFF = { PreferredMfa: false, Enabled: false };

/** `setUserMfaPreference` with these settings succeeds. */
const preferring = (sms, totp) => async (t) => {
  const user = await restored(t);
  t.reply(ok());
  await t.step("setUserMfaPreference", () => user.setUserMfaPreference(sms, totp, t.callback()));
};

/** `getMFAOptions` meets this answer. */
const options = (body) => async (t) => {
  const user = await restored(t);
  t.reply(ok(body));
  await t.step("getMFAOptions", () => user.getMFAOptions(t.callback()));
};

export default {
  "prefer: SMS": preferring(ON, OFF),
  "prefer: an app": preferring(OFF, ON),
  "prefer: only one is told, null for the other": preferring(null, ON),
  "prefer: only one is told, undefined for the other": preferring(ON, undefined),
  "prefer: members of the application's own go along": preferring({ ...ON, more: 1 }, OFF),
  "options: none": options({ Username: "alice", UserAttributes: [] }),
  "options: some": options({ Username: "alice", UserAttributes: [], MFAOptions: [{ DeliveryMedium: "SMS", AttributeName: "phone_number" }] }),
  async "enable and disable"(t) {
    const user = await restored(t);
    t.reply(ok(), ok());
    await t.step("enableMFA", () => user.enableMFA(t.callback()));
    await t.step("disableMFA", () => user.disableMFA(t.callback()));
  },
};
