// The legend of the planner's map: circles, villages, lines and symbols, with how many of each.

import { layerOf } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { grown } from "../map/placing.js";
import { byId, el, put, svg } from "../ui/dom.js";
import { swatch } from "../ui/swatch.js";
import * as gaps from "./gaps.js";
import {
  centrePaints,
  EDGE,
  HULL_SWATCH,
  PLACE,
  PROPOSAL,
  placeClasses,
  SYMBOLS,
  sideOf,
  sizeWords,
  VILLAGE,
  villageClass,
  villageClasses,
} from "./paints.js";
import * as question from "./plan.js";
import { wholes } from "./wholes.js";
import { amount, counted, limitWords, placeWords, WHOM } from "./words.js";

const ROOMY = matchMedia("(min-width: 1200px)");
const PHONE = matchMedia("(max-width: 767px)");
const MOST_OF_MAP = 0.3; // a higher legend may cover the county; a lower one pushes it up
const SETTLED = { places: [PLACE.near, PLACE.middle, PLACE.far], villages: [VILLAGE.none, VILLAGE.part, VILLAGE.all] };

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;
/** @type {Record<string, string>} */
let symbols = {};
/** @type {[Api.CoverageAnswer, Api.CoverageShapes] | null} */
let shown = null;

/** @param {App} house
 * @param {import("./answers.js").Answers} given */
export function init(house, given) {
  app = house;
  answers = given;
  symbols = { ...app.layers.theme.symbols, ...SYMBOLS };
  answers.pairs.on(draw);
  answers.coverage.on((answer) => !answer && hide());
  answers.shapes.on((reach) => !reach && hide());
  app.map.on("zoomend", () => shown && resize(...shown));
  byId("legend-fold").addEventListener("click", () => unfold(byId("legend-fold").getAttribute("aria-expanded") !== "true"));
  if (!ROOMY.matches) unfold(false); // on a tablet it would cover the county
  byId("legend").classList.add("planner-legend");
  byId("legend-title").textContent = t("图例");
}

/** @param {boolean} open */
function unfold(open) {
  byId("legend-fold").setAttribute("aria-expanded", String(open));
  byId("legend-body").hidden = !open;
}

function hide() {
  shown = null;
  byId("legend").hidden = true;
  byId("planner-legend").hidden = true;
}

/** On a phone it stands among the results.
 * @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageShapes} reach */
function draw(answer, reach) {
  if (!answer.total) return hide();
  const blocks = [places(answer, reach), villages(answer), lines(answer, reach)];
  shown = [answer, reach];
  byId("legend").hidden = false;
  byId("planner-legend").hidden = !PHONE.matches;
  put(PHONE.matches ? byId("planner-legend") : byId("legend-body"), blocks);
  const foot = byId("map-foot");
  foot.toggleAttribute("data-covers-map", ROOMY.matches && foot.offsetHeight < byId("map-holder").offsetHeight * MOST_OF_MAP);
  return undefined;
}

/** @param {string} title
 * @param {string} note
 * @param {...import("../ui/dom.js").Child} rows */
const block = (title, note, ...rows) =>
  el("div", { class: "legend-block" }, el("h3", {}, title, " ", el("span", { class: "note", text: note })), rows);

/** @param {Paint} paint
 * @param {Kind} kind
 * @param {string} words
 * @param {string} count */
const line = (paint, kind, words, count) =>
  el("div", { class: "class-row" }, swatch(paint, kind, symbols), el("span", { text: words }), el("span", { class: "num", text: count }));

// ---- circles ----

/** @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageShapes} reach */
function places(answer, reach) {
  const found = placeClasses(answer, reach.breaks);
  const { classes, amounts } = reach.places;
  const counts = found.map((_, cls) => classes.filter((one) => one === cls).length);
  const sums = found.map((_, cls) => amounts.reduce((sum, one, row) => sum + (classes[row] === cls ? one : 0), 0));
  const left = wholes(sums.slice(0, PLACE.gained), Math.round(answer.total - answer.covered));
  const rows = found.map(({ paint, title }, cls) => {
    if (!counts[cls] && !SETTLED.places.includes(cls)) return null;
    const people = cls === PLACE.gained ? Math.round(sums[cls]) : left[cls];
    const row = line(paint, "point", title, `${counted(reach.level, counts[cls])}${t("，")}${amount(people, answer.unit)}`);
    Object.assign(row.dataset, { cls: String(cls), people: String(people) });
    return row;
  });
  const to = wayTo(answer.parameters);
  return block(placeWords(reach.level), to, rows, sizes(answer, reach));
}

/** The circles grow with the map.
 * @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageShapes} reach */
function resize(answer, reach) {
  for (const old of document.querySelectorAll(".legend-sizes")) old.replaceWith(sizes(answer, reach));
}

/** What the classes of the circles measure.
 * @param {Api.Parameters} parameters */
function wayTo({ services, match }) {
  if (services.length === 1) return t("到最近的{service}要走", { service: titleOf(services[0]) });
  return match === "each" ? t("到最远的那种服务要走") : t("到最近的服务要走");
}

/** How many people circles stand for.
 * @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageShapes} reach */
function sizes(answer, reach) {
  const large = reach.sizes[reach.sizes.length - 1];
  return el(
    "div",
    { class: "class-row legend-sizes" },
    el("span", { text: t("大小") }),
    reach.sizes.map((size) =>
      el(
        "span",
        { class: "legend-size" },
        disc(sideOf(size, large) * grown(app.map.getZoom())),
        el("span", { text: sizeWords(size, answer.unit) }),
      ),
    ),
  );
}

/** @param {number} side */
function disc(side) {
  const box = Math.ceil(side) + 2;
  return svg(
    "svg",
    { width: box, height: box, "aria-hidden": "true" },
    svg("circle", { cx: box / 2, cy: box / 2, r: side / 2, class: "legend-disc" }),
  );
}

// ---- villages ----

/** @param {Api.CoverageAnswer} answer */
function villages({ rows, unreached, parameters }) {
  const codes = new Set(unreached.map((one) => one.code));
  const cls = rows.map((row) => villageClass(row, codes));
  const layer = app.layers.entry(layerOf("village") ?? "");
  const apart = Math.max(0, Number(layer?.count ?? rows.length) - rows.length);
  const count = (/** @type {number} */ at) => (at === VILLAGE.apart ? apart : cls.filter((one) => one === at).length);
  return block(
    t("村"),
    t("到达{whom}的份额", { whom: WHOM[parameters.demand]() }),
    villageClasses(parameters.demand).map(({ paint, title }, at) =>
      count(at) || SETTLED.villages.includes(at)
        ? line({ ...paint, line: at === VILLAGE.none ? "#A6195C" : "#AEB8B9" }, "polygon", title, t("{n} 村", { n: number(count(at)) }))
        : null,
    ),
  );
}

// ---- lines and symbols ----

/** @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageShapes} reach */
function lines({ parameters }, reach) {
  const proposed = question.places().length;
  const first = Math.min(gaps.FIRST, reach.gaps.length);
  return block(
    t("线和符号"),
    "",
    centrePaints(parameters.services.map((id) => app.layers.entry(id))).map((paints, i) => centres(parameters.services[i], reach, paints)),
    line(
      { ...EDGE.paint, line_mm: 0.3 },
      "line",
      t("{limit}范围的边", { limit: limitWords({ limit: parameters.limits[0], unit: parameters.unit }) }),
      "",
    ),
    reach.gaps.length
      ? line(HULL_SWATCH, "polygon", t("空白片区，前 {n} 片", { n: first }), t("共 {n}", { n: number(reach.gaps.length) }))
      : null,
    proposed ? line(PROPOSAL, "point", t("拟建点和它的范围"), number(proposed)) : null,
  );
}

/** @param {string} id
 * @param {Api.CoverageShapes} reach
 * @param {Record<"inside" | "outside" | "closed", Paint>} paints */
function centres(id, reach, paints) {
  const own = reach.centres.filter((one) => one.layer === id);
  const service = titleOf(id);
  const [inside, outside, closed] = [
    own.filter((one) => one.open && !one.outside).length,
    own.filter((one) => one.open && one.outside).length,
    own.filter((one) => !one.open).length,
  ];
  return [
    line(paints.inside, "point", outside ? t("{service}，县内", { service }) : service, number(inside)),
    outside ? line(paints.outside, "point", t("{service}，县外（也算）", { service }), number(outside)) : null,
    closed ? line(paints.closed, "point", t("{service}，假设关闭", { service }), number(closed)) : null,
  ];
}

/** @param {string} id */
const titleOf = (id) => app.layers.entry(id)?.title ?? id;
