// The rows before and after the one whose card is open, in the table's order and under the conditions of the map.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import * as frame from "../panels/frame.js";
import { el, icon, put } from "../ui/dom.js";

/** @typedef {(layer: string, key: string) => void} Go */

/** “3 / 41” with a button to either side; nothing where the row is not among those that the map shows.
 * @param {App} app
 * @param {Selected} place
 * @param {Go} go */
export function beside(app, { layer, key }, go) {
  const box = el("div", { class: "beside", role: "group", "aria-label": t("同一批记录") });
  fill(app, box, { layer, key }, go);
  return box;
}

/** @param {App} app
 * @param {HTMLElement} box
 * @param {Selected} place
 * @param {Go} go */
async function fill(app, box, { layer, key }, go) {
  const found = await app.api.beside(layer, key, query(app, layer)).catch(() => null);
  if (!found?.n || found.total < 2) return void box.remove();
  const button = (/** @type {string} */ symbol, /** @type {string} */ label, /** @type {string} */ keys, /** @type {string | null} */ to) =>
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": label,
        "aria-keyshortcuts": keys,
        title: `${label} ${keys}`,
        disabled: !to,
        data: { step: symbol === "chevron-up" ? "previous" : "next" },
        on: { click: () => to && go(layer, to) },
      },
      icon(symbol),
    );
  put(
    box,
    button("chevron-up", t("上一个"), "Alt+ArrowUp", found.previous),
    el("span", { class: "num", text: `${number(found.n)} / ${number(found.total)}` }),
    button("chevron-down", t("下一个"), "Alt+ArrowDown", found.next),
  );
}

/** What the map obeys, and the search and order of the table when it is this layer's.
 * @param {App} app
 * @param {string} layer */
function query(app, layer) {
  const { table, sort, find } = app.state.get();
  const ofTable = table === layer ? [find && `find=${encodeURIComponent(find)}`, sort && `sort=${sort}`] : [];
  return [frame.query(app, layer), ...ofTable].filter(Boolean).join("&");
}

/** Alt with the arrows, wherever the focus is but in a field.
 * @param {KeyboardEvent} event */
export function onKey(event) {
  const step = { ArrowUp: "previous", ArrowDown: "next" }[event.key];
  if (!step || !event.altKey || event.ctrlKey || event.metaKey) return;
  if (/** @type {HTMLElement} */ (event.target).closest("input, select, textarea")) return;
  const button = document.querySelector(`.beside [data-step=${step}]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
}
