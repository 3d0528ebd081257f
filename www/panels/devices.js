import { devices, forgetDevice, rememberDevice } from "../auth.js";
import { element } from "../dom.js";
import { explain } from "../errors.js";
import { onPress } from "../form.js";
import { showNotice } from "../notice.js";

const CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** The devices that the pool has seen this user sign in on. */
export function devicesPanel(app) {
  const view = app.view("devices");
  const list = view.querySelector("ul");

  async function show() {
    const found = await devices(app.user);
    list.replaceChildren(...found.devices.map((device) => row(device, device.DeviceKey === found.own)));
    view.querySelector(".empty").hidden = found.devices.length > 0;
  }

  function row({ DeviceKey, DeviceAttributes = [], DeviceLastAuthenticatedDate }, isOwn) {
    const attribute = (name) => DeviceAttributes.find(({ Name }) => Name === name)?.Value;
    const isRemembered = attribute("dev:device_remembered_status") === "remembered";
    const about = element("div");
    const seen = CLOCK.format(DeviceLastAuthenticatedDate * 1000);
    about.append(
      element("h3", isOwn ? "This browser" : "Another device"),
      element("p", attribute("device_name") ?? DeviceKey),
      element("p", `${isRemembered ? "remembered" : "not remembered"}, last seen ${seen}`),
    );
    const item = element("li");
    item.append(about);
    if (isOwn) item.append(button(isRemembered ? "Do not remember" : "Remember", () => rememberDevice(app.user, !isRemembered)));
    item.append(button("Forget", () => forgetDevice(app.user, DeviceKey)));
    return item;
  }

  function button(label, action) {
    const it = Object.assign(element("button", label), { type: "button" });
    onPress(it, async () => {
      await action();
      await show();
    });
    return it;
  }

  view.addEventListener("shown", () => {
    list.replaceChildren();
    show().catch((error) => showNotice(explain(error)));
  });
}
