// How the planner's answers look: classes of villages and of places that are not reached, hulls, edges, centres.

import { quantity, t } from "../core/i18n.js";
import { number, unit } from "../core/units.js";
import { limitWords } from "./words.js";

export const GAP = "#A6195C";
const BROWN = "#4A2208";
const TEAL = "#0B6470";
const GREY = "#8A97A0";

/** @typedef {{paint: Paint, title: string}} Class */

/** @param {string | null} fill
 * @param {Paint["hatch"]} hatch
 * @param {string} [hatchLine]
 * @returns {Paint} */
export const area = (fill, hatch, hatchLine) => ({ fill, fill_opacity: 0.95, hatch, hatch_line: hatchLine, line: null, line_mm: 0 });

/** Classes of villages, by place in `villageClasses`. */
export const VILLAGE = { none: 0, part: 1, all: 2, apart: 3, unknown: 4, empty: 5 };

/** @param {string} demand what is to be reached
 * @returns {Class[]} */
export const villageClasses = (demand) => [
  { title: demand === "area" ? t("一点也到不了") : t("一个人也到不了"), paint: area("#FFFFFF", "diagonal", "#D283AD") },
  { title: t("到达一部分"), paint: area("#B4D3D6", "none") },
  { title: t("全部到达"), paint: area("#FCFBF7", "none") },
  { title: t("不在问题内"), paint: area("#F1F2F1", "dots", "#B4BCC0") },
  { title: t("人口没有采集"), paint: area("#FFFFFF", "horizontal", GREY) },
  { title: t("没有人住"), paint: area("#FFFFFF", "cross", GREY) },
];

/** Class of a village of the answer.
 * @param {Api.CoverageRow} row
 * @param {Set<string>} unreached codes of those of which nobody is reached */
export function villageClass({ code, demand, share }, unreached) {
  if (demand === null) return VILLAGE.unknown;
  if (!demand) return VILLAGE.empty;
  if (unreached.has(code)) return VILLAGE.none;
  return Number(share) >= 1 ? VILLAGE.all : VILLAGE.part;
}

/** @param {string} fill
 * @param {Paint["symbol"]} symbol
 * @returns {Paint} */
const disc = (fill, symbol = "circle") => ({ symbol, fill, line: BROWN, line_mm: 0.16, size_mm: 2.8 });
const CROSSED = /** @type {Paint["symbol"]} */ (/** @type {unknown} */ ("crossed")); // of this page alone
/** @type {Paint[]} */
const DISCS = [
  disc("#FBD58C"),
  disc("#E9812F"),
  disc("#7A2E0C"),
  disc("#33211A", CROSSED),
  { symbol: "circle", fill: "#FFFFFF", line: TEAL, line_mm: 0.4, size_mm: 2.8 },
];
/** Classes of places: those that are not reached, by how far they have to go, and what the plan newly reaches. */
export const PLACE = { near: 0, middle: 1, far: 2, never: 3, gained: 4 };

/** @param {Api.CoverageAnswer} answer
 * @param {[number, number]} breaks
 * @returns {Class[]} */
export function placeClasses({ parameters }, [first, second]) {
  const { unit: name, limits, capacity } = parameters;
  const between = (/** @type {number} */ from, /** @type {number} */ to) =>
    name === "min" ? t("{a}–{b} 分钟", { a: number(from), b: number(to) }) : t("{a}–{b} 米", { a: number(from), b: number(to) });
  const titles = [
    capacity ? t("{limit}以内", { limit: limitWords({ limit: first, unit: name }) }) : between(limits[0], first),
    between(first, second),
    t("{limit}以上", { limit: limitWords({ limit: second, unit: name }) }),
    t("到不了"),
    t("方案新到达"),
  ];
  return titles.map((title, i) => ({ title, paint: DISCS[i] }));
}

/** Hulls of the first gaps, and of the others. They are lines: inside them the map answers as everywhere.
 * @type {Class[]} */
export const HULLS = [
  { title: "", paint: { fill: null, hatch: "none", line: GAP, line_mm: 0.42, dash: "solid" } },
  { title: "", paint: { fill: null, hatch: "none", line: "#C9719D", line_mm: 0.22, dash: "solid" } },
];
/** @type {Class} */
export const EDGE = { title: "", paint: { fill: null, hatch: "none", line: "#86AEB4", line_mm: 0.16, dash: "solid" } };
/** @type {Paint} */
export const HULL_SWATCH = { fill: "#FFFFFF", hatch: "none", line: GAP, line_mm: 0.36 };
/** @type {Paint} */
export const PROPOSAL = { symbol: "diamond", fill: "#FFFFFF", line: GAP, line_mm: 0.5, size_mm: 2.6 };

/** Symbols that only this page draws, in a unit box. */
export const SYMBOLS = { crossed: `M0.5 0A0.5 0.5 0 1 1 -0.5 0A0.5 0.5 0 1 1 0.5 0Z${saltire(0.085, 0.36)}` };

/** A cross with slanted arms as one ring.
 * @param {number} half of an arm's width
 * @param {number} arm its length */
function saltire(half, arm) {
  const quarter = [
    [-half, -arm],
    [half, -arm],
    [half, -half],
  ];
  const ring = [0, 1, 2, 3].flatMap((turns) => quarter.map((point) => turned(point, Math.PI / 4 + (turns * Math.PI) / 2)));
  return `M${ring.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join("L")}Z`;
}

/** @param {number[]} point
 * @param {number} angle */
function turned([x, y], angle) {
  return [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
}

/** Shapes for services whose own one is taken by another of the same question.
 * @type {NonNullable<Paint["symbol"]>[]} */
const SPARE = ["triangle", "pentagon", "hexagon", "flag", "drop", "box", "star", "gear"];

/** Paints of the centres of each service: its own symbol within the county, hollow outside, a cross when it is closed. No
 * two services of a question have the same shape.
 * @param {(LayerEntry | undefined)[]} entries */
export function centrePaints(entries) {
  /** @type {Set<string>} */
  const taken = new Set();
  return entries.map((entry) => {
    const own = entry?.legend?.[0]?.paint ?? {};
    const wanted = own.symbol ?? "square";
    const symbol = taken.has(wanted) ? (SPARE.find((one) => !taken.has(one)) ?? wanted) : wanted;
    taken.add(symbol);
    return paintsOf(own, symbol);
  });
}

/** @typedef {Record<"inside" | "outside" | "closed", Paint>} CentrePaints */

/** The same on villages as dark as themselves.
 * @param {CentrePaints} paints
 * @returns {CentrePaints} */
export const whiteEdged = ({ inside, outside, closed }) => ({
  inside: { ...inside, line: "#FFFFFF", line_mm: 0.25 },
  outside,
  closed: { ...closed, line: "#FFFFFF", line_mm: 0.25 },
});

/** @param {Paint} own
 * @param {NonNullable<Paint["symbol"]>} symbol
 * @returns {CentrePaints} */
function paintsOf(own, symbol) {
  const ink = (own.fill && own.fill.toUpperCase() !== "#FFFFFF" ? own.fill : own.line) ?? TEAL;
  const edge = own.symbol ? null : (own.line ?? null); // areas have pale fills and a darker line
  const size = Math.min(own.size_mm ?? 2.2, 2.8);
  return {
    inside: { symbol, fill: ink, line: edge, line_mm: edge ? 0.25 : 0, size_mm: size },
    outside: { symbol, fill: "#FFFFFF", line: edge ?? ink, line_mm: 0.35, size_mm: size * 0.9 },
    closed: { symbol: "cross", fill: "#5F6E78", line: null, size_mm: 2.6, line_mm: 0 },
  };
}

// ---- how large a circle is ----

const LARGE_PX = 22;
const LEAST_PX = 3;
/** Side in px of a circle whose area says an amount; `large` is the amount of the legend's large circle.
 * @param {number} amount
 * @param {number} large */
export const sideOf = (amount, large) => Math.max(LEAST_PX, LARGE_PX * Math.sqrt(amount / large));

/** “50 人”.
 * @param {number} size
 * @param {string} name of the unit */
export const sizeWords = (size, name) => quantity(number(size), unit(name));
