// The hotspot question: what the state says over the defaults, its periods and its query strings.

import { layerOf } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { lastDay, monthWords, periodName } from "../core/periods.js";

const DEFAULTS = { show: "spots", alpha: "0.05", by: "village", neighbours: "queen", compare: "" };
const SHOWS = ["spots", "density", "compare", "off"];
const BAND_M = "3000";

let app;
let known = []; // periods that can be set against each other: {id, words, since, until}

export function init(house, periods) {
  app = house;
  known = periods;
}

/** The question; a way of showing that the map does not have, as in the words of a sheet, is the usual one. */
export function words() {
  const now = { ...DEFAULTS, ...(app.state.get().plan ?? {}) };
  return SHOWS.includes(now.show) ? now : { ...now, show: DEFAULTS.show };
}

export function change(patch) {
  const own = Object.entries({ ...words(), ...patch }).filter(([name, value]) => value !== (DEFAULTS[name] ?? ""));
  app.state.set({ plan: own.length ? Object.fromEntries(own) : null });
}

/** A month 2026-03, a quarter 2026Q1 or a year 2026, with its first and last day. */
export function periodOf(id) {
  const [, year, quarter] = /^(\d{4})(?:Q(\d))?$/.exec(id) ?? [];
  if (!year) return { id, words: monthWords(id), since: `${id}-01`, until: lastDay(id) };
  const [first, last] = quarter ? [Number(quarter) * 3 - 2, Number(quarter) * 3] : [1, 12];
  const month = (number) => `${year}-${String(number).padStart(2, "0")}`;
  return { id, words: periodName(id), since: `${month(first)}-01`, until: lastDay(month(last)) };
}

export const periods = () => known;

/** What the map shows now: the window of the time bar, or the published period that is chosen. */
export function window() {
  const { time, period } = app.state.get();
  const quarters = (app.layers.theme.time?.periods ?? []).filter((id) => id.includes("Q")).sort();
  if (app.layers.theme.time?.kind !== "periods") return { since: time?.since ?? "", until: time?.until ?? "" };
  const chosen = app.layers.theme.time.periods.includes(period) ? period : (quarters.at(-1) ?? app.layers.theme.time.periods.at(-1));
  return periodOf(chosen);
}

/** Query string of the question for a period as the API reads it. */
export function query({ since, until } = window(), more = {}) {
  const { alpha, by, neighbours } = words();
  const out = new URLSearchParams();
  const all = {
    since,
    until,
    by,
    neighbours,
    band: neighbours === "band" ? (words().band ?? BAND_M) : "",
    alpha,
    ...more,
  };
  for (const [name, value] of Object.entries(all)) if (value) out.set(name, value);
  return out.toString();
}

/** The two periods that are compared, the earlier one first; the last two that are over unless chosen. */
export function pair() {
  const { time } = app.layers.theme;
  const until = app.layers.entry(time.layer).period ?? "";
  const over = known.filter((one) => until.length !== 10 || one.until <= until);
  const usual = over.length > 1 ? over : known;
  const [a, b] = words()
    .compare.split(",")
    .map((id) => known.find((one) => one.id === id));
  return [a ?? usual.at(-2), b ?? usual.at(-1)];
}

export const layer = () => layerOf(words().by);

/** “2026年6月–2026年11月” of an answer. */
export function spanWords({ since, until }) {
  const [first, last] = [since.slice(0, 7), until.slice(0, 7)].map(monthWords);
  return first === last ? first : t("{a}–{b}", { a: first, b: last });
}
