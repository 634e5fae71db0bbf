// The legend of the planner's map: circles, villages, lines and symbols, with how many of each.

import { layerOf } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { PHONE } from "../core/screen.js";
import { number } from "../core/units.js";
import { grown } from "../map/placing.js";
import { byId, el, put, svg } from "../ui/dom.js";
import * as access from "./access-legend.js";
import * as gaps from "./gaps.js";
import * as parts from "./legend-parts.js";
import { block, edged, line } from "./legend-parts.js";
import {
  centrePaints,
  EDGE,
  HULL_SWATCH,
  PLACE,
  PROPOSAL,
  placeClasses,
  sideOf,
  sizeWords,
  VILLAGE,
  villageClass,
  villageClasses,
  whiteEdged,
} from "./paints.js";
import * as question from "./plan.js";
import * as sides from "./sides.js";
import { wholes } from "./wholes.js";
import { amount, counted, limitWords, placeWords, WHOM } from "./words.js";

const ROOMY = matchMedia("(min-width: 1200px)");
const MOST_OF_MAP = 0.3; // a higher legend may cover the county; a lower one pushes it up
const SETTLED = { places: [PLACE.near, PLACE.middle, PLACE.far], villages: [VILLAGE.none, VILLAGE.part, VILLAGE.all] };

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;
/** @type {[Api.CoverageAnswer, Api.CoverageShapes] | null} */
let shown = null;

/** @param {App} house
 * @param {import("./answers.js").Answers} given */
export function init(house, given) {
  app = house;
  answers = given;
  parts.init(app);
  answers.pairs.on((answer, reach) => {
    shown = [answer, reach];
    draw();
  });
  answers.coverage.on((answer) => !answer && forget());
  answers.shapes.on((reach) => !reach && forget());
  answers.access.on(draw);
  app.state.on(["plan"], follow);
  sides.on(draw);
  app.map.on("zoomend", () => (sides.inView() ? draw() : shown && resize(...shown)));
  byId("legend-fold").addEventListener("click", () => unfold(byId("legend-fold").getAttribute("aria-expanded") !== "true"));
  const keepLow = () => ROOMY.matches || unfold(false); // on a tablet it would cover the county
  keepLow();
  ROOMY.addEventListener("change", keepLow);
  byId("legend").classList.add("planner-legend");
  byId("legend-title").textContent = t("图例");
}

/** @param {boolean} open */
function unfold(open) {
  byId("legend-fold").setAttribute("aria-expanded", String(open));
  byId("legend-body").hidden = !open;
}

function forget() {
  shown = null;
  draw();
}

let fresh = true; // nobody has seen it yet: it does not open over the county
let ofAccess = false; // what is drawn

/** Only where something else is shown than before. */
function follow() {
  if (ofAccess !== answers.accessInView()) draw();
}

/** @returns {HTMLElement[]} */
function blocks() {
  const { answer } = answers.access;
  if (sides.inView()) return sides.shown().map(ofSide);
  if (!ofAccess) return shown?.[0].total ? reached(...shown) : [];
  if (!answer?.total) return [];
  const all = Number(app.layers.entry(layerOf("village") ?? "")?.count ?? answer.rows.length);
  return [
    access.villages(answer, all),
    ...(shown ? [block(t("服务设施"), "", services(...shown, whiteEdged), placed(question.places().length))] : []),
  ];
}

/** @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageShapes} reach */
const reached = (answer, reach) => [places(answer, reach), villages(answer), lines(answer, reach)];

/** What one side of the map shows, under its name.
 * @param {sides.Side} side
 * @param {number} at */
function ofSide({ name, question: text, shown: { answer, reach } }, at) {
  const title = at ? t("右边 {name}", { name }) : t("左边 {name}", { name });
  return el(
    "section",
    { class: "legend-side", "aria-label": title },
    el("h3", {}, el("bdi", { text: title }), " ", el("span", { class: "note", text })),
    answer.total ? reached(answer, reach) : null,
  );
}

/** On a phone it stands among the results. */
function draw() {
  ofAccess = answers.accessInView();
  const found = blocks();
  if (!found.length) {
    byId("legend").hidden = true;
    byId("planner-legend").hidden = true;
    return;
  }
  byId("legend").hidden = false;
  byId("planner-legend").hidden = !PHONE.matches;
  put(PHONE.matches ? byId("planner-legend") : byId("legend-body"), found);
  const foot = byId("map-foot");
  if (fresh && foot.offsetHeight >= byId("map-holder").offsetHeight * MOST_OF_MAP) unfold(false);
  fresh = false;
  foot.toggleAttribute("data-covers-map", ROOMY.matches && foot.offsetHeight < byId("map-holder").offsetHeight * MOST_OF_MAP);
}

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
        ? line(edged(paint, at === VILLAGE.none), "polygon", title, t("{n} 村", { n: number(count(at)) }))
        : null,
    ),
  );
}

// ---- lines and symbols ----

/** @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageShapes} reach */
function lines(answer, reach) {
  const { parameters } = answer;
  const first = Math.min(gaps.FIRST, reach.gaps.length);
  return block(
    t("线和符号"),
    "",
    services(answer, reach),
    line(
      { ...EDGE.paint, line_mm: 0.3 },
      "line",
      t("{limit}范围的边", { limit: limitWords({ limit: parameters.limits[0], unit: parameters.unit }) }),
      "",
    ),
    reach.gaps.length
      ? line(HULL_SWATCH, "polygon", t("空白片区，前 {n} 片", { n: first }), t("共 {n}", { n: number(reach.gaps.length) }))
      : null,
    placed(parameters.placed.length),
  );
}

/** @param {number} proposed */
function placed(proposed) {
  const words = sides.inView() ? t("拟建点") : t("拟建点和它的范围"); // a side has no circles around them
  return proposed ? line(PROPOSAL, "point", words, number(proposed)) : null;
}

/** @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageShapes} reach
 * @param {(paints: import("./paints.js").CentrePaints) => import("./paints.js").CentrePaints} [dressed] */
function services({ parameters }, reach, dressed = (paints) => paints) {
  const paints = centrePaints(parameters.services.map((id) => app.layers.entry(id)));
  return paints.map((one, i) => centres(parameters.services[i], reach, dressed(one)));
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
const titleOf = (id) => app.layers.entry(id)?.title ?? t("所选服务");
