// One floating panel at a time, tied to the button that opened it: Esc and a click outside close it.

import { entered, left } from "../core/history.js";
import { t } from "../core/i18n.js";
import { el, icon, targetOf } from "./dom.js";

/** @type {{anchor: HTMLElement, close: () => void} | null} */
let open = null;

/** Shut what is open, whatever it is. */
export const closePopover = () => open?.close();

/** Open a popover beside `anchor`. `draw(close)` gives {title, body, foot}; returns the close function. One with a `name` is a
 * step that goes back when it is closed, and is opened again by its `detail`.
 * @param {HTMLElement} anchor
 * @param {(close: () => void) => {title: string, body: import("./dom.js").Child, foot?: import("./dom.js").Child}} draw
 * @param {{width?: number, name?: string, detail?: any}} [how] */
export function popover(anchor, draw, { width = 300, name = "", detail = undefined } = {}) {
  if (open?.anchor === anchor) {
    open?.close();
    return null;
  }
  open?.close();
  const close = () => {
    box.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", close);
    open = null;
    if (name) left(name);
    if (document.activeElement === document.body)
      (anchor.isConnected ? anchor : document.querySelector(".tree-item[tabindex='0']"))?.focus();
  };
  const outside = (/** @type {Event} */ event) => {
    const target = targetOf(event);
    if (!box.contains(target) && !anchor.contains(target)) close();
  };
  const { title, body, foot } = draw(close);
  const box = el(
    "div",
    { class: "popover", role: "dialog", "aria-label": title, tabindex: "-1" },
    el("div", { class: "popover-head" }, el("h2", { text: title }), closeButton(close)),
    el("div", { class: "popover-body" }, body),
    foot ? el("div", { class: "popover-foot" }, foot) : null,
  );
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
      anchor.focus();
    }
  });
  document.body.append(box);
  place(box, anchor, width);
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  addEventListener("resize", close);
  open = { anchor, close };
  if (name) entered(name, detail);
  (box.querySelector(".popover-body input, .popover-body button, .popover-body a, .popover-body select") ?? box).focus();
  return close;
}

/** @param {() => void} close */
export function closeButton(close, label = t("关闭")) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: close } }, icon("x"));
}

/** @param {HTMLElement} box
 * @param {HTMLElement} anchor
 * @param {number} width */
function place(box, anchor, width) {
  const shown = anchor.offsetParent ? anchor : (anchor.closest("[role=treeitem]") ?? anchor); // a row's buttons show on hover only
  const at = shown.getBoundingClientRect();
  box.style.width = `${width}px`;
  const height = box.offsetHeight;
  const right = at.right + 8 + width < innerWidth - 8 && at.left < innerWidth / 2 && at.top > 60;
  const left = right ? at.right + 8 : Math.max(8, Math.min(at.right - width, innerWidth - width - 8));
  const below = right ? at.top - 8 : at.bottom + 6;
  box.style.left = `${left}px`;
  box.style.top = `${Math.max(8, Math.min(below, innerHeight - height - 12))}px`;
}
