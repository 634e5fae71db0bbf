// Fields of the dialog: a label with what it names, choices, switches.

import { depth } from "../core/divisions.js";
import { el, put } from "../ui/dom.js";
import { segmentsOf } from "../ui/segments.js";

/** @typedef {[value: string, words: string, off?: boolean]} Row of a drop-down */

let serial = 0;

/** A labelled part: words, what stands right of them, the control and a note below.
 * @param {string} words
 * @param {HTMLElement} control
 * @param {{aside?: HTMLElement | null, note?: HTMLElement | null}} [more] */
export function part(words, control, { aside = null, note = null } = {}) {
  const id = `export-part-${(serial += 1)}`;
  const field = control.matches("input, select, textarea") ? control : null;
  if (field) field.id ||= `${id}-field`;
  const label = field
    ? el("label", { class: "export-label", for: field.id, text: words })
    : el("span", { class: "export-label", id, text: words });
  return el(
    "div",
    { class: "export-part", role: field ? null : "group", "aria-labelledby": field ? null : id },
    el("div", { class: "export-part-head" }, label, aside),
    control,
    note,
  );
}

/** A drop-down of [value, words, off] rows.
 * @param {string} name
 * @param {Row[]} rows
 * @param {string} value
 * @param {(value: string) => void} choose */
export function choice(name, rows, value, choose) {
  const field = el("select", { class: "field", data: { name }, on: { change: () => choose(field.value) } });
  fillChoice(field, rows, value);
  return field;
}

/** Whether a part was drawn from the same rows before: nothing is drawn anew under the finger.
 * @param {HTMLElement} node
 * @param {unknown} rows */
export function known(node, rows) {
  const said = JSON.stringify(rows);
  const same = node.dataset.rows === said;
  node.dataset.rows = said;
  return same;
}

/** Rows of areas for a drop-down: villages stand below their township, grids below their village.
 * @param {Api.Named[]} areas
 * @returns {[code: string, words: string][]} */
export const areaRows = (areas) => areas.map(({ code, name }) => [code, "\u3000".repeat(Math.max(0, depth(code) - 1)) + name]);

/** Its rows anew, where they are other ones.
 * @param {HTMLSelectElement} field
 * @param {Row[]} rows
 * @param {string} value */
export function fillChoice(field, rows, value) {
  if (!known(field, rows))
    put(
      field,
      rows.map(([id, words, off]) => el("option", { value: id, text: words, disabled: Boolean(off) })),
    );
  field.value = value;
}

/** @param {string} name
 * @param {string} label
 * @param {Record<string, string>} options
 * @param {string} value
 * @param {(value: string) => void} choose */
export const segments = (name, label, options, value, choose, off = {}) => segmentsOf(name, label, options, { value, choose, off });

/** A switch with its words.
 * @param {string} name
 * @param {string} words
 * @param {boolean} on
 * @param {(on: boolean) => void} change */
export function check(name, words, on, change, off = false) {
  const box = el("input", {
    type: "checkbox",
    class: "check",
    data: { name },
    checked: on,
    disabled: off,
    on: { change: () => change(box.checked) },
  });
  return el("label", { class: "export-check" }, box, el("span", { text: words }));
}

/** Cards of which one is chosen: [id, title, what it is good for].
 * @param {string} name
 * @param {string} label
 * @param {string[][]} rows
 * @param {string} value
 * @param {(id: string) => void} choose */
export function cards(name, label, rows, value, choose) {
  const made = rows.map(([id, title, words]) => {
    const box = el("input", {
      type: "radio",
      name: `export-${name}`,
      value: id,
      checked: id === value,
      on: { change: () => choose(id) },
    });
    return el("label", { class: "export-card" }, box, el("b", { text: title }), el("span", { text: words }));
  });
  return el("div", { class: "export-cards", role: "radiogroup", "aria-label": label }, made);
}
