// Months, quarters and years: their last days, their words, and the window of the time bar among them.

import { day, lang, t } from "./i18n.js";

/** @typedef {{since: string | null, until: string | null}} Time */

/** The last day of a month written 2026-02.
 * @param {string} month */
export function lastDay(month) {
  const [year, number] = month.split("-").map(Number);
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, "0")}`;
}

/** 2026-02 → 2026年2月.
 * @param {string} month */
export const monthWords = (month) => day(month);

/** 2026年6–11月; 2025年12月–2026年3月.
 * @param {string} first
 * @param {string} last */
export function rangeWords(first, last) {
  if (first === last) return monthWords(first);
  if (lang !== "en" && first.slice(0, 4) === last.slice(0, 4))
    return `${first.slice(0, 4)}年${Number(first.slice(5))}–${Number(last.slice(5))}月`;
  return `${monthWords(first)}–${monthWords(last)}`;
}

/** 2026年3季度, 2026年.
 * @param {string} period */
export function periodName(period) {
  const [year, quarter] = period.split("Q");
  if (!quarter) return t("{year}年", { year });
  return t("{year}年{quarter}季度", { year, quarter });
}

/** A period of an edition: 2026, 2026Q3, 2026-11 or 2026-11-20, of which a legend needs no day.
 * @param {string} period */
export const whenWords = (period) => (/^\d{4}-\d\d/.test(period) ? monthWords(period.slice(0, 7)) : periodName(period));

/** First and last place, among months in their order, of what lies in a time; never empty.
 * @param {{month: string}[]} months
 * @param {Time | null} time
 * @returns {[number, number]} */
export function windowOf(months, time) {
  const { since, until } = time ?? {};
  const first = since ? months.findIndex(({ month }) => month >= since.slice(0, 7)) : 0;
  const last = until ? months.findLastIndex(({ month }) => month <= until.slice(0, 7)) : months.length - 1;
  const from = first < 0 ? months.length - 1 : first;
  return [from, Math.max(last, from)];
}

/** The time of a window; null for the whole range, which filters nothing.
 * @param {{month: string}[]} months
 * @param {number} first
 * @param {number} last
 * @returns {Time | null} */
export function timeOf(months, first, last) {
  if (first === 0 && last === months.length - 1) return null;
  return { since: `${months[first].month}-01`, until: lastDay(months[last].month) };
}
