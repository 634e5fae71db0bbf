// The one state object. Panels set what a person chose; whoever draws subscribes. Its address is made in permalink.js, its
// entries in history.js.

import * as entries from "./history.js";
import { checked } from "./link.js";
import * as permalinks from "./permalink.js";
import { closes, isStep, openedBy, rest } from "./steps.js";

/** @typedef {(state: State, changed: string[]) => void} Subscriber */

const { same } = permalinks;
const WRITE_AFTER_MS = 250;

/** @type {Omit<State, "theme" | "lang">} */
const EMPTY = {
  layers: null, // null until the theme says which are on
  view: null,
  selected: null,
  area: null,
  filters: {},
  time: null,
  period: null,
  hidden: {},
  heat: [],
  opacity: {},
  panels: permalinks.PANELS,
  table: null,
  sort: "",
  find: "", // what is looked for in the table
  frame: false, // whether figures and lists are of the extent of the map alone
  plan: null, // what differs from the page's defaults, as texts by name
  asked: {}, // what was asked in other themes, as query strings
};

const fixed = {
  theme: document.documentElement.dataset.theme ?? "",
  lang: document.documentElement.dataset.lang ?? "zh",
};
/** @type {Set<{keys: Set<string>, fn: Subscriber}>} */
const subscribers = new Set();
/** @type {Set<(state: State) => void>} */
const arrivals = new Set();
/** @type {permalinks.Usual} */
let defaults = structuredClone(EMPTY);
const opened = checked(location.search);
/** @type {State & Record<string, any>} */
let current = { ...structuredClone(EMPTY), ...fixed, ...permalinks.read(opened) };
let timer = 0;
let begun = false; // until then the page is still being opened, and nobody has gone anywhere
let restoring = false;
let pushing = false; // an entry is made once everything of this turn is set
/** @type {Partial<State>[]} what was set while a step back was on its way */
let late = [];

entries.init(address, write);

/** The whole state; never changed in place.
 * @returns {State} */
export function get() {
  return current;
}

/** Whether the state is just being brought back by a step in the history: its map position comes along. */
export const isRestoring = () => restoring;

/** Merge a patch of whole values; subscribers hear of the keys that really changed. `replace`: it is no step of its own.
 * @param {Partial<State> & Record<string, any>} patch */
export function set(patch, { replace = false } = {}) {
  const changed = Object.keys(patch).filter((key) => !same(patch[key], current[key]));
  if (changed.length === 0) return;
  const next = { ...current, ...patch };
  if (entries.isReturning()) late.push(patch);
  else if (!replace && acts() && closes(pushing ? "" : entries.madeBy(), changed, next)) goBack();
  else if (!replace && acts() && isStep(current, next, performance.now())) step(openedBy(current, next));
  else soon();
  current = next;
  announce(changed);
}

/** Only a person makes entries: what a page does by itself while it opens or comes back is none. */
function acts() {
  return begun && !restoring && (globalThis.navigator?.userActivation?.hasBeenActive ?? true);
}

/** @param {string} made */
function step(made) {
  if (pushing) return;
  write();
  pushing = true;
  queueMicrotask(() => {
    pushing = false;
    entries.afterwards(() => entries.push({ made }));
  });
}

function goBack() {
  clearTimeout(timer);
  entries.back();
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(write, WRITE_AFTER_MS);
}

function write() {
  clearTimeout(timer);
  if (!entries.isReturning() && !pushing) entries.replace();
}

/** Call fn(state, changed keys) when one of the keys changes; returns the way to stop.
 * @param {string[]} keys
 * @param {Subscriber} fn */
export function on(keys, fn) {
  const subscriber = { keys: new Set(keys), fn };
  subscribers.add(subscriber);
  return () => subscribers.delete(subscriber);
}

/** What the theme or the first view gives; the permalink leaves it out, and unset values take it.
 * @param {Partial<State> & Record<string, any>} patch */
export function setDefaults(patch) {
  defaults = { ...defaults, ...patch };
  const missing = Object.keys(patch).filter((key) => current[key] === null);
  if (missing.length) set(Object.fromEntries(missing.map((key) => [key, patch[key]])), { replace: true });
}

/** Whether the page was opened by a link that left out the defaults of an earlier version. Without a line there is only what
 * was kept: what one is shown at first. */
export const old = permalinks.isOld(location.search) && document.documentElement.dataset.kept === undefined;

/** What staff are shown of some layers until they choose; a filter of a layer that the address names stands, and a link of
 * an earlier version showed all.
 * @param {State["filters"]} first by layer */
export function setFirst(first) {
  defaults = { ...defaults, filters: first };
  set({ filters: old ? current.filters : { ...first, ...current.filters } }, { replace: true });
}

/** The page is open: from now on what a person opens makes an entry. A link that nothing of ours lies before gets an entry of the
 * bare page to go back to. */
export function begin() {
  if (begun) return;
  write();
  const bare = { ...current, ...structuredClone(defaults), filters: defaults.filters };
  if (addressOf(bare) !== addressOf(current) && entries.isFirst()) entries.underlay(addressOf(bare), openedBy(bare, current));
  begun = true;
  rest();
  entries.follow();
}

/** The address of the page as it is now. */
export function permalink() {
  return `${location.origin}${address()}`;
}

/** The same for others: it says where the map is, also where nobody moved it. */
export function link() {
  return `${location.origin}${addressOf(current, true)}`;
}

function address() {
  return addressOf(current) + location.hash;
}

/** @param {State & Record<string, any>} state */
function addressOf(state, whole = false) {
  const lang = new URLSearchParams(location.search).get("lang");
  const words = [permalinks.written(state, defaults, { whole }), lang ? `lang=${encodeURIComponent(lang)}` : ""].filter(Boolean);
  return `${location.pathname}${words.length ? `?${words.join("&")}` : ""}`;
}

/** @param {string[]} changed */
function announce(changed) {
  for (const { keys, fn } of [...subscribers]) {
    if (changed.some((key) => keys.has(key))) fn(current, changed);
  }
}

/** Call fn(state) after a step in the history.
 * @param {(state: State) => void} fn */
export function onArrival(fn) {
  arrivals.add(fn);
}

/** Be as a query string says, in the entry of now.
 * @param {string} query */
export function take(query) {
  restore(`?${query}`);
  write();
}

/** The state of an entry: what it says, and the usual for what it does not. */
function restore(search = location.search) {
  clearTimeout(timer);
  rest();
  const said = permalinks.read(search);
  /** @type {State & Record<string, any>} */
  const next = { ...current, ...structuredClone(defaults), ...said, filters: { ...defaults.filters, ...said.filters } };
  const changed = Object.keys(next).filter((key) => key === "view" || !same(next[key], current[key])); // the map may be on its way
  current = next;
  restoring = true;
  try {
    announce(changed);
  } finally {
    restoring = false;
  }
}

addEventListener("popstate", () => {
  entries.arrived(() => restore());
  const patches = late;
  late = [];
  for (const patch of patches) set(patch);
  for (const fn of arrivals) fn(current);
});
addEventListener("pagehide", write);
