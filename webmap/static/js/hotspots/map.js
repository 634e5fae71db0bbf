// Hot and cold areas, density and change on the map, each in colour and in pattern.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { RAMP } from "../map/heat.js";
import { BASE, polygons, recoloured } from "../map/overlay.js";
import * as question from "./question.js";

/** @typedef {Api.CaseRate & {before: number | null, change: number | null}} Changed with what it was and by how much it changed */
/** @typedef {Api.CaseRate & Partial<Api.Spot & Changed>} AreaRow */
/** @typedef {{paint: Paint, title: () => string, fits: (row: AreaRow) => boolean}} AreaClass */

/** @param {string} fill
 * @param {Paint["hatch"]} [hatch]
 * @returns {Paint} */
const area = (fill, hatch = "none", line = "#B9C2C4") => ({
  fill,
  fill_opacity: 1,
  hatch,
  hatch_line: line,
  line: null,
  line_mm: 0,
});
const NEUTRAL = area("#FCFBF7");
/** @param {Paint["hatch"]} hatch */
const without = (hatch) => area("#FFFFFF", hatch, "#8A97A0"); // no class: each reason has its hatch
const STRICT = 0.01;
/** Share of the peak where each tone begins: squares, or one town would leave the county in the lowest. */
export const STEPS = RAMP.map((_, i) => (i / RAMP.length) ** 2);
/** Red is hot and blue is cold, darker the surer; cold is dotted. */
/** @type {AreaClass[]} */
export const SPOTS = [
  { paint: area("#C4533A"), title: () => t("热点，q ≤ 0.01"), fits: (row) => row.class === "hot" && (row.q ?? 1) <= STRICT },
  { paint: area("#E18E76"), title: () => t("热点"), fits: (row) => row.class === "hot" },
  { paint: area("#B9D2E8", "dots", "#2563A8"), title: () => t("冷点"), fits: (row) => row.class === "cold" },
  { paint: without("horizontal"), title: () => t("人口数不明"), fits: (row) => row.people === null },
  { paint: without("cross"), title: () => t("没有人口"), fits: (row) => row.people !== null && row.people <= 0 },
  { paint: without("diagonal"), title: () => t("不公布"), fits: (row) => row.n === null },
  { paint: without("dots"), title: () => t("没有作判断"), fits: (row) => row.z === null },
  { paint: NEUTRAL, title: () => t("不显著"), fits: () => true },
];
/** @type {AreaClass[]} */
export const CHANGES = [
  { paint: area("#C4533A"), title: () => t("增加 3 件以上"), fits: ({ change }) => Number(change) >= 3 },
  { paint: area("#E18E76"), title: () => t("增加 1–2 件"), fits: ({ change }) => Number(change) > 0 },
  { paint: area("#7FA9D6", "dots", "#1D4E86"), title: () => t("减少 3 件以上"), fits: ({ change }) => Number(change) <= -3 },
  {
    paint: area("#B9D2E8", "dots", "#2563A8"),
    title: () => t("减少 1–2 件"),
    fits: ({ change }) => Number(change) < 0,
  },
  { paint: without("diagonal"), title: () => t("不公布"), fits: (row) => row.change === null },
  { paint: NEUTRAL, title: () => t("没有变化"), fits: () => true },
];
/** Cases of one period, in the same classes on both sides of the line.
 * @type {AreaClass[]} */
export const COUNTS = [
  { paint: area("#933408"), title: () => t("10 件以上"), fits: ({ n }) => Number(n) >= 10 },
  { paint: area("#D96A1C"), title: () => t("6–9 件"), fits: ({ n }) => Number(n) >= 6 },
  { paint: area("#F9A84A"), title: () => t("3–5 件"), fits: ({ n }) => Number(n) >= 3 },
  { paint: area("#FEDD97"), title: () => t("1–2 件"), fits: ({ n }) => Number(n) > 0 },
  { paint: without("diagonal"), title: () => t("不公布"), fits: ({ n }) => n === null },
  { paint: NEUTRAL, title: () => t("0 件"), fits: () => true },
];
/** @type {{paint: Paint}[]} */
const CELLS = RAMP.map((fill) => ({ paint: { fill, fill_opacity: 0.8, hatch: "none", line: null, line_mm: 0 } }));

/** @type {App} */
let app;
/** @typedef {{kinds: AreaClass[], classes: Map<string, number>, rows: Map<string, AreaRow>, side?: "left" | "right"}} Coloured */
/** @type {{areas: Coloured[], cells: Shapes | null}} */
let shown = { areas: [], cells: null };

/** @param {App} house */
export function init(house) {
  app = house;
  app.layers.overlay(entries);
}

/** Show rows with `code` in the classes `kinds`; returns how many are in each.
 * @param {AreaRow[]} rows
 * @param {AreaClass[]} kinds */
export function showAreas(rows, kinds) {
  const areas = coloured(rows, kinds);
  take([areas]);
  return kinds.map((_, i) => [...areas.classes.values()].filter((one) => one === i).length);
}

/** Show one period left of a line and another right of it, in the same classes.
 * @param {AreaRow[][]} sides
 * @param {AreaClass[]} kinds */
export function showSides([before, after], kinds) {
  take([
    { ...coloured(before, kinds), side: "left" },
    { ...coloured(after, kinds), side: "right" },
  ]);
}

/** @param {AreaRow[]} rows
 * @param {AreaClass[]} kinds */
const coloured = (rows, kinds) => ({
  kinds,
  classes: new Map(rows.map((row) => [row.code, kinds.findIndex(({ fits }) => fits(row))])),
  rows: new Map(rows.map((row) => [row.code, row])),
});

/** @param {Coloured[]} areas */
function take(areas) {
  shown = { areas, cells: null };
  app.layers.need(question.layer());
  app.layers.repaint();
}

/** @param {Api.DensityAnswer} answer */
export function showCells(answer) {
  shown = { areas: [], cells: polygons(app, "density", runs(answer)) };
  app.layers.repaint();
}

export function showNothing() {
  shown = { areas: [], cells: null };
  app.layers.repaint();
}

/** Cells of one tone beside each other as one polygon.
 * @param {Api.DensityAnswer} density
 * @returns {[key: string, geometry: import("../map/overlay.js").Surface, cls: number][]} */
function runs({ grid, values }) {
  const bytes = Uint8Array.from(atob(values), (one) => one.charCodeAt(0));
  const tone = (/** @type {number} */ row, /** @type {number} */ column) =>
    STEPS.findLastIndex((step) => bytes[row * grid.columns + column] / 255 > step);
  /** @type {ReturnType<typeof runs>} */
  const out = [];
  for (let row = 0; row < grid.rows; row += 1) {
    for (let column = 0; column < grid.columns; column += 1) {
      const [first, now] = [column, tone(row, column)];
      if (now < 0) continue;
      while (column + 1 < grid.columns && tone(row, column + 1) === now) column += 1;
      out.push([`${row}:${first}`, box(grid, { first, end: column + 1, row }), now]);
    }
  }
  return out;
}

/** @param {Api.Grid} grid
 * @param {{first: number, end: number, row: number}} run
 * @returns {import("../map/overlay.js").Surface} */
function box(grid, { first, end, row }) {
  const place = (/** @type {number} */ column, /** @type {number} */ line) =>
    between(grid.corners, column / grid.columns, line / grid.rows);
  return {
    type: "Polygon",
    coordinates: [[place(first, row), place(end, row), place(end, row + 1), place(first, row + 1)]],
  };
}

/** A place inside the grid; over a county the sides of the grid are straight to a few metres.
 * @param {number[][]} corners
 * @param {number} x
 * @param {number} y */
function between([nw, ne, se, sw], x, y) {
  return [0, 1].map((i) => (1 - y) * (nw[i] * (1 - x) + ne[i] * x) + y * (sw[i] * (1 - x) + se[i] * x));
}

/** @param {Map<string, Drawn>} drawn
 * @returns {Drawn[]} */
function entries(drawn) {
  /** @type {Drawn[]} */
  const out = [];
  const areas = drawn.get(question.layer());
  const counts = drawn.get(app.layers.theme.time?.layer ?? "");
  const order = Math.max(11, counts?.kind === "polygon" ? counts.order + 0.5 : 0);
  if (shown.cells)
    out.push({
      ...BASE,
      id: "density",
      title: "",
      kind: "polygon",
      order: order + 0.1,
      classes: CELLS,
      shapes: [shown.cells],
      silent: true,
    });
  if (areas?.shapes.length) out.push(...shown.areas.map((one) => areaEntry(areas, one, order)));
  return out;
}

/** @param {Drawn} areas
 * @param {Coloured} one
 * @param {number} order
 * @returns {Drawn} */
function areaEntry(areas, one, order) {
  const { kinds, classes, side } = one;
  return {
    ...BASE,
    id: areas.id,
    title: areas.title,
    kind: "polygon",
    order,
    classes: kinds.map(({ paint, title }) => ({ paint, title: title() })),
    shapes: areas.shapes.map((shapes) => recoloured(shapes, classes, kinds.length - 1)),
    side,
    words: (key, name) => areaWords(one, key, name),
  };
}

/** @param {Coloured} shown
 * @param {string} key
 * @param {string} name */
function areaWords(shown, key, name) {
  const row = shown.rows.get(key);
  if (!row) return name;
  if (shown.side) return row.n === null ? t("{name}：不公布", { name }) : t("{name}：{n} 件", { name, n: number(row.n) });
  if (row.change !== undefined) return t("{name}：{a} → {b} 件", { name, a: number(row.before), b: number(row.n) });
  const kind = shown.kinds[Number(shown.classes.get(key))].title();
  return t("{name}：{n} 件，每千人 {rate}（平滑后），{kind}", { name, n: number(row.n), rate: number(row.rate_smoothed, 1), kind });
}
