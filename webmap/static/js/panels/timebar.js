// The time under the map: months as bars, a window with two handles, a player. Where only published periods exist, a
// choice of quarters and years takes its place.

import { day, lang, t } from "../core/i18n.js";
import { lastDay, monthWords, rangeWords, timeOf, windowOf } from "../core/periods.js";
import { number } from "../core/units.js";
import { byId, el, icon, put, svg, targetOf } from "../ui/dom.js";

const STEP_MS = 1000;
const BAR_PX = 44; // height of the highest bar
const LABELS = 24; // more months than this are labelled by quarter

/** @type {App} */
let app;
/** @type {HTMLElement} */
let box;
/** @type {Api.MonthCount[]} */
let months = [];
let layer = "";
let from = 0;
let until = 0;
let timer = 0;
let ticket = 0;
let asked = ""; // the conditions that the bars were counted by

/** @param {App} house */
export async function init(house) {
  app = house;
  const time = app.layers.theme.time;
  box = byId("timebar");
  if (!time || !box) return;
  box.hidden = time.kind === "none";
  if (time.kind === "periods") return void periods(time);
  if (time.kind !== "months") return;
  layer = time.layer;
  app.state.on(["time"], fromState);
  app.state.on(["filters", "area"], load);
  app.recount = load;
  app.state.on(["plan"], () => (conditions() === asked ? paint() : load()));
  await load();
}

// ---- published periods ----

/** @param {Api.TimeBar} time */
function periods({ periods: known }) {
  const years = known.filter((period) => /^\d{4}$/.test(period));
  const chips = (/** @type {string[]} */ items) =>
    items.map((period) =>
      el("button", {
        type: "button",
        class: "chip chip-small",
        data: { period },
        text: words(period),
        on: { click: () => app.state.set({ period }) },
      }),
    );
  put(
    box,
    el(
      "div",
      { class: "timebar-periods", role: "group", "aria-label": t("时段") },
      el("span", { class: "note", text: t("公开件数按季度和年给出") }),
      chips(known.filter((period) => period.includes("Q"))),
      years.length ? el("span", { class: "timebar-gap" }) : null,
      chips(years),
    ),
  );
  const newest =
    known
      .filter((period) => period.includes("Q"))
      .sort()
      .at(-1) ?? known.at(-1);
  const mark = () => {
    const { period } = app.state.get();
    const now = period && known.includes(period) ? period : newest;
    for (const chip of box.querySelectorAll("[data-period]")) chip.setAttribute("aria-pressed", String(chip.dataset.period === now));
  };
  app.state.on(["period"], mark);
  mark();
}

/** 2026Q3 → 2026年3季度.
 * @param {string} period */
function words(period) {
  const [, year, quarter] = /^(\d{4})(?:Q(\d))?$/.exec(period) ?? [];
  if (!year || lang === "en") return period.replace("Q", " Q");
  return quarter ? `${year}年${quarter}季度` : `${year}年`;
}

// ---- months ----

/** What the bars are counted by: the conditions of an answer about all areas, else those of the cases on the map. They show
 * all months, so the window itself is no part of it. */
function conditions() {
  const counted = app.counted?.();
  if (!counted)
    return app.layers
      .query(layer)
      .split("&")
      .filter((part) => part && !/^(since|until)=/.test(part))
      .join("&");
  const name = (/** @type {string} */ field) => (field === "q" ? "q" : `f.${field}`);
  return Object.entries(counted)
    .map(([field, values]) => `${name(field)}=${values.map(encodeURIComponent).join(",")}`)
    .join("&");
}

async function load() {
  const mine = ++ticket;
  asked = conditions();
  try {
    const answer = await app.api.timeline(layer, asked);
    if (mine !== ticket) return;
    months = answer.months;
    draw();
  } catch (error) {
    if (mine !== ticket) return;
    put(
      box,
      el(
        "div",
        { class: "timebar-periods" },
        error.status === 403
          ? el("span", { class: "note", text: t("不在查看范围") })
          : [
              el("span", { text: t("时间轴没有取到") }),
              el("span", { class: "note", text: error.code ?? "" }),
              el("button", { type: "button", class: "button button-small", text: t("重试"), on: { click: load } }),
            ],
      ),
    );
  }
}

function draw() {
  if (!months.length) return void put(box, el("div", { class: "timebar-periods note", text: t("没有带日期的记录") }));
  fromState();
  const play = el(
    "button",
    { type: "button", class: "timebar-play", "aria-label": t("逐月播放"), title: t("逐月播放"), on: { click: toggle } },
    icon("play"),
  );
  const track = el(
    "div",
    { class: "timebar-track" },
    chart(),
    el("div", { class: "timebar-window" }),
    handle("from", t("开始月份")),
    handle("until", t("结束月份")),
  );
  put(
    box,
    el(
      "div",
      { class: "timebar-row" },
      el("div", { class: "timebar-left" }, play, el("span", { class: "note", text: t("每月 1 秒") })),
      track,
      el(
        "div",
        { class: "timebar-words", "aria-live": "polite" },
        el("b", { id: "timebar-when" }),
        el("span", { id: "timebar-count", class: "note" }),
        el("button", {
          type: "button",
          class: "button button-small button-text",
          id: "timebar-all",
          text: t("全部时段"),
          on: { click: () => choose(0, months.length - 1) },
        }),
      ),
    ),
  );
  wire(track);
  paint();
}

/** A month with its number; what was not collected is no zero, and a part of a month no whole one.
 * @param {Api.MonthCount} one */
function countWords({ month, count, since, until }) {
  if (count === null) return t("{month} 没有采集", { month: monthWords(month) });
  const part = since && until ? t("（只有 {since}–{until}）", { since: since.slice(5), until: until.slice(5) }) : "";
  return `${monthWords(month)} ${number(count)}${part}`;
}

/** Bars with their numbers below, drawn in units of one month wide. */
function chart() {
  const most = Math.max(1, ...months.map(({ count }) => count ?? 0));
  const bars = months.map((one, i) => {
    const { count } = one;
    const height = count === null ? BAR_PX : count ? Math.max(2, (count / most) * BAR_PX) : 0;
    return svg(
      "g",
      { data: { i }, class: count === null ? "timebar-none" : "" },
      svg("title", {}, countWords(one)),
      svg("rect", {
        x: `${((i + 0.12) / months.length) * 100}%`,
        y: BAR_PX - height,
        width: `${(0.76 / months.length) * 100}%`,
        height,
        rx: 2,
      }),
    );
  });
  const labels = months.map(({ month }, i) => {
    const number = Number(month.slice(5));
    const quarter = number % 3 === 1; // a phone has room for these only
    const shown = months.length <= LABELS || quarter;
    // The year stands under January, and under the first month unless January is near.
    const year = number === 1 || (i === 0 && number < 10);
    return el(
      "span",
      { class: `timebar-month${quarter ? " timebar-quarter" : ""}`, data: { i } },
      el("span", { text: shown ? String(number) : "" }),
      year ? el("small", { text: lang === "en" ? month.slice(0, 4) : `${month.slice(0, 4)}年` }) : null,
    );
  });
  const words = t("每月件数：{list}", {
    list: months.map(countWords).join(t("，")),
  });
  return [
    svg("svg", { class: "timebar-bars", role: "img", "aria-label": words, height: BAR_PX, width: "100%" }, bars),
    el("div", { class: "timebar-months", "aria-hidden": "true" }, labels),
  ];
}

/** @param {string} which
 * @param {string} title */
function handle(which, title) {
  return el("div", {
    class: `timebar-handle timebar-${which}`,
    role: "slider",
    tabindex: "0",
    "aria-label": title,
    "aria-valuemin": "0",
    data: { which },
  });
}

/** Drag a handle, the window between them, or click a month.
 * @param {HTMLElement} track */
function wire(track) {
  /** @type {{which: string, at: number, from: number, until: number} | null} */
  let drag = null;
  const monthAt = (/** @type {PointerEvent} */ event) => {
    const area = track.getBoundingClientRect();
    return Math.max(0, Math.min(months.length - 1, Math.floor(((event.clientX - area.left) / area.width) * months.length)));
  };
  track.addEventListener("pointerdown", (event) => {
    stop();
    const at = monthAt(event);
    const target = targetOf(event);
    const which = target.dataset?.which ?? (target.classList.contains("timebar-window") ? "both" : "one");
    drag = { which, at, from, until };
    track.setPointerCapture(event.pointerId);
    if (which === "one") show(at, at);
    event.preventDefault();
    target.focus?.();
  });
  track.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const at = monthAt(event);
    if (drag.which === "from") show(Math.min(at, until), until);
    else if (drag.which === "until") show(from, Math.max(at, from));
    else if (drag.which === "both") slide(at - drag.at, drag);
    else show(Math.min(drag.at, at), Math.max(drag.at, at));
  });
  const end = () => {
    if (drag) choose(from, until);
    drag = null;
  };
  track.addEventListener("pointerup", end);
  track.addEventListener("pointercancel", end);
  track.addEventListener("keydown", (event) => {
    const { which } = targetOf(event).dataset;
    const by = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -3,
      PageUp: 3,
      Home: -months.length,
      End: months.length,
    }[event.key];
    if (!which || by === undefined) return;
    event.preventDefault();
    stop();
    const clamp = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
      Math.max(low, Math.min(high, value));
    if (which === "from") choose(clamp(from + by, 0, until), until);
    else choose(from, clamp(until + by, from, months.length - 1));
  });
}

/** @param {number} by
 * @param {{from: number, until: number}} window */
function slide(by, { from: first, until: last }) {
  const shift = Math.max(-first, Math.min(months.length - 1 - last, by));
  show(first + shift, last + shift);
}

/** @param {number} first
 * @param {number} last */
function show(first, last) {
  [from, until] = [first, last];
  paint();
}

/** Put the window into the state; the whole range is no filter at all.
 * @param {number} first
 * @param {number} last */
function choose(first, last) {
  show(first, last);
  app.state.set({ time: timeOf(months, first, last) });
}

function fromState() {
  if (!months.length) return;
  [from, until] = windowOf(months, app.state.get().time);
  paint();
}

function paint() {
  const track = box.querySelector(".timebar-track");
  if (!track) return;
  const share = (/** @type {number} */ i) => `${(i / months.length) * 100}%`;
  const set = (/** @type {string} */ name, /** @type {string} */ key, /** @type {string} */ value) =>
    track.querySelector(name).style.setProperty(key, value);
  set(".timebar-window", "left", share(from));
  set(".timebar-window", "width", share(until - from + 1));
  set(".timebar-from", "left", share(from));
  set(".timebar-until", "left", share(until + 1));
  const pair = app.compared?.() ?? null;
  const isIn = (/** @type {number} */ i) => (pair ? pair.some(({ id }) => id === months[i]?.month) : i >= from && i <= until);
  for (const item of track.querySelectorAll("[data-i]")) item.classList.toggle("in", isIn(Number(item.dataset.i)));
  track.classList.toggle("timebar-paired", pair !== null);
  for (const [which, at] of Object.entries({ from, until })) {
    const node = track.querySelector(`.timebar-${which}`);
    node.setAttribute("aria-valuemax", String(months.length - 1));
    node.setAttribute("aria-valuenow", String(at));
    node.setAttribute("aria-valuetext", monthWords(months[at].month));
  }
  if (pair) return void tellPair(pair);
  const sum = months.slice(from, until + 1).reduce((total, { count }) => total + (count ?? 0), 0);
  byId("timebar-when").textContent = whenWords(months[from], months[until]);
  byId("timebar-count").textContent = t("{n} {unit}", {
    n: number(sum),
    unit: app.layers.entry(layer)?.unit ?? "",
  });
  byId("timebar-all").hidden = from === 0 && until === months.length - 1;
}

/** Whole months by their names, a month that is cut by its day.
 * @param {Api.MonthCount} first
 * @param {Api.MonthCount} last */
function whenWords(first, last) {
  const since = first.since && !first.since.endsWith("-01") ? first.since : null;
  const until = last.until && last.until !== lastDay(last.month) ? last.until : null;
  if (!since && !until) return rangeWords(first.month, last.month);
  return t("{a}–{b}", { a: since ? day(since) : monthWords(first.month), b: until ? day(until) : monthWords(last.month) });
}

/** Two months that are compared stand in the place of the window.
 * @param {{id: string, words: string}[]} pair */
function tellPair(pair) {
  const counts = pair.map(({ id }) => months.find(({ month }) => month === id)?.count);
  const [a, b] = pair.map(({ words }) => words);
  byId("timebar-when").textContent = `${a} → ${lang !== "en" && a.slice(0, 5) === b.slice(0, 5) ? b.slice(5) : b}`;
  byId("timebar-count").textContent = t("{n} {unit}", {
    n: counts.map((count) => (count === null || count === undefined ? "—" : number(count))).join(" → "),
    unit: app.layers.entry(layer)?.unit ?? "",
  });
  byId("timebar-all").hidden = true;
}

// ---- player ----

function toggle() {
  if (timer) return stop();
  const width = until - from;
  if (from === 0 && until === months.length - 1) choose(0, 0);
  else if (until === months.length - 1) choose(0, width);
  timer = setInterval(step, STEP_MS);
  face(true);
  return undefined;
}

function step() {
  if (until >= months.length - 1) return stop();
  choose(from + 1, until + 1);
  return undefined;
}

function stop() {
  clearInterval(timer);
  timer = 0;
  face(false);
}

/** @param {boolean} playing */
function face(playing) {
  const play = box.querySelector(".timebar-play");
  if (!play) return;
  const title = playing ? t("停") : t("逐月播放");
  play.setAttribute("aria-label", title);
  play.title = title;
  put(play, icon(playing ? "pause" : "play"));
}
