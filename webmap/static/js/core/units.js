// Numbers, shares and units in words; geo/wording.py is its twin and held to the same cases. Half rounds up, decided on the
// decimals as they are written. Units arrive in Chinese, as they are stored; here they get the page's language.

import { quantity, t } from "./i18n.js";

/** Of fewer than so many nothing is said in per cent. */
export const BASE = 10;
/** Units of what is measured and not quantity: their size says nothing of how much stands behind. */
const MEASURED = ["km²", "亩", "万亩", "平方米", "米", "公里", "元", "万元", "吨"];
const WHOLE_FROM = 100;

/** @type {Record<string, () => string>} */
const UNITS = {
  人: () => t("人"),
  户: () => t("户"),
  村: () => t("村"),
  乡镇: () => t("乡镇"),
  个: () => t("个"),
  件: () => t("件"),
  处: () => t("处"),
  座: () => t("座"),
  间: () => t("间"),
  册: () => t("册"),
  片: () => t("片"),
  台: () => t("台"),
  亩: () => t("亩"),
  场: () => t("场"),
  辆: () => t("辆"),
  "公里/时": () => t("公里/时"),
  份: () => t("份"),
  米: () => t("米"),
  张: () => t("张"),
  天: () => t("天"),
  万元: () => t("万元"),
  元: () => t("元"),
  次: () => t("次"),
  项: () => t("项"),
  人次: () => t("人次"),
  吨: () => t("吨"),
  公里: () => t("公里"),
  岁: () => t("岁"),
};
/** A unit of the data in the page's language; unknown ones as they are.
 * @param {string | null | undefined} name */
export function unit(name) {
  return UNITS[name ?? ""]?.() ?? name ?? "";
}

/** 1,204; null and undefined are not collected: —.
 * @param {any} value
 * @param {number} [digits] */
export function number(value, digits = Number.isInteger(value) ? 0 : 1) {
  const known = exact(value);
  return known === null ? "—" : written(rounded(known, digits), digits);
}

/** A difference with its sign: “+12”, “−3”, “0”.
 * @param {number} amount
 * @param {number} [digits] */
export function difference(amount, digits) {
  const size = number(Math.abs(amount), digits);
  return Number(size.replaceAll(",", "")) === 0 ? size : `${amount > 0 ? "+" : "−"}${size}`;
}

/** “70.4 %” of a number out of another; “3 / 4” where that is too small a base, — where there is no share. In a `sentence`
 * what is less than can be written is said in words.
 * @param {number | null | undefined} part
 * @param {number | null | undefined} whole
 * @param {string} [name] unit of both */
export function percent(part, whole, name = "", sentence = false) {
  const [some, all] = [exact(part), exact(whole)];
  if (some === null || all === null || all[0] === 0n) return "—";
  if (!based(whole, name)) return parts(part, whole);
  const [n, of] = [some[0] * all[1], all[0] * some[1]];
  let tenths = rounded([100n * n, of], 1);
  if (n < of && tenths === 1000n) tenths = 999n; // never all while somebody is left
  if (tenths === 0n && n !== 0n) return sentence ? t("不足 0.1 %") : "<0.1 %"; // never nobody while somebody is in
  return `${written(tenths, 1)} %`;
}

/** “70.4 %，19 / 27 村”: a share never stands without its parts.
 * @param {number | null | undefined} part
 * @param {number | null | undefined} whole */
export function share(part, whole, name = "") {
  const tail = quantity(parts(part, whole), name);
  return based(whole, name) ? [percent(part, whole, name), tail].join(t("，")) : tail;
}

/** What a class of the legend amounts to, of how many rows where not all report it; its rows where it has no quantity.
 * @param {import("../panels/legend.js").Told} told */
export function amount(told) {
  if (told.amount === null || told.amount === undefined) return number(told.count);
  const said = quantity(partWords(told.amount), unit(told.amount_unit));
  return told.count !== null && Number(told.amount_reported) < told.count
    ? t("{amount}（已报 {parts}）", { amount: said, parts: parts(told.amount_reported, told.count) })
    : said;
}

/** The same in full: “1,234 亩 · 35 块”, and which parcels are drawn twice.
 * @param {import("../panels/legend.js").Told} told
 * @param {string} name unit of the rows */
export function amountInFull(told, name) {
  const twins = told.amount_twins ? t("重合的 {n} {unit}只计一次", { n: number(told.amount_twins), unit: name }) : null;
  const rows = quantity(number(told.count), name);
  const measured = told.amount !== null && told.amount !== undefined;
  return [measured ? `${amount(told)} · ${rows}` : rows, twins].filter(Boolean).join(t("；"));
}

/** The number of a quotient that is known only as a float.
 * @param {number} quotient
 * @param {number} whole */
export const restored = (quotient, whole) => Number((quotient * whole).toFixed(6));

/** Whether there is enough to speak of per cent.
 * @param {number | null | undefined} whole */
export const based = (whole, name = "") => (MEASURED.includes(name) ? Number(whole) > 0 : Number(whole) >= BASE);

/** @param {any} part
 * @param {any} whole */
const parts = (part, whole) => `${partWords(part)} / ${partWords(whole)}`;

/** @param {any} value */
const partWords = (value) => (Math.abs(value) >= WHOLE_FROM ? number(value, 0) : number(value));

/** The number as it is written, as a fraction; null for what is not known.
 * @param {any} value
 * @returns {[bigint, bigint] | null} */
function exact(value) {
  if (value === null || value === undefined || value === "" || !Number.isFinite(Number(value))) return null;
  const [digits, power] = String(Number(value)).split("e");
  const [whole, after = ""] = digits.split(".");
  const shift = Number(power ?? 0) - after.length;
  const all = BigInt(whole + after);
  return shift < 0 ? [all, 10n ** BigInt(-shift)] : [all * 10n ** BigInt(shift), 1n];
}

/** How many units of the last digit; half goes away from zero.
 * @param {[bigint, bigint]} fraction
 * @param {number} digits */
function rounded([n, of], digits) {
  const size = (2n * (n < 0n ? -n : n) * 10n ** BigInt(digits) + of) / (2n * of);
  return n < 0n ? -size : size;
}

/** @param {bigint} size
 * @param {number} digits */
function written(size, digits) {
  const text = String(size < 0n ? -size : size).padStart(digits + 1, "0");
  const [whole, part] = [text.slice(0, text.length - digits), text.slice(text.length - digits)];
  return (size < 0n ? "-" : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
}
