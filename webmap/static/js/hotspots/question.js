// The hotspot question: what the state says over the defaults, its periods and its query strings.

import { layerOf } from "../core/divisions.js";
import { day, t } from "../core/i18n.js";
import { lastDay, monthWords, periodName } from "../core/periods.js";

/** @typedef {Record<string, string>} Words of the question by name */
/** @typedef {{id: string, words: string, since: string, until: string}} Period */

/** @type {Words} */
const DEFAULTS = { show: "spots", alpha: "0.05", by: "village", neighbours: "queen", compare: "", cases: "none", swipe: "" };
const SHOWS = ["spots", "density", "compare", "off"];

/** @type {App} */
let app;
/** @type {Period[]} */
let known = []; // periods that can be set against each other: {id, words, since, until}

/** @param {App} house
 * @param {Period[]} periods */
export function init(house, periods) {
  app = house;
  known = periods;
}

/** The question; a way of showing that the map does not have, as in the words of a sheet, is the usual one.
 * @returns {Words} */
export function words() {
  const now = { ...DEFAULTS, ...(app.state.get().plan ?? {}) };
  return SHOWS.includes(now.show) ? now : { ...now, show: DEFAULTS.show };
}

/** @param {PlanWords} patch
 * @param {{replace?: boolean}} [how] */
export function change(patch, how) {
  /** @type {Words} */
  const own = {};
  for (const [name, value] of Object.entries({ ...words(), ...patch }))
    if (value !== undefined && value !== (DEFAULTS[name] ?? "")) own[name] = value;
  app.state.set({ plan: Object.keys(own).length ? own : null }, how);
}

/** A month 2026-03, a quarter 2026Q1 or a year 2026, with its first and last day.
 * @param {string} id
 * @returns {Period} */
export function periodOf(id) {
  const [, year, quarter] = /^(\d{4})(?:Q(\d))?$/.exec(id) ?? [];
  if (!year) return { id, words: monthWords(id), since: `${id}-01`, until: lastDay(id) };
  const [first, last] = quarter ? [Number(quarter) * 3 - 2, Number(quarter) * 3] : [1, 12];
  const month = (/** @type {number} */ number) => `${year}-${String(number).padStart(2, "0")}`;
  return { id, words: periodName(id), since: `${month(first)}-01`, until: lastDay(month(last)) };
}

export const periods = () => known;

/** What the map shows now: the window of the time bar, or the published period that is chosen.
 * @returns {{since: string, until: string}} */
export function window() {
  const { time, period } = app.state.get();
  const published = app.layers.theme.time;
  if (published?.kind !== "periods") return { since: time?.since ?? "", until: time?.until ?? "" };
  const quarters = published.periods.filter((id) => id.includes("Q")).sort();
  const chosen = period && published.periods.includes(period) ? period : (quarters.at(-1) ?? published.periods.at(-1));
  return periodOf(chosen ?? "");
}

/** Which cases an answer counts: the conditions that somebody chose. What staff are shown at first is no choice, and
 * published counts follow none.
 * @returns {Record<string, string[]>} */
export function conditions() {
  const entry = app.layers.entry(app.layers.theme.time?.layer ?? "");
  const own = app.state.get().filters[entry?.id ?? ""] ?? {};
  if (!entry || entry.access === "counts" || JSON.stringify(own) === JSON.stringify(entry.first?.filters)) return {};
  const chosen = Object.entries(own).map(([field, values]) => [field, [values].flat()]);
  return Object.fromEntries(chosen.filter(([, values]) => values.length));
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
    band: neighbours === "band" ? (words().band ?? "") : "",
    alpha,
    ...Object.fromEntries(Object.entries(conditions()).map(([field, values]) => [`f.disputes.${field}`, values.join(",")])),
    ...more,
  };
  for (const [name, value] of Object.entries(all)) if (value) out.set(name, value);
  return out.toString();
}

/** The two periods that are compared, the earlier one first; the last two that are over unless chosen.
 * @returns {Period[]} */
export function pair() {
  const { time } = app.layers.theme;
  const until = app.layers.entry(time?.layer ?? "")?.period ?? "";
  const over = known.filter((one) => until.length !== 10 || one.until <= until);
  const usual = over.length > 1 ? over : known;
  const [a, b] = words()
    .compare.split(",")
    .map((id) => known.find((one) => one.id === id));
  return [a ?? usual[usual.length - 2], b ?? usual[usual.length - 1]];
}

/** Periods that a link compares and that this viewer has not.
 * @returns {string[]} */
export const missing = () =>
  words()
    .compare.split(",")
    .filter((id) => id && !known.some((one) => one.id === id));

export const layer = () => layerOf(words().by) ?? "";

/** “2026年6月–2026年10月” of an answer; with days where a month is cut.
 * @param {{since: string, until: string}} span */
export function spanWords({ since, until }) {
  if (!since.endsWith("-01") || until !== lastDay(until.slice(0, 7))) return t("{a}–{b}", { a: day(since), b: day(until) });
  const [first, last] = [since.slice(0, 7), until.slice(0, 7)].map(monthWords);
  return first === last ? first : t("{a}–{b}", { a: first, b: last });
}
