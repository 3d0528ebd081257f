import { fails, ok, rejects } from "../replies.mjs";
import { restored } from "../sign-in.mjs";
import { CLIENT_ID } from "../stage.mjs";

const CALLBACKS = ["onSuccess", "onFailure"];
const PREFIX = `CognitoIdentityServiceProvider.${CLIENT_ID}.alice`;
const DEVICE = {
  DeviceKey: "device-1",
  DeviceAttributes: [{ Name: "device_name", Value: "test-browser" }],
  DeviceCreateDate: 1772366400.123,
  DeviceLastModifiedDate: 1772366400,
};
const STORED = {
  [`${PREFIX}.deviceKey`]: "device-1",
  [`${PREFIX}.randomPasswordKey`]: "random-1",
  [`${PREFIX}.deviceGroupKey`]: "group-1",
};

/** A signed-in user whose device is in the storage and in the fields. */
async function remembered(t) {
  const user = await restored(t, { entries: STORED });
  await t.step("device", () => user.getCachedDeviceKeyAndPassword());
  return user;
}

export default {
  async "getDevice"(t) {
    const user = await remembered(t);
    t.reply(ok({ Device: DEVICE }));
    await t.step("getDevice", () => user.getDevice(t.callbacks(...CALLBACKS)));
  },
  async "getDevice: none is known"(t) {
    const user = await restored(t);
    t.reply(fails("InvalidParameterException", "Missing required parameter DeviceKey"));
    await t.step("getDevice", () => user.getDevice(t.callbacks(...CALLBACKS)));
  },
  async "listDevices: pages"(t) {
    const user = await restored(t);
    t.reply(ok({ Devices: [DEVICE], PaginationToken: "next" }), ok({ Devices: [] }));
    await t.step("first", () => user.listDevices(1, null, t.callbacks(...CALLBACKS)));
    await t.step("second", () => user.listDevices(1, "next", t.callbacks(...CALLBACKS)));
  },
  async "listDevices: an empty pagination token, no limit"(t) {
    const user = await restored(t);
    t.reply(ok({ Devices: [] }), ok({ Devices: [] }));
    await t.step("empty", () => user.listDevices(60, "", t.callbacks(...CALLBACKS)));
    await t.step("no limit", () => user.listDevices(undefined, undefined, t.callbacks(...CALLBACKS)));
  },
  async "remembered and not remembered"(t) {
    const user = await remembered(t);
    t.reply(ok(), ok());
    await t.step("remembered", () => user.setDeviceStatusRemembered(t.callbacks(...CALLBACKS)));
    await t.step("not remembered", () => user.setDeviceStatusNotRemembered(t.callbacks(...CALLBACKS)));
  },
  async "forgetDevice"(t) {
    const user = await remembered(t);
    t.reply(ok());
    await t.step("forgetDevice", () => user.forgetDevice(t.callbacks(...CALLBACKS)));
  },
  async "forgetDevice: refused"(t) {
    const user = await remembered(t);
    t.reply(fails("ResourceNotFoundException", "Device does not exist."));
    await t.step("forgetDevice", () => user.forgetDevice(t.callbacks(...CALLBACKS)));
  },
  async "forgetDevice: not signed in"(t) {
    const user = t.user("alice", { entries: STORED });
    user.deviceKey = "device-1";
    await t.step("forgetDevice", () => user.forgetDevice(t.callbacks(...CALLBACKS)));
  },
  async "forgetDevice: onSuccess throws"(t) {
    const user = await remembered(t);
    t.reply(ok());
    const onSuccess = () => {
      throw new Error("the application's own bug");
    };
    await t.step("forgetDevice", () => user.forgetDevice(t.callbacks("onFailure", { onSuccess })));
  },
  async "forgetSpecificDevice: another one, ours stays"(t) {
    const user = await remembered(t);
    t.reply(ok());
    await t.step("forget", () => user.forgetSpecificDevice("device-2", t.callbacks(...CALLBACKS)));
  },
  async "forgetSpecificDevice: no network"(t) {
    const user = await remembered(t);
    t.reply(rejects(new TypeError("fetch failed")));
    await t.step("forget", () => user.forgetSpecificDevice("device-1", t.callbacks(...CALLBACKS)));
  },
  async "device fields after sign-out"(t) {
    const user = await remembered(t);
    await t.step("signOut", () => user.signOut());
  },
};
