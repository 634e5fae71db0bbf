// The heading of a section, with a note beside it.

import { el } from "./dom.js";

/** @param {string} title
 * @param {string} note */
export const heading = (title, note) =>
  el("div", { class: "section-head" }, el("h3", { text: title }), el("span", { class: "note", text: note }));
