// The hotspot page: how disputes are shown above the layers, the map, and the table that belongs to it. Loaded on that
// page alone, once the map is there.

import { depth, whole } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import * as swipe from "../map/swipe.js";
import { notice } from "../panels/notices.js";
import { Stream } from "../planner/answers.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { segmentsOf } from "../ui/segments.js";
import { denied, empty, NOTHING, problem, skeleton } from "../ui/states.js";
import { titleCard } from "../ui/title.js";
import { toast } from "../ui/toast.js";
import * as badges from "./badges.js";
import * as cases from "./cases.js";
import * as legend from "./legend.js";
import * as mapped from "./map.js";
import * as question from "./question.js";
import * as table from "./table.js";

const ALPHAS = ["0.01", "0.05", "0.1"];
/** @typedef {Stream<Api.HotspotsAnswer>} Spots */
/** @typedef {Stream<Api.RatesAnswer>} Rates */

/** @type {App} */
let app;
/** @type {Spots} */
let spots; // of the window
/** @type {Rates} */
let rates; // of the window: whether hot spots of it are told
/** @type {Stream<Api.DensityAnswer>} */
let density;
/** @type {[before: Rates, after: Rates]} */
let sides; // of the two periods that are compared
let told = ""; // the line under the title
let title = "";

/** @param {App} house */
export async function init(house) {
  app = house;
  const { time, viewer } = app.layers.theme;
  const layer = time && app.layers.entry(time.layer);
  if (!time || !layer?.edition || layer.access === "none")
    return void put(byId("hotspots"), empty(t("还没有纠纷数据"), t("导入矛盾纠纷以后才能看热点。"), [], "calendar-search"));
  if (depth(viewer?.scope) > 0)
    return void put(
      byId("hotspots"),
      denied(
        t("这个身份看不到{whole}的热点", { whole: whole() }),
        t("只看本网格的身份算不出{whole}的热点，需要时找县综治中心。", { whole: whole() }),
      ),
    );
  app.layers.hold("hotspots");
  question.init(app, await periods(time));
  build(layer.access);
  mapped.init(app);
  badges.init(app);
  legend.init(app);
  noticeUnknown();
  table.init(app);
  if (!publicOnly) cases.init(app, body("cases"), time.layer);
  app.title = drawTitle;
  app.counted = () => (question.words().show === "off" ? null : question.conditions());
  app.compared = () => (question.words().show === "compare" && !publicOnly ? question.pair() : null);
  app.recount?.();
  const stream = (/** @type {string} */ name, path = "/api/hotspots") => new Stream(app, { name, path, draws: true });
  spots = stream("spots");
  density = stream("density", "/api/hotspots/density");
  const counted = (/** @type {string} */ name) => stream(name, "/api/hotspots/rates");
  rates = counted("rates");
  sides = [counted("before"), counted("after")];
  rates.on((answer) => answer?.refusal === "" && question.words().show === "spots" && spots.ask(question.query()));
  for (const one of [spots, rates, density, ...sides]) one.on(draw);
  app.hotspots = { spots, rates, density, sides, question };
  app.state.on(["plan", "time", "period", "filters"], ask);
  ask();
  app.layers.release("hotspots");
}

/** Words of the address that the page does not know are not used, and that is said. */
function noticeUnknown() {
  const { heat } = app.state.get();
  const unknown = heat.filter((id) => !app.layers.entry(id)?.style?.heat).map((id) => `heat=${id}`);
  if (unknown.length) toast(t("网址里的 {words} 不认识，没有用上", { words: unknown.join(t("、")) }));
}

/** @param {Api.TimeBar} time
 * @returns {Promise<question.Period[]>} */
async function periods(time) {
  if (time.kind === "periods")
    return time.periods
      .filter((id) => id.includes("Q"))
      .sort()
      .map(question.periodOf);
  const { months } = await app.api.timeline(time.layer, "").catch(() => ({ months: [] }));
  return months.map(({ month }) => question.periodOf(month));
}

/** @param {string} name
 * @param {string} heading */
const part = (name, heading, note = "") =>
  el(
    "section",
    { class: "planner-part", data: { part: name } },
    heading ? el("div", { class: "planner-head" }, el("h3", { text: heading }), el("span", { class: "note", text: note })) : null,
    el("div", { class: "planner-body" }),
  );
/** @param {string} name
 * @returns {HTMLElement} */
const body = (name) => byId("hotspots").querySelector(`[data-part=${name}] .planner-body`);
let publicOnly = false;

/** @param {Access} access */
function build(access) {
  publicOnly = access === "counts";
  put(
    byId("hotspots"),
    part("show", t("表现方式")),
    part("choice", ""),
    publicOnly ? null : part("cases", t("案件")),
    el("div", { id: "hotspots-table" }, skeleton(4)),
    el("div", { id: "hotspots-method" }),
  );
}

// ---- asking ----

function ask() {
  if (question.missing().length) return leaveOut(question.missing());
  const { show } = question.words();
  controls(show);
  if (show === "off") {
    mapped.showNothing();
    badges.take([]);
    app.layers.repaint();
  } else if (show === "density") density.ask(question.query(question.window(), { alpha: "", by: "", neighbours: "", band: "" }));
  else if (show === "compare") question.pair().forEach((period, i) => period && sides[i].ask(question.query(period)));
  else (publicOnly ? rates : spots).ask(question.query());
  return draw();
}

/** What a link compares and this viewer has not is not compared: that is said, and the address says what is.
 * @param {string[]} missing */
function leaveOut(missing) {
  question.change({ compare: "" }, { replace: true });
  const [a, b] = question.pair().map((period) => period?.words);
  const words = missing.join(t("、"));
  if (b) notice("compare", t("这个身份没有 {words} 的件数，改为对比{a}和{b}。", { words, a, b }));
}

/** @param {string} show */
function controls(show) {
  const focus = byId("hotspots").contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.name : null;
  const off = {
    density: publicOnly ? t("公开的只有各村件数，没有位置") : null,
    compare: question.periods().length < 2 ? t("不足两个时段") : null,
  };
  put(
    body("show"),
    segmentsOf(
      "show",
      t("表现方式"),
      { spots: t("热点"), density: t("密度"), compare: publicOnly ? t("各季对比") : t("逐月对比"), off: t("不用") },
      { value: show, choose: (id) => change(show, id), off },
    ),
  );
  put(body("choice"), show === "spots" ? spotChoices() : show === "compare" ? compareChoices() : null);
  if (focus)
    byId("hotspots")
      .querySelector(`[data-name="${CSS.escape(focus)}"]`)
      ?.focus({ preventScroll: true });
}

/** Density stands for the points: they leave the map with it, and come back.
 * @param {string} from
 * @param {string} to */
function change(from, to) {
  const layer = app.layers.theme.time?.layer ?? "";
  const others = (app.state.get().layers ?? []).filter((id) => id !== layer);
  if (to === "density") app.state.set({ layers: others });
  else if (from === "density") app.state.set({ layers: [layer, ...others] });
  question.change({ show: to });
}

function spotChoices() {
  const { alpha, by, neighbours } = question.words();
  /** @type {Record<string, string>} */
  const grid = publicOnly ? { grid: t("公开的件数只到村") } : {};
  return [
    segmentsOf(
      "by",
      t("统计单元"),
      { village: t("村（社区）"), grid: t("治理网格") },
      { value: by, choose: (id) => question.change({ by: id }), off: grid },
    ),
    row(
      t("显著性"),
      choose(
        "alpha",
        t("显著性"),
        ALPHAS.map((one) => [one, `q ≤ ${one}`]),
        alpha,
      ),
    ),
    row(
      t("邻居"),
      choose(
        "neighbours",
        t("邻居"),
        [
          ["queen", t("界线相接")],
          ["band", t("3 公里以内")],
        ],
        neighbours,
      ),
    ),
  ];
}

function compareChoices() {
  const all = question.periods().map((one) => [one.id, one.words]);
  const [a, b] = question.pair();
  const field = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ value, /** @type {number} */ at) =>
    row(
      label,
      choose(name, label, all, value, (id) => question.change({ compare: (at ? [a.id, id] : [id, b.id]).join(",") })),
    );
  const both = el("input", {
    type: "checkbox",
    class: "check",
    data: { name: "swipe" },
    checked: swipe.placeOf(question.words().swipe) !== null,
  });
  both.addEventListener("change", () => question.change({ swipe: both.checked ? "50" : "" }));
  return [
    field("compare-a", t("先"), a.id, 0),
    field("compare-b", t("后"), b.id, 1),
    el("label", { class: "filter-option" }, both, el("span", { text: t("左右对看") })),
  ];
}

/** @param {string} label
 * @param {HTMLElement} control */
const row = (label, control) => el("div", { class: "planner-row" }, el("span", { text: label }), control);

/** @param {string} name
 * @param {string} label
 * @param {string[][]} options
 * @param {string} value */
function choose(name, label, options, value, change = (/** @type {string} */ id) => question.change({ [name]: id })) {
  const field = el(
    "select",
    { class: "field field-small", "aria-label": label, data: { name } },
    options.map(([id, text]) => el("option", { value: id, text })),
  );
  field.value = value;
  field.addEventListener("change", () => change(field.value));
  return field;
}

// ---- showing ----

function draw() {
  const { show } = question.words();
  if (show !== "compare" || swipe.placeOf(question.words().swipe) === null) swipe.hide();
  const refusal = show === "spots" && publicOnly && rates.answer?.refusal;
  /** @type {Record<string, (Spots | Rates | typeof density)[]>} */
  const streams = { spots: publicOnly ? [rates, spots] : [spots], density: [density], compare: sides };
  const now = refusal ? [rates] : (streams[show] ?? []);
  const failed = now.find((one) => one.error && !one.running);
  if (failed?.error) return fail(failed.error);
  if (refusal) return refuse(refusal);
  const [before, after] = sides.map((one) => one.answer);
  if (now.some((one) => !one.answer)) return undefined;
  if (show === "spots" && spots.answer) drawSpots(spots.answer);
  else if (show === "density" && density.answer) drawDensity(density.answer);
  else if (show === "compare" && before && after) drawCompare(before, after);
  else drawOff();
  drawTitle();
  return undefined;
}

/** @param {Failure} error */
function fail(error) {
  mapped.showNothing();
  badges.take([]);
  legend.none();
  const none = error.code === NOTHING;
  [title, told] = [none ? t("没有纠纷记录") : t("没有算出热点"), error.message];
  drawTitle();
  put(byId("hotspots-method"));
  const card = none ? empty(t("没有纠纷记录"), error.message, waysOut()) : problem(t("这个问题没有算出来"), error, ask);
  put(byId("hotspots-table"), card);
}

/** Out of a question that finds nothing. */
function waysOut() {
  const { time, filters } = app.state.get();
  const layer = app.layers.theme.time?.layer ?? "";
  const { [layer]: own, ...others } = filters;
  return [
    time && question.words().show !== "compare" ? { label: t("看全部时段"), run: () => app.state.set({ time: null }) } : null,
    Object.keys(question.conditions()).length ? { label: t("清除筛选"), run: () => app.state.set({ filters: others }) } : null,
  ].filter((one) => one !== null);
}

/** No hot spots of what is partly withheld: the counts that are published stay on the map, with their legend.
 * @param {string} why */
function refuse(why) {
  mapped.showNothing();
  drawOff();
  put(byId("hotspots-table"), empty(t("这个时段不提供热点"), why, [], "info"));
  byId("hotspots").dataset.shown = "counts";
}

/** @param {Api.HotspotsAnswer} answer */
function drawSpots(answer) {
  const counts = mapped.showAreas(answer.rows, mapped.SPOTS);
  const [hot, cold] = ["hot", "cold"].map((kind) => answer.rows.filter((one) => one.class === kind).length);
  title = t("矛盾纠纷热点（{when}，q ≤ {alpha}）", {
    when: question.spanWords(answer),
    alpha: answer.parameters.alpha,
  });
  told = [
    ...answer.filters,
    answer.parameters.by === "grid" ? t("按网格") : t("按村（社区）"),
    t("每千人件数，平滑后"),
    t("{n} 件", { n: number(answer.total) }),
    t("热点 {hot} 个（{n} 片），冷点 {cold} 个", { hot, n: answer.clusters.length, cold }),
  ].join(" · ");
  badges.take(answer.clusters);
  legend.areas(t("热点和冷点（Gi*）"), mapped.SPOTS, counts, 3);
  table.spots(answer);
  method(answer, true);
}

/** @param {Api.DensityAnswer} answer */
function drawDensity(answer) {
  mapped.showCells(answer);
  badges.take([]);
  title = t("矛盾纠纷密度（{when}）", { when: question.spanWords(answer) });
  told = [...answer.filters, t("{n} 件", { n: number(answer.total) }), t("每平方公里件数，最高 {n}", { n: number(answer.peak, 1) })].join(
    " · ",
  );
  legend.density(answer.peak);
  put(byId("hotspots-table"));
  method(answer, false);
}

/** @param {Api.RatesAnswer} before
 * @param {Api.RatesAnswer} after */
function drawCompare(before, after) {
  const old = new Map(before.rows.map((one) => [one.code, one]));
  const rows = after.rows.map((one) => {
    const was = old.get(one.code)?.n ?? null;
    return { ...one, before: was, change: was === null || one.n === null ? null : one.n - was };
  });
  const [a, b] = question.pair();
  const place = swipe.placeOf(question.words().swipe);
  if (place === null) legend.areas(t("件数变化"), mapped.CHANGES, mapped.showAreas(rows, mapped.CHANGES), 4);
  else drawSides(before, after, place);
  title = t("矛盾纠纷变化（{a} → {b}）", { a: a.words, b: b.words });
  const sums = t("{a} 件 → {b} 件，各村件数之差，没有作显著性检验", { a: number(before.total), b: number(after.total) });
  told = [...after.filters, sums].join(" · ");
  badges.take([]);
  table.changes(rows, [a, b]);
  method(after, false);
}

/** The two periods beside each other, each with its own count.
 * @param {Api.RatesAnswer} before
 * @param {Api.RatesAnswer} after
 * @param {number} place of the line */
function drawSides(before, after, place) {
  mapped.showSides([before.rows, after.rows], mapped.COUNTS);
  legend.scale(t("各村件数，左右同一分级"), mapped.COUNTS);
  const totals = [before.total, after.total];
  const words = question.pair().map((period, i) => ({ name: period.words, text: t("{n} 件", { n: number(totals[i]) }) }));
  swipe.show(app, { place, words, settle: (at) => question.change({ swipe: String(at) }) });
}

function drawOff() {
  title = "";
  for (const id of ["hotspots-table", "hotspots-method"]) put(byId(id));
  badges.take([]);
  legend.none();
  app.titled?.();
  app.refit?.();
}

/** Whether the title of the map is ours. */
function drawTitle() {
  if (!title) return false;
  titleCard(title, told, true);
  app.refit?.();
  byId("hotspots").dataset.shown = question.words().show;
  return true;
}

// ---- how it was worked out ----

/** @param {Api.HotspotsAnswer | Api.RatesAnswer | Api.DensityAnswer} answer
 * @param {boolean} files */
function method(answer, files) {
  const notes = (answer.note ?? "").split(/；|; /).filter(Boolean);
  const editions = Object.entries(answer.editions).map(([layer, edition]) =>
    el("li", {}, `${app.layers.entry(layer)?.title ?? layer} `, el("code", { text: edition })),
  );
  const links = files
    ? ["xlsx", "csv", "geojson", "gpkg"].map((format) =>
        el("a", {
          class: "button button-small",
          href: `/api/hotspots/export?${question.query(question.window(), { format })}`,
          download: "",
          text: format.toUpperCase(),
        }),
      )
    : [];
  put(
    byId("hotspots-method"),
    notes.map((one) => el("p", { class: "note hotspots-note", text: one })),
    el(
      "details",
      { class: "planner-needs" },
      el("summary", {}, el("h3", { text: files ? t("怎么算的、导出") : t("怎么算的") })),
      el("p", { class: "note", text: answer.method }),
      el("ul", { class: "note planner-editions", "aria-label": t("数据版本") }, editions),
      links.length ? el("div", { class: "card-actions" }, icon("download", "s"), links) : null,
    ),
    answer.demo ? el("p", {}, el("span", { class: "mark-demo", text: t("演示数据") })) : null,
  );
}
