// What all forms of the page have in common.

import { element } from "./dom.js";
import { explain } from "./errors.js";
import { showNotice } from "./notice.js";

/**
 * Runs `action` with the form's values each time it is submitted; until it is done the form is busy
 * and takes no second one. A failure is shown, with `words` of the panel's own where it has them.
 *
 * @param {HTMLFormElement} form
 * @param {(values: Record<string, string>) => Promise<void>} action
 * @param {Record<string, string>} [words] by error code
 */
export function onSubmit(form, action, words) {
  form.querySelectorAll("input[type=password]").forEach(addReveal);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    run(form, () => action(values), words);
  });
}

/** Runs `action` each time `button` is pressed, in the same manner. */
export function onPress(button, action, words) {
  button.addEventListener("click", () => run(button, action, words));
}

async function run(element, action, words) {
  if (element.hasAttribute("aria-busy")) return;
  element.setAttribute("aria-busy", "true");
  showNotice(null);
  try {
    await action();
  } catch (error) {
    showNotice(explain(error, words));
  } finally {
    element.removeAttribute("aria-busy");
  }
}

/** A button over the field's end that shows what was typed; beside the label, so as not to be part of its name. */
function addReveal(input) {
  const button = element("button", "", "reveal");
  button.type = "button";
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-label", `${button.textContent} password`);
  };
  button.addEventListener("click", () => show(input.type === "password"));
  input.form.addEventListener("reset", () => show(false));
  show(false);

  const field = element("div", "", "secret");
  const label = input.closest("label");
  label.replaceWith(field);
  field.append(label, button);
}
