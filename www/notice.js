// The one place of the account card where the page speaks.

import { element } from "./dom.js";

const region = document.getElementById("notice");

/**
 * @typedef {object} Notice
 * @property {"success" | "error" | "info"} kind
 * @property {string} text words that help; `code` between backquotes
 * @property {string} [detail] what the service said, as it said it
 * @property {{ view: string, label: string }} [link] where to go on from here
 */

/** Shows `notice`, or clears the place when there is none. */
export function showNotice(notice) {
  region.replaceChildren();
  region.dataset.kind = notice?.kind ?? "";
  if (!notice) return;
  const text = element("p");
  text.append(...withCode(notice.text));
  if (notice.link) {
    const link = element("a", notice.link.label);
    link.href = `#/${notice.link.view}`;
    text.append(" ", link);
  }
  region.append(text);
  if (notice.detail) region.append(element("p", notice.detail, "detail"));
  region.scrollIntoView({ block: "nearest" });
}

/** Shows why the page cannot start. */
export function showFatal(text, help) {
  showNotice({ kind: "error", text: `${text} ${help}` });
}

function withCode(text) {
  return text.split("`").map((part, index) => (index % 2 === 0 ? part : element("code", part)));
}
