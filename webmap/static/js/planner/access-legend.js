// The legend of accessibility: how many villages and people are in each class.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { accessClass, accessClasses, apartOf } from "./access-paints.js";
import { block, edged, line } from "./legend-parts.js";
import { wholes } from "./wholes.js";
import { amount, rateUnit } from "./words.js";

/** @param {Api.AccessAnswer} answer
 * @param {number} all villages that the map shows */
export function villages(answer, all) {
  const { rows, breaks, total, unit } = answer;
  const classes = rows.map((row) => accessClass(row, breaks));
  const apart = apartOf(breaks);
  const count = (/** @type {number} */ cls) =>
    cls === apart ? Math.max(0, all - rows.length) : classes.filter((one) => one === cls).length;
  const people = (/** @type {number} */ cls) => rows.reduce((sum, row, at) => sum + (classes[at] === cls ? Number(row.demand) : 0), 0);
  const found = accessClasses(breaks);
  const sums = wholes(
    found.slice(0, apart).map((_, cls) => people(cls)),
    Math.round(total),
  );
  const lines = found.map(({ paint, title }, cls) => {
    if (!count(cls) && cls !== 0) return null;
    const villages = t("{n} 村", { n: number(count(cls)) });
    const words = cls < apart ? `${villages}${t("，")}${amount(sums[cls], unit)}` : villages;
    const row = line(edged(paint, cls === 0), "polygon", title, words);
    Object.assign(row.dataset, { cls: String(cls), villages: String(count(cls)), people: String(sums[cls] ?? 0) });
    return row;
  });
  return block(t("村的可达性"), rateUnit(answer), lines);
}
