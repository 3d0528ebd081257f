// The page's state (who is signed in, which view is shown) and what all panels share.

import { Accounts } from "./auth.js";
import { explain } from "./errors.js";
import { showNotice } from "./notice.js";
import { attributesPanel } from "./panels/attributes.js";
import { changePasswordPanel } from "./panels/change-password.js";
import { codePanel } from "./panels/code.js";
import { confirmPanel } from "./panels/confirm.js";
import { customSignInPanel } from "./panels/custom-sign-in.js";
import { devicesPanel } from "./panels/devices.js";
import { forgotPasswordPanel } from "./panels/forgot-password.js";
import { inboxPanel } from "./panels/inbox.js";
import { leavePanel } from "./panels/leave.js";
import { newPasswordPanel } from "./panels/new-password.js";
import { questionPanel } from "./panels/question.js";
import { requestsPanel } from "./panels/requests.js";
import { selectFactorPanel } from "./panels/select-factor.js";
import { setUpFactorPanel } from "./panels/set-up-factor.js";
import { signInPanel } from "./panels/sign-in.js";
import { signUpPanel } from "./panels/sign-up.js";
import { temporaryPasswordPanel } from "./panels/temporary-password.js";
import { twoFactorPanel } from "./panels/two-factor.js";
import { whoAmIPanel } from "./panels/who-am-i.js";

const PANELS = [
  signInPanel, customSignInPanel, signUpPanel, confirmPanel, forgotPasswordPanel, temporaryPasswordPanel, newPasswordPanel,
  codePanel, selectFactorPanel, setUpFactorPanel, questionPanel,
  whoAmIPanel, attributesPanel, twoFactorPanel, devicesPanel, changePasswordPanel, leavePanel, inboxPanel, requestsPanel,
];
const HOME = { guest: "sign-in", user: "who-am-i" };
const TITLE = document.title;

export class App {
  /** The signed-in `CognitoUser`, or null. */
  user = null;

  /** The sign-in that waits for an answer, with where its time went so far, or null. @type {(import("./auth.js").Stage & { stretches: import("./stopwatch.js").Stretch[] }) | null} */
  pending = null;

  /** Where the time of the last sign-in went; null after a reload. @type {import("./stopwatch.js").Stretch[] | null} */
  stretches = null;

  /** @param {{ userPoolId: string, clientId: string, endpoint: string }} config */
  constructor(config) {
    this.config = config;
    this.accounts = new Accounts(config);
  }

  async start() {
    showPool(this.config);
    for (const panel of PANELS) panel(this);
    let notice = null;
    try {
      this.user = await this.accounts.current();
    } catch (error) {
      notice = explain(error, { NotAuthorizedException: "Your session has ended. Sign in again." });
    }
    addEventListener("hashchange", () => this.#navigated());
    document.getElementById("account").addEventListener("change", ({ target }) => {
      if (target.name === "username" && target.autocomplete === "username") this.rememberUsername(target.value);
    });
    this.#show();
    showNotice(notice);
  }

  /** The element of the view of this name. */
  view(name) {
    return document.querySelector(`[data-view="${name}"]`);
  }

  /** Shows a view, with a notice above it. */
  go(name, notice = null) {
    if (location.hash !== `#/${name}`) history.pushState(null, "", `#/${name}`);
    focusFirst(this.#show());
    showNotice(notice);
  }

  /** A sign-in has come to a stage: the next question, or its end. */
  reach(stage, stretches, notice = null) {
    if (!stage.view) return this.#enter(stage.user, stretches, notice);
    this.pending = { ...stage, stretches };
    clearForms();
    this.go(stage.view, notice);
  }

  #enter(user, stretches, notice) {
    this.user = user;
    this.pending = null;
    this.stretches = stretches;
    clearForms();
    this.go("who-am-i", notice);
  }

  /** The user is signed out. */
  leave(notice) {
    this.user = null;
    this.stretches = null;
    clearForms();
    this.go("sign-in", notice);
  }

  /** Puts the username into every form that asks for it. */
  rememberUsername(username) {
    for (const input of document.querySelectorAll("input[name=username][autocomplete=username]")) input.value = username;
  }

  #navigated() {
    showNotice(null);
    focusFirst(this.#show());
  }

  /** Shows the view that the address names if it is for who is here now, otherwise their first one. */
  #show() {
    const who = this.user ? "user" : "guest";
    let view = this.view(CSS.escape(location.hash.slice(2)));
    if (view?.dataset.for !== who || (view.hasAttribute("data-challenge") && view.dataset.view !== this.pending?.view)) {
      view = this.view(HOME[who]);
      history.replaceState(null, "", `#/${HOME[who]}`);
    }

    document.body.dataset.who = who;
    for (const nav of document.querySelectorAll("nav[data-for]")) nav.hidden = nav.dataset.for !== who;
    for (const other of document.querySelectorAll("[data-view]")) other.hidden = other !== view;
    const tab = `#/${view.dataset.tab ?? view.dataset.view}`;
    for (const link of document.querySelectorAll("nav a")) {
      if (link.getAttribute("href") === tab) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    view.dispatchEvent(new Event("shown"));
    document.title = `${view.querySelector("h2").textContent} · ${TITLE}`;
    return view;
  }
}

function showPool(config) {
  for (const place of document.querySelectorAll("[data-pool]")) place.textContent = config[place.dataset.pool];
  document.getElementById("pool").hidden = false;
}

/** The first field still to be filled in; the heading where there are no fields. */
function focusFirst(view) {
  const fields = [...view.querySelectorAll("form > label > input, form > .secret input")];
  (fields.find((field) => field.value === "") ?? fields[0] ?? view.querySelector("h2")).focus();
}

function clearForms() {
  for (const form of document.forms) form.reset();
}
