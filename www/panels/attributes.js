import { deleteAttribute, sendAttributeCode, updateAttributes, userData, verifyAttribute } from "../auth.js";
import { element } from "../dom.js";
import { explain } from "../errors.js";
import { onPress, onSubmit } from "../form.js";
import { showNotice } from "../notice.js";

/** Addresses that the pool can send a code to. */
const VERIFIED = { email: "email_verified", phone_number: "phone_number_verified" };

/** The user's attributes: seen, set, removed, and addresses verified. */
export function attributesPanel(app) {
  const view = app.view("attributes");
  const list = view.querySelector("ul");
  const [setForm, verifyForm] = view.querySelectorAll("form");
  let verifying = null;

  async function show() {
    const { UserAttributes } = await userData(app.user);
    const values = Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
    const own = Object.entries(values).filter(([name]) => name !== "sub" && !Object.values(VERIFIED).includes(name));
    list.replaceChildren(...own.map(([name, value]) => row(name, value, values[VERIFIED[name]])));
    verifyForm.hidden = verifying === null;
  }

  function row(name, value, verified) {
    const about = element("div");
    const state = verified === "true" ? "verified" : "not verified yet";
    about.append(element("h3", name), element("p", name in VERIFIED ? `${value}, ${state}` : value));
    const item = element("li");
    item.append(about);
    if (name in VERIFIED && verified !== "true") {
      item.append(
        button("Verify", async () => {
          await sendAttributeCode(app.user, name);
          verifying = name;
          await show();
          verifyForm.elements.code.focus();
        }),
      );
    }
    item.append(button("Remove", () => deleteAttribute(app.user, name).then(show)));
    return item;
  }

  function button(label, action) {
    const it = Object.assign(element("button", label), { type: "button" });
    onPress(it, action);
    return it;
  }

  view.addEventListener("shown", () => {
    list.replaceChildren();
    verifying = null;
    show().catch((error) => showNotice(explain(error)));
  });

  onSubmit(setForm, async ({ name, value }) => {
    await updateAttributes(app.user, { [name]: value });
    setForm.reset();
    await show();
    showNotice({ kind: "success", text: `The attribute ${name} is set.` });
  });

  onSubmit(verifyForm, async ({ code }) => {
    await verifyAttribute(app.user, verifying, code);
    const name = verifying;
    verifying = null;
    verifyForm.reset();
    await show();
    showNotice({ kind: "success", text: `Your ${name === "email" ? "email address" : "phone number"} is verified.` });
  });
}
