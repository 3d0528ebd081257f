/** A new element with text, and a class if it wants one. */
export function element(name, text = "", className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}
