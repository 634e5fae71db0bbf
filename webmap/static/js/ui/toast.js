// Short messages at the bottom, and the polite live region for those who listen.

import { byId, el } from "./dom.js";

const STAYS_MS = 6000;

/** Show a message for a while, with one action at most: {label, run}. */
export function toast(
  /** @type {string} */ text,
  /** @type {{action?: {label: string, run: () => void} | null, kind?: string}} */ { action = null, kind = "" } = {},
) {
  const box = el("div", { class: `toast${kind ? ` toast-${kind}` : ""}` }, el("span", { text }));
  if (action) {
    const run = () => {
      box.remove();
      action.run();
    };
    box.append(el("button", { type: "button", text: action.label, on: { click: run } }));
  }
  place().append(box);
  setTimeout(() => box.remove(), STAYS_MS);
  return box;
}

/** Where messages stand; a page without that place gets one, and a dialog has its own, else they lie behind it. */
function place() {
  const dialog = [...document.querySelectorAll("dialog:modal")].at(-1);
  if (dialog) return dialog.querySelector(":scope > .toasts") ?? dialog.appendChild(el("div", { class: "toasts", role: "status" }));
  return byId("toasts") ?? document.body.appendChild(el("div", { id: "toasts", class: "toasts", role: "status" }));
}

/** Say something to screen readers only: results, counts, what opened.
 * @param {string} text */
export function announce(text) {
  const live = byId("live");
  if (live) live.textContent = text;
}
