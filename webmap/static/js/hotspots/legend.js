// What the classes of an answer mean: a block of the map's legend, and on a phone, which has none, a line in the title card.

import { quantity, t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { RAMP } from "../map/heat.js";
import { byId, el, put } from "../ui/dom.js";
import { swatch } from "../ui/swatch.js";
import { STEPS } from "./map.js";
import * as question from "./question.js";

/** @type {App} */
let app;
/** @type {{block: HTMLElement, key: HTMLElement} | null} */
let shown = null;

/** @param {App} house */
export function init(house) {
  app = house;
  app.explained = () => shown;
}

/** Classes of areas with how many are in each; the `always` first also where there are none.
 * @param {string} title
 * @param {import("./map.js").AreaClass[]} kinds
 * @param {number[]} counts
 * @param {number} always */
export function areas(title, kinds, counts, always) {
  const unit = question.words().by === "grid" ? t("个网格") : t("个村");
  const rows = kinds.flatMap(({ paint, title: say }, i) =>
    counts[i] || i < always ? [{ paint, words: say(), count: number(counts[i]), there: counts[i] > 0 }] : [],
  );
  const sum = counts.reduce((total, count) => total + count, 0);
  take(title, quantity(number(sum), unit), rows);
}

/** Classes that two maps share, without the counts of either.
 * @param {string} title
 * @param {import("./map.js").AreaClass[]} kinds */
export function scale(title, kinds) {
  take(
    title,
    "",
    kinds.map(({ paint, title: say }) => ({ paint, words: say(), count: "", there: true })),
  );
}

/** Tones of a density up to its peak.
 * @param {number} peak */
export function density(peak) {
  const rows = RAMP.map((fill, i) => ({
    paint: { fill },
    words: `${number(STEPS[i] * peak, 1)}–${number((STEPS[i + 1] ?? 1) * peak, 1)}`,
    count: "",
    there: true,
  }));
  take(t("密度"), t("件/平方公里"), rows);
}

export function none() {
  shown = null;
  tell();
}

/** @typedef {{paint: Partial<Paint>, words: string, count: string, there: boolean}} Row */

/** @param {string} title
 * @param {string} note
 * @param {Row[]} rows */
function take(title, note, rows) {
  const block = el(
    "div",
    { class: "legend-block multi" },
    el("h3", {}, title, el("small", { class: "legend-period", text: note })),
    rows.map(line),
  );
  const key = el(
    "span",
    {},
    rows.filter(({ there }) => there).map(({ paint, words, count }) => el("span", {}, sample(paint), `${words} ${count}`.trim())),
  );
  shown = { block, key };
  tell();
}

/** @param {Partial<Paint>} paint */
const sample = (paint) => swatch(/** @type {Paint} */ ({ ...paint, line: "#AEB8B9" }), "polygon", app.layers.theme.symbols);

/** @param {Row} row */
const line = ({ paint, words, count }) =>
  el("div", { class: "class-row" }, sample(paint), el("span", { text: words }), el("span", { class: "num", text: count }));

function tell() {
  app.relegend?.();
  const card = byId("title-card");
  const old = card.querySelector(".map-key");
  if (shown) {
    const key = old ?? el("p", { class: "map-key only-phone" });
    put(key, shown.key);
    card.append(key);
  } else old?.remove();
}
