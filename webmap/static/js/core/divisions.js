// The levels of divisions, their layers and how long their codes are: all that a page knows of them comes from the theme.
// A code begins with the code of what it lies in.

import { t } from "./i18n.js";

/**
 * @typedef {object} Division
 * @property {string} level county, township, village, grid
 * @property {string} layer id of its layer
 * @property {number} digits length of its codes
 * @property {string} title of a list of them, in the page's language
 * @property {string} unit what they are counted in
 * @property {string | null} parent_field the field of its rows with the code of what they lie in
 */

/** @type {Division[]} */
let divisions = [];

/** Take `theme.divisions`, the largest first; once, before anything asks.
 * @param {Division[]} known */
export function init(known) {
  divisions = [...known].sort((a, b) => a.digits - b.digits);
}

/** @param {string} level */
const find = (level) => divisions.find((one) => one.level === level);

/** What all of the place is called. */
export const whole = () => (find("prefecture") ? t("全市") : t("全县"));

/** The level of a code; null for what is no code of a division.
 * @param {string | null | undefined} code */
export function levelOf(code) {
  return divisions.find((one) => one.digits === code?.length)?.level ?? null;
}

/** The layer of a level.
 * @param {string | null} level */
export function layerOf(level) {
  return (level && find(level)?.layer) || null;
}

/** The layer of a code.
 * @param {string | null | undefined} code */
export const layerOfCode = (code) => layerOf(levelOf(code));

/** Whether the rows of a layer are divisions.
 * @param {string} layer */
export const isDivision = (layer) => divisions.some((one) => one.layer === layer);

/** How long the codes of a level are; 0 for an unknown one.
 * @param {string} level */
export const digits = (level) => find(level)?.digits ?? 0;

/** What divisions of a level are counted in.
 * @param {string} level */
export const unit = (level) => find(level)?.unit ?? "";

/** What heads a list of the divisions of a layer; empty for any other layer.
 * @param {string} layer */
export const title = (layer) => divisions.find((one) => one.layer === layer)?.title ?? "";

/** How many levels lie above a code: 0 for the county, -1 for what is no code of a division.
 * @param {string | null | undefined} code */
export const depth = (code) => divisions.findIndex((one) => one.digits === code?.length);

/** The level that is divided no further.
 * @param {string | null | undefined} code */
export const isSmallest = (code) => depth(code) >= 0 && depth(code) === divisions.length - 1;

/** The code at a level or above: of a grid its township, of the county the county.
 * @param {string} code
 * @param {string} level */
export const atMost = (code, level) => code.slice(0, digits(level));
