// What the legends of the planner's maps are made of.

import { el } from "../ui/dom.js";
import { swatch } from "../ui/swatch.js";
import { SYMBOLS } from "./paints.js";

/** @type {Record<string, string>} */
let symbols = {};

/** @param {App} app */
export function init(app) {
  symbols = { ...app.layers.theme.symbols, ...SYMBOLS };
}

/** @param {string} title
 * @param {string} note
 * @param {...import("../ui/dom.js").Child} rows */
export const block = (title, note, ...rows) =>
  el("div", { class: "legend-block" }, el("h3", {}, title, " ", el("span", { class: "note", text: note })), rows);

/** @param {Paint} paint
 * @param {Kind} kind
 * @param {string} words
 * @param {string} count */
export const line = (paint, kind, words, count) =>
  el("div", { class: "class-row" }, swatch(paint, kind, symbols), el("span", { text: words }), el("span", { class: "num", text: count }));

/** The swatch of an area has an edge, red where nobody is reached.
 * @param {Paint} paint
 * @param {boolean} bare */
export const edged = (paint, bare) => ({ ...paint, line: bare ? "#A6195C" : "#AEB8B9" });
