// Title card and legend on the map: what is drawn, how, and how many of each.

import { hollow } from "../core/hollow.js";
import { t } from "../core/i18n.js";
import { whenWords } from "../core/periods.js";
import { PHONE } from "../core/screen.js";
import { amount, amountInFull, number } from "../core/units.js";
import { RAMP } from "../map/heat.js";
import { byId, el, put } from "../ui/dom.js";
import { swatch } from "../ui/swatch.js";
import * as frame from "./frame.js";
import * as titlecard from "./title-card.js";
import { setCounts } from "./tree.js";

const TWO_COLUMNS = 7;
const MOST_OF_MAP = 0.3; // a higher legend may cover the county; a lower one pushes it up
const GROUND = ["divisions", "base"]; // the land itself

/** @type {App} */
let app;
/** @type {Theme} */
let doc;
/** @type {Map<string, Told[]>} */
const filtered = new Map();
/** @type {Map<string, Api.Statement>} */
const told = new Map();
let extent = el("div", {}); // below them
let listed = ""; // layers that the legend tells of
/** @typedef {Omit<Api.LegendRow, "count"> & {count: number | null}} Told a row whose number may not be known */

/** @param {App} house */
export function init(house) {
  app = house;
  doc = app.layers.theme;
  const fold = byId("legend-fold");
  extent = el("div", { class: "legend-extent" });
  byId("legend").append(extent);
  fold.before(frame.frameSwitch(app)); // in the head: a row more would fold the legend
  fold.addEventListener("click", () => unfold(fold.getAttribute("aria-expanded") !== "true"));
  // Where every layer is shown, the tree beside the map says the same; the legend opens when the tree folds.
  if (doc.id === "overview") {
    unfold(!app.state.get().panels.left);
    app.state.on(["panels"], ({ panels }) => unfold(!panels.left));
  }
  app.state.on(["layers", "panels", "hidden", "heat", "plan"], draw);
  app.layers.on("ready", () => idsOf(visible()) !== listed && draw());
  app.state.on(["filters", "time", "area", "period"], recount);
  frame.follow(app, recount);
  app.relegend = draw;
  draw();
  keepLow();
  app.map.on("resize", keepLow);
  titlecard.init(app);
  recount();
}

/** Too high a legend is folded, for it would lie over the county: at the start, and when a table or a smaller window takes its room.
 * A phone has it for itself. */
function keepLow() {
  cover();
  if (PHONE.matches || document.documentElement.dataset.printing !== undefined) return;
  const foot = byId("map-foot");
  const low = foot.hasAttribute("data-covers-map");
  if (foot.offsetHeight >= most() || (app.state.get().panels.left && !low)) unfold(false);
}

/** @param {boolean} open */
function unfold(open) {
  byId("legend-fold").setAttribute("aria-expanded", String(open));
  byId("legend-body").hidden = !open;
  cover();
}

const most = () => byId("map-holder").offsetHeight * MOST_OF_MAP;

function cover() {
  const foot = byId("map-foot");
  const low = foot.offsetHeight > 24 && foot.offsetHeight < most();
  foot.toggleAttribute("data-covers-map", low);
  app.refit?.();
}

function visible() {
  const on = new Set(app.state.get().layers);
  const layers = doc.groups
    .flatMap((group) => group.layers)
    .filter((layer) => on.has(layer.id) && layer.access !== "none" && app.layers.instead.get(layer.id)?.shapes.length !== 0);
  const shown = layers.filter((layer) => !GROUND.includes(layer.group));
  // The tree beside the map shows the ground; without it, as on paper, the legend does.
  const beside = app.state.get().panels.left && document.documentElement.dataset.printing === undefined;
  const ground = beside && (shown.length || app.explained?.()) ? [] : layers.filter((layer) => GROUND.includes(layer.group));
  return [...shown, ...ground];
}

/** @param {LayerEntry[]} layers */
const idsOf = (layers) => layers.map(({ id }) => `${id}${app.layers.instead.get(id)?.shapes[0]?.size ?? ""}`).join();

/** Counts of what the filters leave; layers without a filter keep the counts that came with the page. */
async function recount() {
  const jobs = visible().map(async (layer) => {
    const query = frame.query(app, layer.id);
    if (!query) {
      told.delete(layer.id);
      if (filtered.delete(layer.id)) setCounts(layer.id, layer.legend, layer.count);
      return;
    }
    try {
      const { legend: rows, statement } = await app.api.legend(layer.id, query);
      if (frame.query(app, layer.id) !== query) return;
      filtered.set(layer.id, rows);
      const whole = query === app.layers.query(layer.id); // the tree goes on telling of all of it
      if (whole) setCounts(layer.id, rows, statement.total);
      told.set(layer.id, statement);
      if (doc.time?.layer === layer.id) titlecard.tell(query, statement);
    } catch {
      // The map says what failed; counts that are not known are not told.
      told.delete(layer.id);
      const unknown = layer.legend.map((one) => ({ ...one, count: null, amount: null }));
      filtered.set(layer.id, unknown);
      setCounts(layer.id, unknown, null);
    }
  });
  await Promise.all(jobs);
  draw();
}

function draw() {
  const layers = visible();
  listed = idsOf(layers);
  const answer = app.explained?.()?.block ?? null;
  const blocks = [answer, ...layers.map(block)].filter(Boolean);
  const rows = layers.reduce((sum, layer) => sum + rowsOf(layer).length, 0);
  byId("legend").hidden = blocks.length === 0;
  const body = byId("legend-body");
  body.classList.toggle("single", rows < TWO_COLUMNS);
  put(body, blocks, clustered(layers) ? el("p", { class: "legend-note", text: t("数字为聚合件数，取最高级") }) : null);
  drawExtent(layers);
  cover();
  app.refit?.();
}

/** What the switch for the extent of the map leaves as it is.
 * @param {LayerEntry[]} layers */
function drawExtent(layers) {
  const words = new Set(layers.filter(({ access }) => access === "counts").map(({ id }) => frame.frameWords(app, id)));
  const others = [...words].filter(Boolean).map((text) => el("p", { class: "legend-note", text }));
  put(extent, others);
  extent.hidden = !others.length;
}

/** @param {LayerEntry} layer */
function rowsOf(layer) {
  const hidden = app.state.get().hidden?.[layer.id] ?? [];
  const shown = app.layers.instead.get(layer.id);
  if (shown) return layer.legend.map((row, at) => ({ ...row, count: drawnOf(shown, at) })).filter((row) => row.count);
  return (filtered.get(layer.id) ?? layer.legend).filter((row) => !hidden.includes(row.index));
}

/** How many of a class are drawn in the place of a layer's own symbols.
 * @param {Drawn} shown
 * @param {number} at */
const drawnOf = ({ shapes }, at) => shapes.reduce((sum, { cls }) => sum + cls.filter((one) => one === at).length, 0);

/** @param {LayerEntry[]} layers */
const clustered = (layers) => layers.some((layer) => layer.style?.cluster && layer.geometry === "point" && !heated(layer));

/** @param {LayerEntry} layer */
function block(layer) {
  const rows = rowsOf(layer);
  if (rows.length === 0) return null;
  if (heated(layer)) return heatBlock(layer);
  const some = app.state.get().hidden?.[layer.id]?.length ? ` · ${rows[0].title}` : ""; // others are switched off
  if (rows.length === 1)
    return el("div", { class: "legend-block" }, row({ ...rows[0], title: layer.title + some }, layer), outside(layer), remarks(layer));
  return el(
    "div",
    { class: "legend-block multi" },
    el("h3", { text: layer.title }, dated(layer)),
    rows.map((one) => row(one, layer)),
    outside(layer),
    rest(layer),
  );
}

/** Of what time the counts of a layer are: those of its rows where they have days, else that of the layer; the ground of
 * the map is of none that matters.
 * @param {LayerEntry} layer */
function dated(layer) {
  const said = told.get(layer.id) ?? layer.statement;
  const when = layer.time_field || layer.access === "counts" ? said?.when : layer.period && whenWords(layer.period);
  const words = [when, ...(said?.remarks ?? [])].filter(Boolean).join(" · ");
  return words && !GROUND.includes(layer.group) ? el("small", { class: "legend-period", text: words }) : null;
}

/** That a layer is overdue, where its one row has no heading to say it in.
 * @param {LayerEntry} layer */
function remarks(layer) {
  const { remarks: words = [] } = told.get(layer.id) ?? layer.statement ?? {};
  return words.length && !GROUND.includes(layer.group) ? el("p", { class: "note", text: words.join(" · ") }) : null;
}

/** The switch for the rows that are not shown at first.
 * @param {LayerEntry} layer */
function rest(layer) {
  const { first } = layer;
  if (!first) return null;
  const { [layer.id]: now = {}, ...others } = app.state.get().filters;
  const box = el("input", { type: "checkbox", class: "check", checked: Object.keys(first.filters).some((field) => !now[field]) });
  box.addEventListener("change", () => {
    const kept = Object.fromEntries(Object.entries(now).filter(([field]) => !(field in first.filters)));
    app.state.set({ filters: { ...others, [layer.id]: box.checked ? kept : { ...kept, ...first.filters } } });
  });
  return el("label", { class: "filter-option legend-rest" }, box, el("span", { text: t("也显示{rest}", { rest: first.rest }) }));
}

/** What is drawn across the county's line, hollow, and counted as nobody's.
 * @param {LayerEntry} layer */
function outside(layer) {
  const n = frame.query(app, layer.id) ? (told.get(layer.id)?.outside ?? 0) : layer.outside;
  if (!n) return null;
  const paint = layer.legend[0]?.paint;
  if (layer.geometry !== "point" || !paint)
    return el("p", { class: "legend-outside note", text: t("县外另有 {n} {unit}，不计入", { n: number(n), unit: layer.unit }) });
  return el(
    "div",
    { class: "class-row legend-outside" },
    swatch(hollow(paint), "point", doc.symbols),
    el("span", { class: "note", text: t("县外，不计入") }),
    el("span", { class: "num", text: number(n) }),
  );
}

/** @param {LayerEntry} layer */
const heated = (layer) => layer.geometry === "point" && Boolean(layer.style?.heat) && (app.state.get().heat ?? []).includes(layer.id);

/** Density has no classes: a ramp, and what it is a density of.
 * @param {LayerEntry} layer */
function heatBlock(layer) {
  const ramp = el(
    "div",
    { class: "legend-ramp", "aria-hidden": "true" },
    RAMP.map((fill) => el("span", { css: { background: fill } })),
  );
  const total = rowsOf(layer).reduce((sum, one) => sum + (one.count ?? 0), 0);
  return el(
    "div",
    { class: "legend-block multi" },
    el("h3", { text: t("{layer}密度", { layer: layer.title }) }),
    ramp,
    el("div", { class: "legend-ends" }, el("span", { text: t("低") }), el("span", { text: t("高") })),
    el("p", { class: "legend-note", text: t("{n} 个点在当前画面里的疏密，放大后重算", { n: number(total) }) }),
  );
}

/** @param {Told} one
 * @param {LayerEntry} layer */
function row(one, layer) {
  return el(
    "div",
    { class: "class-row" },
    swatch(one.paint, layer.geometry, doc.symbols),
    el("span", { text: one.title }),
    el("span", { class: "num", text: amount(one), title: amountInFull(one, layer.unit) }),
  );
}
