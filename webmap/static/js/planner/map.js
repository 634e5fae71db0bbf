// What the answers look like on the map: villages by share in colour and pattern, gaps, the edge of what is reached,
// the centres; their legend and the title.

import { layerOf, whole } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { BASE as BASE_OF_SHARES, based, number } from "../core/units.js";
import { BASE, points as placed, polygons, recoloured, surface } from "../map/overlay.js";
import { byId, el, put } from "../ui/dom.js";
import { swatch } from "../ui/swatch.js";
import * as question from "./plan.js";
import { amount, DEMANDS, limitWords, modeWords, SHARES, shareWords } from "./words.js";

const INK = "#2B5F68";
/** @param {string} fill
 * @param {Paint["hatch"]} hatch
 * @returns {Paint} */
const area = (fill, hatch) => ({ fill, fill_opacity: 0.95, hatch, hatch_line: INK, line: null, line_mm: 0 });
/** From full to little coverage, of shares told to a tenth of a per cent: rounded first and classed after. The gaps lie
 * over them and must stand out. */
/** @type {{least: number, title: () => string, paint: Paint}[]} */
const CLASSES = [
  { least: 0.9995, title: () => "100 %", paint: area("#4C838D", "none") },
  { least: 0.7995, title: () => "80–99.9 %", paint: area("#74ADB5", "dots") },
  { least: 0.4995, title: () => "50–79.9 %", paint: area("#B5D5D9", "horizontal") },
  { least: 0, title: () => t("低于 50 %"), paint: area("#FAFCFC", "none") },
];
const NOBODY = CLASSES.length;
const SMALL = NOBODY + 1; // too few people for a share
/** @type {Paint} */
const SMALL_PAINT = { fill: "#FFFFFF", fill_opacity: 1, hatch: "cross", hatch_line: INK, line: null, line_mm: 0 };
const GAP = "#A6195C";
/** @type {{paint: Paint}[]} */
const GAPS = [
  {
    paint: {
      fill: "#FFFFFF",
      fill_opacity: 0.55,
      hatch: "diagonal",
      hatch_line: GAP,
      line: GAP,
      line_mm: 0.26,
      dash: "solid",
    },
  },
  { paint: { fill: "#FFFFFF", fill_opacity: 0.35, hatch: "none", line: "#D48DB0", line_mm: 0.2, dash: "solid" } },
];
/** @type {{paint: Paint}} */
const EDGE = { paint: { fill: null, hatch: "none", line: "#0B6470", line_mm: 0.28, dash: "solid" } };
/** @type {{paint: Paint}[]} */
const CENTRES = [
  { paint: { symbol: "square", fill: "#0B6470", line: null, size_mm: 2.2, line_mm: 0 } },
  { paint: { symbol: "square", fill: "#FFFFFF", line: "#0B6470", size_mm: 2, line_mm: 0.35 } },
  { paint: { symbol: "cross", fill: "#5F6E78", line: null, size_mm: 2.6, line_mm: 0 } },
];

const ROOMY = matchMedia("(min-width: 1200px)");

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;
/** @type {(centre: Api.Centre) => void} */
let chooseCentre = () => {};
/** @type {{
 *   villages: {cls: Map<string, number>, rows: Map<string, Api.CoverageRow>, unit: string} | null,
 *   counts: number[], gaps: Shapes | null, edge: Shapes | null, centres: Shapes | null,
 *   places: Map<string, Api.Centre>, lived: number}} */
const shown = { villages: null, counts: [], gaps: null, edge: null, centres: null, places: new Map(), lived: 0 };

/** `onCentre(centre)` is told of a click on an existing centre.
 * @param {App} house
 * @param {import("./answers.js").Answers} given
 * @param {(centre: Api.Centre) => void} onCentre */
export function init(house, given, onCentre) {
  app = house;
  answers = given;
  chooseCentre = onCentre;
  app.layers.need(villageLayer());
  app.layers.overlay(entries);
  answers.coverage.on((answer) => {
    if (answer) takeCoverage(answer);
    legend();
    title();
  });
  answers.shapes.on((reach) => {
    if (reach) takeShapes(reach);
    legend();
  });
  app.state.on(["plan", "area"], title);
  byId("legend-fold").addEventListener("click", () => unfold(byId("legend-fold").getAttribute("aria-expanded") !== "true"));
  if (!ROOMY.matches) unfold(false); // on a tablet it would cover the county
  title();
}

/** @param {boolean} open */
function unfold(open) {
  byId("legend-fold").setAttribute("aria-expanded", String(open));
  byId("legend-body").hidden = !open;
}

// ---- answers → shapes ----

const villageLayer = () => layerOf("village") ?? "";

/** @param {Api.CoverageAnswer} answer */
function takeCoverage(answer) {
  const cls = new Map(answer.rows.map((row) => [row.code, classOf(row, answer.unit)]));
  shown.villages = {
    cls,
    rows: new Map(answer.rows.map((row) => [row.code, row])),
    unit: answer.unit,
  };
  shown.counts = [...CLASSES, null, null].map((_, i) => [...cls.values()].filter((one) => one === i).length);
  app.layers.repaint();
}

/** @param {Api.CoverageRow} row
 * @param {string} unit */
function classOf({ demand, share }, unit) {
  if (!demand) return NOBODY;
  if (!based(demand, unit)) return SMALL;
  return CLASSES.findIndex(({ least }) => Number(share) >= least);
}

/** @param {Api.CoverageShapes} reach */
function takeShapes(reach) {
  const gaps = reach.gaps.filter((gap) => gap.people >= 0.5);
  shown.gaps = polygons(
    app,
    "gaps",
    gaps.map((gap) => [String(gap.rank), surface(gap.geometry), 0]),
  );
  shown.edge = reach.reached.coordinates.length ? polygons(app, "reach", [["reached", surface(reach.reached), 0]]) : null;
  const centres = reach.centres.filter((one) => one.layer !== "placed");
  shown.places = new Map(centres.map((one) => [`${one.layer}:${one.key}`, one]));
  shown.centres = points(centres);
  shown.lived = gaps.length;
  app.layers.repaint();
}

/** @param {Api.Centre[]} centres */
function points(centres) {
  const cls = (/** @type {Api.Centre} */ one) => (one.open ? (one.outside ? 1 : 0) : 2);
  return placed(
    app,
    "centres",
    centres.map((one) => ({ key: `${one.layer}:${one.key}`, name: one.name, cls: cls(one), at: [one.lon, one.lat] })),
  );
}

// ---- shapes → painter ----

/** @param {Map<string, Drawn>} drawn
 * @returns {Drawn[]} */
function entries(drawn) {
  /** @type {Drawn[]} */
  const out = [];
  const villages = drawn.get(villageLayer());
  const { cls } = shown.villages ?? {};
  if (villages?.shapes.length && cls) {
    /** @type {Drawn["classes"]} */
    const classes = CLASSES.map(({ paint, title: say }) => ({ paint, title: say() }));
    classes.push({ paint: { fill: null, hatch: "none" } }); // where nobody lives
    classes.push({ paint: SMALL_PAINT, title: t("基数不足 {n}", { n: BASE_OF_SHARES }) });
    out.push({
      ...BASE,
      id: villages.id,
      title: villages.title,
      kind: "polygon",
      order: 11,
      classes,
      shapes: villages.shapes.map((shapes) => recoloured(shapes, cls, NOBODY)),
      words: villageWords,
    });
  }
  if (shown.gaps)
    out.push({
      ...BASE,
      id: "gaps",
      title: "",
      kind: "polygon",
      order: 12,
      classes: GAPS,
      shapes: [shown.gaps],
      silent: true,
    });
  if (shown.edge)
    out.push({
      ...BASE,
      id: "reach",
      title: "",
      kind: "polygon",
      order: 13,
      classes: [EDGE],
      shapes: [shown.edge],
      silent: true,
    });
  if (shown.centres)
    out.push({
      ...BASE,
      id: "centres",
      title: "",
      kind: "point",
      order: 90,
      classes: CENTRES,
      shapes: [shown.centres],
      words: centreWords,
      choose: openCard,
    });
  return out;
}

/** @param {string} key
 * @param {string} name */
function villageWords(key, name) {
  const row = shown.villages?.rows.get(key);
  if (!shown.villages || !row?.demand) return name;
  return t("{name} 覆盖 {share}，未覆盖 {n}", {
    name,
    share: shareWords({ covered: Number(row.covered), total: row.demand, unit: shown.villages.unit }, true),
    n: amount(row.demand - Number(row.covered), shown.villages.unit),
  });
}

/** @param {string} key
 * @param {string} name */
function centreWords(key, name) {
  const centre = shown.places.get(key);
  if (!centre) return name;
  if (!centre.open) return t("{name}，假设关闭", { name });
  return centre.outside ? t("{name}，在县外", { name }) : name;
}

/** The card of an existing centre, by layer:key.
 * @param {string} key */
function openCard(key) {
  const centre = shown.places.get(key);
  if (centre) chooseCentre(centre);
}

/** Show an existing centre, by layer:key.
 * @param {string} key */
export function openCentre(key) {
  const centre = shown.places.get(key);
  if (!centre) return;
  app.view.showPoint([centre.lat, centre.lon], 12);
  chooseCentre(centre);
}

// ---- title and legend ----

function serviceWords() {
  return question
    .services()
    .map((id) => app.layers.entry(id)?.title ?? id)
    .join(t("、"));
}

function title() {
  const plan = question.plan();
  byId("map-title").textContent = t("{services}{demand}覆盖（{limit}）", {
    services: serviceWords(),
    demand: plan.demand === "population" ? t("人口") : DEMANDS[plan.demand](),
    limit: limitWords(question.within()),
  });
  const { answer } = answers.coverage;
  const where = answer?.parameters.code ? answer.townships[0]?.name : whole();
  byId("map-subtitle").textContent = [modeWords(plan), where, answer ? t("{n} 个村（社区）", { n: number(answer.rows.length) }) : null]
    .filter(Boolean)
    .join(" · ");
}

function legend() {
  const { answer } = answers.coverage;
  const reach = answers.shapes.answer;
  byId("legend").hidden = !answer;
  if (!answer) return;
  byId("legend-title").textContent = SHARES[answer.parameters.demand]();
  const line = (/** @type {Paint} */ paint, /** @type {Kind} */ kind, /** @type {string} */ words, /** @type {string} */ count) =>
    el(
      "div",
      { class: "class-row" },
      swatch(paint, kind, app.layers.theme.symbols),
      el("span", { text: words }),
      el("span", { class: "num", text: count }),
    );
  const villages = (/** @type {number} */ n) => t("{n} 村", { n: number(n) });
  const rows = CLASSES.map(({ paint, title: say }, i) => line({ ...paint, line: "#AEB8B9" }, "polygon", say(), villages(shown.counts[i])));
  if (shown.counts[SMALL])
    rows.push(
      line({ ...SMALL_PAINT, line: "#AEB8B9" }, "polygon", t("基数不足 {n}", { n: BASE_OF_SHARES }), villages(shown.counts[SMALL])),
    );
  const places = question.places().length;
  const outside = reach?.centres.filter((one) => one.outside && one.open && one.layer !== "placed").length ?? 0;
  const shut = reach?.centres.filter((one) => !one.open).length ?? 0;
  const inside = (reach?.centres.filter((one) => one.open && one.layer !== "placed").length ?? 0) - outside;
  const more = [
    line(GAPS[0].paint, "polygon", t("住着人的空白"), t("{n} 片", { n: number(shown.lived) })),
    line(GAPS[1].paint, "polygon", t("没人住的空白"), ""),
    line(EDGE.paint, "line", t("服务范围的边"), ""),
    line(CENTRES[0].paint, "point", t("现有中心"), number(inside)),
    outside ? line(CENTRES[1].paint, "point", t("县外中心"), number(outside)) : null,
    shut ? line(CENTRES[2].paint, "point", t("假设关闭"), number(shut)) : null,
    places
      ? line({ symbol: "diamond", fill: "#FFFFFF", line: GAP, line_mm: 0.5, size_mm: 2.6 }, "point", t("拟建点"), number(places))
      : null,
  ];
  put(byId("legend-body"), el("div", { class: "legend-block multi" }, rows), el("div", { class: "legend-block multi" }, more));
}
