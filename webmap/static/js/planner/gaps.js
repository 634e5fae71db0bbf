// Gaps: places that are not reached and lie together. A row, its badge and its hull light up together; under each row stands
// where a new centre would do most, and one press puts it there.

import { t } from "../core/i18n.js";
import { number, unit } from "../core/units.js";
import { surface } from "../map/overlay.js";
import { byId, el, put, targetOf } from "../ui/dom.js";
import { heading } from "../ui/heading.js";
import { problem } from "../ui/states.js";
import * as places from "./places.js";
import * as question from "./plan.js";
import { amount, distanceWords, farWords, signed } from "./words.js";

/** Gaps that have a badge, and a row at first. */
export const FIRST = 10;
const CLOSEST = 13;

/** @type {App} */
let app;
/** @type {Api.GapAnswer[]} */
let found = [];
let counted = ""; // the unit of the people
let measured = "m";
let linked = 0;
let sited = 0; // gaps for which a place to build is looked for
let everyRow = false;
let lit = 0;
/** @type {Map<number, {text: string, node: HTMLElement}>} rows by rank, kept while they say the same */
let rows = new Map();

/** @param {App} house
 * @param {import("./answers.js").Answers} answers */
export function init(house, answers) {
  app = house;
  answers.pairs.on(take);
  answers.coverage.on((answer) => !answer && clear());
  answers.shapes.on((reach, error) => !reach && !answers.coverage.error && fail(error, () => answers.ask()));
  app.map.on("mousemove", ({ originalEvent, latlng }) =>
    light(badgeOf(originalEvent) || (app.busy || answers.accessInView() || question.sides() ? 0 : rankAt(latlng))),
  );
  app.map.on("mouseout", () => light(0));
}

/** Whether all of them are listed, and their hulls drawn. */
export const all = () => everyRow;

/** “东孝原村等 5 村”.
 * @param {Api.GapAnswer} gap */
export const nameOf = ({ villages }) => {
  const [first] = villages;
  return villages.length > 1
    ? t("{name}等 {n} 村", { name: first?.name ?? "", n: villages.length, more: villages.length - 1 })
    : (first?.name ?? "");
};

/** “东孝原村等 5 村，1,660 人没有到达”.
 * @param {Api.GapAnswer} gap
 * @param {string} of unit of the people */
export const said = (gap, of) => t("{name}，{n}没有到达", { name: nameOf(gap), n: amount(gap.people, of) });

/** What a hull says under the pointer.
 * @param {Api.GapAnswer | undefined} gap
 * @param {string} of unit of the people */
export const words = (gap, of) => (gap ? t("片区 {n}，{words}", { n: gap.rank, words: said(gap, of) }) : "");

/** @param {number} rank */
const gapOf = (rank) => found.find((one) => one.rank === rank);

/** @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageShapes} reach */
function take(answer, reach) {
  found = reach.gaps;
  counted = answer.unit;
  measured = answer.parameters.unit;
  linked = reach.linked_m;
  sited = reach.sited;
  draw();
}

function clear() {
  found = [];
  rows = new Map();
  byId("planner-gaps").hidden = true;
}

/** The figures are there, where they lie is not.
 * @param {Failure | null} error
 * @param {() => void} again */
function fail(error, again) {
  clear();
  byId("planner-gaps").hidden = false;
  put(byId("planner-gaps"), heading(t("空白片区"), ""), problem(t("地图上的圆和片区没有取到"), error ?? { message: "" }, again));
}

// ---- the list ----

function draw() {
  const box = byId("planner-gaps");
  box.hidden = !found.length;
  if (!found.length) return;
  const shown = everyRow ? found : found.slice(0, FIRST);
  const kept = rows;
  rows = new Map(shown.map((gap) => [gap.rank, rowOf(gap, kept.get(gap.rank))]));
  const list = box.querySelector(".gap-rows") ?? el("ul", { class: "gap-rows" });
  put(
    list,
    [...rows.values()].map(({ node }) => node),
  );
  put(
    box,
    heading(
      t("空白片区"),
      t("相距 {km} 公里内连成一片，不跨河 · {part}", { km: distanceWords(linked, "m"), part: partWords(shown.length) }),
    ),
    el(
      "div",
      { class: "gap-heads", "aria-hidden": "true" },
      el("span", { text: t("片区") }),
      el("span", { class: "num", text: t("未到达/{unit}", { unit: unit(counted) }) }),
      el("span", { class: "num", text: measured === "min" ? t("最远/分") : t("最远/公里") }),
    ),
    list,
    found.length > FIRST ? fold() : null,
  );
  light(lit, true);
}

/** @param {number} shown */
const partWords = (shown) =>
  shown < found.length ? t("前 {n} / {all} 片", { n: shown, all: number(found.length) }) : t("{n} 片", { n: number(found.length) });

/** @param {Api.GapAnswer} gap
 * @param {{text: string, node: HTMLElement} | undefined} kept */
function rowOf(gap, kept) {
  const text = JSON.stringify([gap.people, gap.farthest, gap.villages[0]?.code, gap.villages.length, gap.site, measured, counted]);
  return kept?.text === text ? kept : { text, node: row(gap) };
}

/** @param {Api.GapAnswer} gap */
function row(gap) {
  const { rank, people, farthest, township, site } = gap;
  const main = el(
    "button",
    {
      type: "button",
      class: "gap-main",
      "aria-label": t("片区 {n}，{words}", { n: rank, words: said(gap, counted) }),
      on: { click: () => show(rank) },
    },
    el("span", { class: "gap-number", text: String(rank) }),
    el("span", { class: "gap-title" }, el("b", { text: nameOf(gap) }), el("small", { text: ` ${township.name}` })),
    el("b", { class: "num", text: number(people, 0) }),
    el("span", { class: "num", text: farWords(farthest, measured) }),
  );
  const node = el("li", { class: "gap-row", data: { rank: String(rank) } }, main, site ? siteButton(site) : unsought());
  follow(node, rank);
  return node;
}

/** @param {Api.GapSite} site */
function siteButton(site) {
  const name = siteName(site);
  const gain = t("{n} {unit}", { n: signed(site.gain), unit: unit(counted) });
  return el(
    "button",
    {
      type: "button",
      class: "gap-site",
      title: t("在这里放一个拟建点"),
      "aria-label": t("在{name}放一个拟建点，新增到达 {n}", { name, n: amount(site.gain, counted) }),
      on: { click: () => places.addAt([site.lon, site.lat]) },
    },
    el("span", { class: "gap-title", text: t("↳ 建在 {name}", { name }) }),
    el("span", { class: "num gain-text", text: gain }),
  );
}

const unsought = () => el("p", { class: "note gap-unsought", text: t("↳ 没有算建在哪里：只算人最多的前 {n} 片", { n: sited }) });

/** A place under the name of its village, which is said once.
 * @param {Api.GapSite} site */
const siteName = ({ name, village_name: village }) => (name.startsWith(village) ? name : `${village} · ${name}`);

function fold() {
  const flip = () => {
    everyRow = !everyRow;
    draw();
    app.layers.repaint();
  };
  const text = everyRow ? t("只看前 {n} 片", { n: FIRST }) : t("看全部 {n} 片", { n: number(found.length) });
  return el("button", { type: "button", class: "link-button", "aria-expanded": String(everyRow), text, on: { click: flip } });
}

// ---- row, badge and hull ----

/** Light a gap up while its row or badge is pointed at or has the focus.
 * @param {HTMLElement} node
 * @param {number} rank */
export function follow(node, rank) {
  for (const event of ["mouseenter", "focusin"]) node.addEventListener(event, () => light(rank));
  for (const event of ["mouseleave", "focusout"]) node.addEventListener(event, () => light(0));
}

/** The gap whose badge an event is on.
 * @param {Event} event */
const badgeOf = (event) => Number(targetOf(event).closest(".gap-badge")?.dataset.rank ?? 0);

/** @param {number} rank 0 for none
 * @param {boolean} [again] */
function light(rank, again = false) {
  if (rank === lit && !again) return;
  lit = rank;
  for (const one of document.querySelectorAll(".gap-row, .gap-badge")) one.classList.toggle("lit", one.dataset.rank === String(rank));
  app.painter.marked.lit = rank ? { layer: "gaps", key: String(rank) } : null;
  app.painter.paintMarks();
}

/** The gap whose hull a place of the map lies in.
 * @param {{lat: number, lng: number}} place of the map */
function rankAt(place) {
  const { lat, lng } = app.view.fromMap(place);
  const shown = everyRow ? found : found.slice(0, FIRST);
  return shown.find(({ geometry }) => rings(geometry).some((ring) => within(ring, lng, lat)))?.rank ?? 0;
}

/** Outer rings of a hull.
 * @param {Api.Geometry} geometry */
function rings(geometry) {
  const { type, coordinates } = surface(geometry);
  return type === "MultiPolygon" ? coordinates.map(([ring]) => ring) : coordinates.slice(0, 1);
}

/** @param {number[][]} ring
 * @param {number} x
 * @param {number} y */
function within(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Go where a gap lies.
 * @param {number} rank */
export function show(rank) {
  const gap = gapOf(rank);
  if (!gap) return;
  const points = rings(gap.geometry).flat();
  const [lngs, lats] = [0, 1].map((i) => points.map((point) => point[i]));
  light(rank);
  byId("planner-gaps").querySelector(`.gap-row[data-rank="${rank}"]`)?.scrollIntoView({ block: "nearest" });
  app.view.showBounds(
    [
      [Math.min(...lats), Math.min(...lngs)],
      [Math.max(...lats), Math.max(...lngs)],
    ],
    { maxZoom: CLOSEST },
  );
}
