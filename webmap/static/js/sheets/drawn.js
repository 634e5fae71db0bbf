// The layers of the theme, and which of them the sheet draws.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { el, put } from "../ui/dom.js";
import { swatch } from "../ui/swatch.js";
import { check, known, part } from "./fields.js";

export class Drawn {
  /** @param {App} app
   * @param {import("./plan.js").Plan} plan */
  constructor(app, plan) {
    this.plan = plan;
    this.theme = app.layers.theme;
    this.open = false; // whether those that are not drawn are seen
    this.count = el("span", { class: "note" });
    this.list = el("div", { class: "export-layers" });
    this.node = part(t("图层"), this.list, { aside: this.count });
  }

  /** @param {Api.LayerChoice[]} layers */
  draw(layers) {
    if (known(this.list, layers)) return;
    const focus = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.name;
    const [on, off] = [layers.filter((one) => one.on), layers.filter((one) => !one.on)];
    this.count.textContent = t("上图 {n} 层，共 {all} 层", { n: number(on.length), all: number(layers.length) });
    const rows = (/** @type {Api.LayerChoice[]} */ some) => some.map((one) => this._row(one, layers));
    const more = el(
      "details",
      { open: this.open, on: { toggle: ({ currentTarget }) => (this.open = /** @type {HTMLDetailsElement} */ (currentTarget).open) } },
      el("summary", { text: t("没有画的 {n} 层", { n: number(off.length) }) }),
      rows(off),
    );
    put(this.list, rows(on), off.length ? more : null);
    if (focus) this.list.querySelector(`[data-name="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  }

  /** @param {Api.LayerChoice} layer
   * @param {Api.LayerChoice[]} layers */
  _row({ id, title, on }, layers) {
    const change = (/** @type {boolean} */ wanted) =>
      this.plan.set({ layers: layers.filter((one) => (one.id === id ? wanted : one.on)).map((one) => one.id) });
    const entry = this.theme.groups.flatMap((group) => group.layers).find((one) => one.id === id);
    const sign = entry?.legend[0] && swatch(entry.legend[0].paint, entry.geometry, this.theme.symbols);
    const row = check(`layer-${id}`, title, on, change);
    if (sign) row.querySelector("input")?.after(sign);
    return row;
  }
}
