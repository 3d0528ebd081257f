import { element } from "../dom.js";
import { observeRequests } from "../observe-fetch.js";

const POLL_MS = 2_000;
const POLL_AFTER_FAILURE_MS = 10_000;
const KEPT = 50;
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** What a kind of message is called, and the field that its code goes into. */
const KINDS = {
  SignUp: { title: "Confirmation code", view: "confirm", field: "code" },
  ResendCode: { title: "Confirmation code", view: "confirm", field: "code" },
  ForgotPassword: { title: "Password reset code", view: "reset-password", field: "code" },
  Authentication: { title: "Sign-in code", view: "code", field: "code" },
  UpdateUserAttribute: { title: "Verification code", view: "attributes", field: "code" },
  VerifyUserAttribute: { title: "Verification code", view: "attributes", field: "code" },
  AdminCreateUser: { title: "Temporary password", view: "sign-in", field: "password" },
};

/** Shows the pool's outbox, the newest message first. */
export function inboxPanel(app) {
  const panel = document.getElementById("inbox");
  const list = panel.querySelector("ol");
  let timer = null;
  let newest = null;
  let polls = 0;

  async function poll() {
    clearTimeout(timer);
    if (document.hidden) return;
    const number = ++polls;
    const messages = await outbox(app.config.userPoolId).catch(() => null);
    if (number !== polls) return; // A later poll is under way and knows more.

    if (messages) show(messages);
    panel.querySelector(".offline").hidden = messages !== null;
    timer = setTimeout(poll, messages ? POLL_MS : POLL_AFTER_FAILURE_MS);
  }

  function show(messages) {
    const seen = messages.findLastIndex((message) => JSON.stringify(message) === newest);
    // The newest one gone: the server was started anew.
    if (seen === -1) list.replaceChildren();
    const fresh = messages.slice(Math.max(seen + 1, messages.length - KEPT));
    for (const message of fresh) list.prepend(item(message, () => use(message)));
    while (list.children.length > KEPT) list.lastChild.remove();
    panel.querySelector(".empty").hidden = messages.length > 0;
    list.hidden = messages.length === 0;
    if (fresh.length === 0) return;
    newest = JSON.stringify(fresh.at(-1));
    panel.querySelector("[role=status]").textContent = announcement(fresh.at(-1));
  }

  /** Puts a message's code where it is asked for. */
  function use({ kind, username, code }) {
    const { view, field } = KINDS[kind];
    app.rememberUsername(username);
    app.view(view).querySelector("form").elements[field].value = code;
    app.go(view);
  }

  document.addEventListener("visibilitychange", poll);
  // A request that ends may have sent a message: no need to wait for the next poll.
  observeRequests(({ endedAt }) => endedAt !== undefined && setTimeout(poll));
  poll();
}

/** The messages of one pool, oldest first. */
async function outbox(userPoolId) {
  const response = await fetch("/_local/outbox");
  return (await response.json()).filter((message) => message.userPoolId === userPoolId);
}

function item({ kind, username, destination, code, at }, onUse) {
  const row = element("li");
  const title = KINDS[kind]?.title ?? kind;
  const sent = new Date(at);
  const time = element("time", CLOCK.format(sent));
  time.dateTime = sent.toISOString();
  row.append(
    element("h3", title),
    time,
    element("p", `for ${username}, to ${destination}`),
    element("code", code),
  );
  if (kind in KINDS) {
    const button = element("button", "Use it");
    button.setAttribute("aria-label", `Use it: ${title.toLowerCase()}`);
    button.addEventListener("click", onUse);
    row.append(button);
  }
  return row;
}

function announcement({ kind, username, code }) {
  return `New message for ${username}: ${KINDS[kind]?.title ?? kind} ${code}`;
}
