// How accessibility looks: villages that reach nothing, classes of those that reach something, and those in no class. Paper has
// the same (looks.access).

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { area, VILLAGE, villageClasses } from "./paints.js";

/** Fills by how many classes there are.
 * @type {Record<number, string[]>} */
const FILLS = {
  1: ["#6FAAB2"],
  2: ["#FAFCFC", "#0A4450"],
  3: ["#FAFCFC", "#6FAAB2", "#0A4450"],
  4: ["#FAFCFC", "#A7CDD1", "#5E9EA6", "#1F6F7A"],
  5: ["#FAFCFC", "#B4D4D8", "#6FAAB2", "#3F757F", "#0A4450"],
};

/** The first class reaches nothing, the last three are in no class.
 * @param {number[]} breaks
 * @returns {import("./paints.js").Class[]} */
export function accessClasses(breaks) {
  const villages = villageClasses("");
  const ranges = FILLS[breaks.length + 1].map((fill, at) => ({ title: range(breaks[at - 1], breaks[at]), paint: area(fill, "none") }));
  return [
    { title: t("全村都够不着"), paint: villages[VILLAGE.none].paint },
    ...ranges,
    ...[VILLAGE.apart, VILLAGE.unknown, VILLAGE.empty].map((at) => villages[at]),
  ];
}

/** Place among the classes of whoever was not asked about.
 * @param {number[]} breaks */
export const apartOf = (breaks) => breaks.length + 2;

/** Class of a village of the answer.
 * @param {Api.AccessRow} row
 * @param {number[]} breaks inner limits; the lower one belongs to the class */
export function accessClass({ demand, access }, breaks) {
  if (demand === null) return apartOf(breaks) + 1;
  if (!demand) return apartOf(breaks) + 2;
  return access ? 1 + breaks.filter((limit) => access >= limit).length : 0;
}

/** @param {number | undefined} least
 * @param {number | undefined} below */
function range(least, below) {
  if (least === undefined && below === undefined) return t("全部");
  if (least === undefined) return t("低于 {n}", { n: written(below) });
  return below === undefined ? t("{n}以上", { n: written(least) }) : `${written(least)}–${written(below)}`;
}

/** A limit with the digits that it has.
 * @param {number | undefined} limit */
const written = (limit) => number(limit, String(limit).split(".")[1]?.length ?? 0);
