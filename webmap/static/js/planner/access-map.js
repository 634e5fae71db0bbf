// Accessibility on the map: villages in the classes of how much there is for their people.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { BASE, recoloured } from "../map/overlay.js";
import { accessClass, accessClasses, apartOf } from "./access-paints.js";
import { amount, rateUnit } from "./words.js";

/** @type {{answer: Api.AccessAnswer, classes: Map<string, number>, rows: Map<string, Api.AccessRow>} | null} */
let shown = null;

/** `redraw()` is called when there is something else to show.
 * @param {import("./answers.js").Answers} answers
 * @param {() => void} redraw */
export function init(answers, redraw) {
  answers.access.on((answer) => {
    shown = answer && {
      answer,
      classes: new Map(answer.rows.map((row) => [row.code, accessClass(row, answer.breaks)])),
      rows: new Map(answer.rows.map((row) => [row.code, row])),
    };
    redraw();
  });
}

/** The layer of villages in these classes.
 * @param {Drawn | undefined} layer
 * @returns {Drawn | null} */
export function villages(layer) {
  if (!layer?.shapes.length || !shown) return null;
  const { answer, classes } = shown;
  return {
    ...BASE,
    id: layer.id,
    title: layer.title,
    kind: "polygon",
    order: 11,
    classes: accessClasses(answer.breaks),
    shapes: layer.shapes.map((shapes) => recoloured(shapes, classes, apartOf(answer.breaks))),
    words,
  };
}

/** @param {string} key
 * @param {string} name */
function words(key, name) {
  const row = shown?.rows.get(key);
  if (!shown || !row?.demand) return row?.demand === null ? t("{name} 人口没有采集", { name }) : name;
  const { answer } = shown;
  const people = amount(row.without, answer.unit);
  if (!row.access) return t("{name} 全村都够不着，{people}", { name, people });
  const value = `${number(row.access, 2)} ${rateUnit(answer)}`;
  return row.without >= 0.5 ? t("{name} {value}，其中 {people}够不着", { name, value, people }) : t("{name} {value}", { name, value });
}
