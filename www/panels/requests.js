import { element } from "../dom.js";
import { observeRequests } from "../observe-fetch.js";

const KEPT = 100;
const LONG = 72;
const SECRET = /^(NEW_)?PASSWORD$|^(Previous|Proposed|Temporary)?Password$/;

/** The log of each request: operation, status, time, and both bodies on demand. */
export function requestsPanel() {
  const panel = document.getElementById("requests");
  const list = panel.querySelector("ol");
  const clear = panel.querySelector("[data-action=clear]");
  const rows = new Map();

  const count = () => {
    panel.querySelector(".empty").hidden = rows.size > 0;
    clear.hidden = rows.size === 0;
  };

  function show(request) {
    if (!rows.has(request.id)) {
      rows.set(request.id, row(request));
      list.prepend(rows.get(request.id));
      if (rows.size > KEPT) rows.delete(rows.keys().next().value);
      while (list.children.length > KEPT) list.lastChild.remove();
      count();
    }
    fillIn(rows.get(request.id), request);
  }

  // In the next frame, not now: drawing must not count as time of the package.
  observeRequests((request) => requestAnimationFrame(() => show(request)));
  clear.addEventListener("click", () => {
    rows.clear();
    list.replaceChildren();
    count();
  });
}

function row({ operation }) {
  const details = element("details");
  const summary = element("summary");
  summary.append(element("b", operation), element("span", "…", "status"), element("span", "", "time"));
  details.append(summary);
  const item = element("li");
  item.append(details);
  return item;
}

function fillIn(item, request) {
  if (request.endedAt === undefined) return;
  const [status, time] = item.querySelectorAll("span");
  status.textContent = request.status ?? "no answer";
  item.dataset.ok = request.status === 200;
  time.textContent = `${(request.endedAt - request.startedAt).toFixed(1)} ms`;
  item.querySelector("details").addEventListener("toggle", ({ target }) => showBodies(target, request), { once: true });
}

async function showBodies(details, { sent, received }) {
  details.append(element("h4", "Sent"), element("pre", readable(await sent)));
  if (received !== undefined) details.append(element("h4", "Received"), element("pre", readable(received)));
}

/** JSON to look at: passwords hidden, tokens and big numbers cut short. */
function readable(json) {
  try {
    return JSON.stringify(JSON.parse(json), shorten, 2);
  } catch {
    return json;
  }
}

function shorten(name, value) {
  if (typeof value !== "string") return value;
  if (SECRET.test(name)) return "••••••••";
  return value.length <= LONG ? value : `${value.slice(0, LONG / 3)}… ${value.length} characters`;
}
