// What the map is doing: a progress card beyond a second, an error card per layer, a way out when nothing is left.

import { HELD } from "../core/api.js";
import { day, t } from "../core/i18n.js";
import { same } from "../core/permalink.js";
import { byId, el, icon, put } from "../ui/dom.js";
import { empty, failure, problem } from "../ui/states.js";
import { announce } from "../ui/toast.js";
import { clearFilters, filterWords } from "./filtered.js";

const PATIENCE_MS = 1000;

const root = document.documentElement;
/** @type {App} */
let app;
let timer = 0;
/** @type {LayerEvents["progress"] | null} */
let latest = null;
/** @type {Map<string, HTMLElement>} */
const cards = new Map();

/** @param {App} house */
export function init(house) {
  app = house;
  app.layers.on("progress", progress);
  app.layers.on("error", ({ layer, error }) => fail(layer, error));
  app.layers.on("loaded", loaded);
  app.layers.on("ready", () => stop());
  for (const [layer, error] of app.layers.errors ?? []) fail(layer, error);
  app.state.on(["layers"], tidy);
}

/** @param {LayerEvents["progress"]} now */
function progress(now) {
  latest = now;
  if (now.done >= now.total) return stop();
  if (!byId("progress").hidden) return draw();
  if (!timer) timer = setTimeout(draw, PATIENCE_MS);
  return undefined;
}

function draw() {
  timer = 0;
  if (!latest || latest.done >= latest.total) return;
  const names = latest.waiting.map((id) => app.layers.entry(id)?.title ?? id);
  const box = byId("progress");
  box.hidden = false;
  put(
    box,
    el(
      "p",
      {},
      el("span", { text: t("正在载入{layer}", { layer: names[0] ?? t("图层") }) }),
      el("span", { class: "num", text: `${latest.done} / ${latest.total}` }),
    ),
    el("progress", { max: latest.total, value: latest.done, "aria-label": t("载入进度") }),
    names.length > 1 ? el("span", { class: "note", text: t("还有 {names}", { names: names.slice(1, 4).join(t("、")) }) }) : null,
  );
}

function stop() {
  clearTimeout(timer);
  timer = 0;
  byId("progress").hidden = true;
}

/** @param {string} layer
 * @param {Failure} error */
function fail(layer, error) {
  cards.get(layer)?.remove();
  if (error.code === HELD) return; // one line says so for all
  if (error.code === "network" && (root.dataset.line === "lost" || root.dataset.kept)) {
    root.dataset.lacking = ""; // nothing to retry: the line that is down says so, and its return makes the page anew
    return void dispatchEvent(new Event("kept"));
  }
  const title = t("{layer}图层没有取到", { layer: app.layers.entry(layer)?.title ?? layer });
  const retry = () => {
    cards.get(layer)?.remove();
    cards.delete(layer);
    app.layers.retry(layer);
  };
  const refused = Number(error.status) >= 400 && Number(error.status) < 500; // asked again it would say the same
  const state = refused ? problem(title, error) : failure(title, error, retry, t("其他图层照常可用。"));
  const card = el(
    "div",
    { class: "map-error", "data-covers-map": "" },
    el("button", { type: "button", class: "icon-button close", "aria-label": t("关闭"), on: { click: () => card.remove() } }, icon("x")),
    state,
  );
  cards.set(layer, card);
  byId("map-errors").append(card);
}

/** @param {LayerEvents["loaded"]} what */
function loaded({ layer, count }) {
  cards.get(layer)?.remove();
  cards.delete(layer);
  const id = `empty-${layer}`;
  byId(id)?.remove();
  if (count === 0 && narrowed(layer) && app.state.get().layers?.includes(layer)) nothing(layer, id);
}

/** Whether somebody chose what a layer shows; what staff see at first is not empty for lack of a choice.
 * @param {string} layer */
function narrowed(layer) {
  const { area, time, period, filters } = app.state.get();
  const first = app.layers.entry(layer)?.first?.filters ?? {};
  const chosen = area || time || period || !same(filters[layer] ?? {}, first);
  return Boolean(chosen) && app.layers.query(layer) !== "";
}

/** “2026年2月没有纠纷记录。换一个时段，或清除筛选。”
 * @param {string} layer
 * @param {string} id */
function nothing(layer, id) {
  const { time } = app.state.get();
  const entry = app.layers.entry(layer);
  const when = entry?.time_field && time?.since ? windowWords(time) : "";
  const words = filterWords(app, layer).join(t("；"));
  const title = t("{when}没有{layer}记录", { when, layer: entry?.title ?? layer });
  const actions = [
    { label: t("清除筛选"), run: () => clearFilters(app, layer) },
    ...(when ? [{ label: t("看全部时段"), run: () => app.state.set({ time: null }) }] : []),
  ];
  const box = el(
    "div",
    { class: "map-error", id },
    el("button", { type: "button", class: "icon-button close", "aria-label": t("关闭"), on: { click: () => box.remove() } }, icon("x")),
    empty(title, [words, t("换一个时段，或清除筛选。")], actions),
  );
  byId("map-errors").append(box);
  announce(title);
}

/** 2026年6月–2026年11月; one month alone.
 * @param {import("../core/periods.js").Time} time */
export function windowWords({ since, until }) {
  const [from, to] = [since, until].map((one) => (one ? day(one.slice(0, 7)) : ""));
  if (from === to) return from;
  return [from, to].join("–");
}

function tidy() {
  const on = new Set(app.state.get().layers);
  for (const [layer, card] of cards)
    if (!on.has(layer)) {
      card.remove();
      cards.delete(layer);
    }
  for (const box of byId("map-errors").querySelectorAll("[id^=empty-]")) if (!on.has(box.id.slice(6))) box.remove();
}
