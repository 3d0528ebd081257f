import { attributes, refresh, session, tokens } from "../auth.js";
import { element } from "../dom.js";
import { explain } from "../errors.js";
import { onPress } from "../form.js";
import { showNotice } from "../notice.js";

const TIMES = new Set(["auth_time", "exp", "iat", "nbf"]);
const CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const SOON_SECONDS = 300;

/** What is computed before each request of a sign-in with SRP. */
const COMPUTED = {
  InitiateAuth: "A = gᵃ mod N",
  PASSWORD_VERIFIER: "proof of the password",
  DEVICE_SRP_AUTH: "another A, for the device",
  DEVICE_PASSWORD_VERIFIER: "proof of the device",
  ConfirmDevice: "verifier for the device",
};

/** Who is signed in: claims, time left, and where the time of the sign-in went. */
export function whoAmIPanel(app) {
  const view = app.view("who-am-i");
  const put = (name, text) => (view.querySelector(`[data-me="${name}"]`).textContent = text);
  const claims = (name) => view.querySelector(`[data-claims="${name}"]`);
  let ends = null;

  async function show() {
    const now = await session(app.user);
    const { idToken, accessToken } = tokens(now);
    const { email = "", "cognito:username": username } = idToken.payload;
    put("username", username);
    put("email", email);
    view.querySelector(".avatar").textContent = username.slice(0, 1);
    fillIn(claims("id"), idToken.payload);
    fillIn(claims("access"), accessToken.payload);
    // The page's clock may differ from the pool's by the session's drift.
    const { exp, iat } = accessToken.payload;
    ends = { at: exp + now.getClockDrift(), lifetime: exp - iat };
    tick();
  }

  function tick() {
    if (view.hidden || !ends) return;
    const left = Math.max(0, Math.ceil(ends.at - Date.now() / 1000));
    put("countdown", left > 0 ? clock(left) : "expired");
    put("countdown-label", left > 0 ? "until the tokens expire" : "the next call refreshes");
    const countdown = view.querySelector(".countdown");
    countdown.classList.toggle("soon", left < SOON_SECONDS);
    countdown.querySelector(".left").style.strokeDasharray = `${(100 * left) / ends.lifetime} 100`;
  }

  view.addEventListener("shown", () => {
    for (const list of view.querySelectorAll("dl")) list.replaceChildren();
    claims("attributes").hidden = true;
    showTimes(view.querySelector(".mathematics"), app.stretches);
    put("username", app.user.getUsername());
    show().catch((error) => showNotice(explain(error)));
  });
  setInterval(tick, 1000);

  onPress(view.querySelector("[data-action=refresh]"), async () => {
    await refresh(app.user);
    await show();
    showNotice({ kind: "success", text: "New ID and access tokens. The claims that changed are marked." });
  });

  onPress(view.querySelector("[data-action=attributes]"), async () => {
    fillIn(claims("attributes"), await attributes(app.user));
    await show(); // An expired session was refreshed on the way.
    Object.assign(claims("attributes"), { hidden: false, open: true });
  });
}

/** Lists claims; those that differ from what was listed before are marked. */
function fillIn(details, values) {
  const list = details.querySelector("dl");
  const before = new Map([...list.children].map((row) => [row.dataset.name, row.dataset.value]));
  list.replaceChildren(
    ...Object.entries(values).map(([name, value]) => {
      const row = element("div");
      row.dataset.name = name;
      row.dataset.value = typeof value === "string" ? value : JSON.stringify(value);
      row.classList.toggle("changed", before.has(name) && before.get(name) !== row.dataset.value);
      row.append(element("dt", name), element("dd", row.dataset.value));
      if (TIMES.has(name)) row.lastChild.append(" ", element("span", CLOCK.format(value * 1000)));
      return row;
    }),
  );
}

/** The bar of a sign-in's stretches: what was computed here, and what was waited for. */
function showTimes(place, stretches) {
  place.hidden = !stretches;
  if (!stretches) return;
  const computing = stretches.filter(({ kind }) => kind === "computing");
  const put = (name, text) => (place.querySelector(`[data-me="${name}"]`).textContent = text);
  put("mathematics", milliseconds(sum(computing)));
  put("mathematics-label", `of mathematics, in a sign-in of ${milliseconds(sum(stretches))}`);
  place.querySelector(".bar").replaceChildren(
    ...stretches.map(({ kind, ms }) => {
      const part = element("span");
      part.dataset.kind = kind;
      part.style.flexGrow = ms;
      return part;
    }),
  );
  place.querySelector(".legend").replaceChildren(
    ...stretches.map(({ kind, operation, step, ms }) => {
      const item = element("li", kind === "computing" ? COMPUTED[step] : operation);
      item.dataset.kind = kind;
      item.append(" ", element("b", milliseconds(ms)));
      return item;
    }),
  );
}

function sum(stretches) {
  return stretches.reduce((total, { ms }) => total + ms, 0);
}

function milliseconds(ms) {
  return `${ms.toFixed(1)} ms`;
}

function clock(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = parts.map((part) => String(part).padStart(2, "0")).join(":");
  return text.replace(/^00:/, "");
}
