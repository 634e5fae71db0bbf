// Townships as bars beside each other, the lowest first; a click shows one on the map.

import { layerOf } from "../core/divisions.js";
import { show } from "../map/show.js";
import { bar, el, put } from "../ui/dom.js";
import { heading } from "../ui/heading.js";

/** @typedef {{code: string, name: string, part: number | null, value: string, beside: string, title: string}} Bar `part` is its length, 0–1 */

/** @param {App} app
 * @param {HTMLElement} box
 * @param {{title: string, note: string, rows: Bar[]}} what */
export function draw(app, box, { title, note, rows }) {
  box.hidden = rows.length < 2;
  const list = rows.map((row) =>
    el(
      "button",
      {
        type: "button",
        class: "township",
        data: { code: row.code },
        title: row.title,
        on: { click: () => show(app, layerOf("township"), row.code) },
      },
      el("span", { class: "township-name", text: row.name }),
      bar(row.part, { fill: "#5E9EA6" }),
      el("b", { class: "num", text: row.value }),
      el("span", { class: "num note", text: row.beside }),
    ),
  );
  put(box, heading(title, note), el("div", { class: "townships" }, list));
}

/** The township of what is chosen on the map.
 * @param {App} app
 * @param {HTMLElement} box */
export function mark(app, box) {
  const key = app.state.get().selected?.key ?? "";
  for (const one of box.querySelectorAll(".township"))
    one.setAttribute("aria-current", String(Boolean(key) && key.startsWith(one.dataset.code)));
}
