// A table of villages in an order: the first ones at first, all of them on demand. Rows and map know each other: what is pointed
// at lights up there, what is chosen is marked here.

import { layerOf } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { show } from "../map/show.js";
import { el, put } from "../ui/dom.js";
import { heading } from "../ui/heading.js";

const FIRST = 12;

/** @template {{code: string, name: string}} R
 * @typedef {{title: string, caption: string, none: string, heads: string[], rows: R[], cells: (row: R) => HTMLElement[],
 *   township: (row: R) => string}} Shown `heads` and `cells` follow the number and the name */

/** @template {{code: string, name: string}} R */
export class Ranked {
  /** @param {App} app
   * @param {HTMLElement} box */
  constructor(app, box) {
    this.app = app;
    this.box = box;
    this.all = false;
    /** @type {Shown<R> | null} */
    this.shown = null;
    app.state.on(["selected"], () => this.mark());
  }

  /** @param {Shown<R>} what */
  draw(what) {
    this.shown = what;
    const { title, none, rows } = what;
    put(
      this.box,
      heading(title, rows.length ? t("共 {n} 个村，点行定位", { n: rows.length }) : ""),
      rows.length ? this._table(what) : el("p", { class: "note", text: none }),
      rows.length > FIRST ? this._more(what) : null,
    );
  }

  /** The row of what is chosen on the map; one that is not listed yet makes all of them be. */
  mark() {
    const { selected } = this.app.state.get();
    const key = selected?.layer === layerOf("village") ? selected?.key : "";
    for (const row of this.box.querySelectorAll("tbody tr")) {
      const on = Boolean(key) && row.dataset.code === key;
      row.setAttribute("aria-selected", String(on));
      if (on) row.scrollIntoView({ block: "nearest" });
    }
    if (!key || this.all || !this.shown || this.box.querySelector("[aria-selected=true]")) return;
    if (this.shown.rows.some((row) => row.code === key)) this._unfold(true);
  }

  /** @param {boolean} all */
  _unfold(all) {
    this.all = all;
    if (this.shown) this.draw(this.shown);
    this.mark();
  }

  /** @param {Shown<R>} what */
  _table({ caption, heads, rows, cells, township }) {
    const titles = [t("序"), t("村名"), ...heads];
    return el(
      "table",
      { class: "table planner-table" },
      el("caption", { class: "sr-only", text: caption }),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          titles.map((title, i) => el("th", { scope: "col", class: i === 1 ? null : "num", text: title })),
        ),
      ),
      el(
        "tbody",
        {},
        (this.all ? rows : rows.slice(0, FIRST)).map((row, i) => this._row(row, i + 1, [this._name(row, township(row)), ...cells(row)])),
      ),
    );
  }

  /** @param {R} row
   * @param {number} rank
   * @param {HTMLElement[]} cells */
  _row({ code }, rank, cells) {
    const node = el("tr", { data: { code } }, el("td", { class: "num", text: String(rank) }), cells);
    for (const event of ["mouseenter", "focusin"]) node.addEventListener(event, () => this._light(code));
    for (const event of ["mouseleave", "focusout"]) node.addEventListener(event, () => this._light(""));
    return node;
  }

  /** @param {R} row
   * @param {string} township */
  _name({ code, name }, township) {
    const choose = () => show(this.app, layerOf("village"), code);
    const pick = el("button", { type: "button", class: "row-name", text: name, on: { click: choose } });
    return el("td", {}, pick, el("small", { class: "note", text: ` ${township}` }));
  }

  /** @param {string} code nothing for none */
  _light(code) {
    const { painter } = this.app;
    painter.marked.lit = code ? { layer: layerOf("village") ?? "", key: code } : null;
    painter.paintMarks();
  }

  /** @param {Shown<R>} what */
  _more({ rows }) {
    const text = this.all ? t("只看前 {n} 个", { n: FIRST }) : t("看全部 {n} 个村", { n: rows.length });
    return el("button", { type: "button", class: "link-button", text, on: { click: () => this._unfold(!this.all) } });
  }
}
