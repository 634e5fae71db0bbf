// The planner's question: what the state says over the defaults that the server gave, and its query strings.

import { placeOf } from "../map/swipe.js";

const QUESTION = ["services", "within", "match", "mode", "travel", "detour", "demand", "place", "close", "capacity", "snap", "link"];
const WITHIN = /^(\d+(?:\.\d+)?)(m|min)$/;
const SHOWS = ["reach", "access"];
const DECIMALS = 5; // of a proposed place: one metre

/** @typedef {Record<string, string>} Plan the words of the question by name */

/** @type {App} */
let app;
/** @type {Plan} */
let defaults = {};

/** Returns whether the address is an old link: without a mode it meant straight lines; a scenario names its own.
 * @param {App} house
 * @param {Record<string, string>} usual */
export function init(house, usual) {
  app = house;
  defaults = { show: "reach", decay: "", ...usual };
  const { mode, scenario, compare } = app.state.get().plan ?? {};
  if (!app.state.old || mode || scenario || compare) return false;
  change({ mode: "straight" });
  return true;
}

/** The whole question as texts by name; a way of showing that this page does not have is the usual one.
 * @returns {Plan} */
export function plan() {
  const now = { ...defaults, ...(app.state.get().plan ?? {}) };
  return SHOWS.includes(now.show) ? now : { ...now, show: defaults.show };
}

/** Whether it is asked how much there is for people, in place of who is reached. */
export const accessible = () => plan().show === "access";

/** The two scenarios that the map shows beside each other, and where the line between them stands; null for one question.
 * @returns {{tokens: string[], place: number} | null} */
export function sides() {
  const { compare, swipe } = plan();
  const tokens = (compare ?? "").split(",");
  const place = placeOf(swipe);
  return !accessible() && tokens.length === 2 && tokens.every(isToken) && place !== null ? { tokens, place } : null;
}

/** Look at both, with the line there, or at one question again.
 * @param {number | null} place */
export const look = (place) => change({ swipe: place === null ? undefined : String(place), scenario: plan().scenario });

/** Change parts of the question; whatever is changed by hand is no longer the opened scenario, and has the map for itself.
 * @param {PlanWords} patch
 * @param {{replace?: boolean}} [how] */
export function change(patch, how = {}) {
  const alone = QUESTION.some((name) => name in patch) ? { swipe: undefined } : {};
  /** @type {PlanWords} */
  const next = { ...plan(), scenario: undefined, ...alone, ...patch };
  /** @type {Plan} */
  const own = {};
  for (const [name, value] of Object.entries(next)) if (value !== undefined && value !== (defaults[name] ?? "")) own[name] = value;
  app.state.set({ plan: Object.keys(own).length ? own : null }, how);
}

export function reset() {
  app.state.set({ plan: null, area: null });
}

/** Take over the words of a canonical query, as those of a scenario.
 * @param {string} query
 * @param {{replace?: boolean}} [how] */
export function adopt(query, more = {}, how = {}) {
  const words = Object.fromEntries(new URLSearchParams(query));
  const kept = Object.fromEntries(
    QUESTION.map((name) => [name, words[name] ?? (["place", "close", "capacity", "snap", "link"].includes(name) ? "" : undefined)]),
  );
  app.state.set({ area: words.code ?? null }, how);
  change({ ...kept, ...more }, how);
}

export const services = () => plan().services.split(",").filter(Boolean);

/** Whether a text names a saved scenario.
 * @param {unknown} text */
export const isToken = (text) => /^[0-9a-f]{32}$/.test(String(text));

/** {limit, unit} of the threshold. */
export function within() {
  const [, limit, unit] = WITHIN.exec(plan().within.split(",")[0]) ?? WITHIN.exec(defaults.within) ?? [];
  return { limit: Number(limit), unit };
}

/** Proposed centres as [lng, lat]. */
export const places = () => pairs(plan().place);

/** @param {string | undefined} text */
export const pairs = (text) =>
  (text ?? "")
    .split(";")
    .filter(Boolean)
    .map((one) => one.split(",").map(Number));

/** @param {number[][]} all */
export const placesText = (all) => all.map(([lng, lat]) => `${Number(lng.toFixed(DECIMALS))},${Number(lat.toFixed(DECIMALS))}`).join(";");

export const closed = () => (plan().close ?? "").split(";").filter(Boolean);

/** Query string of the question as the API reads it; `over` replaces parts of it. */
export function query(over = {}) {
  /** @type {Plan} */
  const words = { ...plan(), code: app.state.get().area ?? "", ...over };
  const out = new URLSearchParams();
  for (const name of [...QUESTION, "by", "code", ...Object.keys(over)]) {
    if (name === "detour" && words.mode !== "detour") continue;
    if (name === "snap" && words.mode !== "road") continue;
    if (name === "travel" && words.mode !== "road" && !words.within.endsWith("min")) continue;
    if (words[name]) out.set(name, words[name]);
  }
  return out.toString();
}

/** The same of how much there is for people, by village. */
export const accessQuery = (over = {}) => query({ by: "village", decay: plan().decay, ...over });
