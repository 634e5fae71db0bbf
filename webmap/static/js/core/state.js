// The one state object and its permalink. Panels set what a person chose; whoever draws subscribes.

/** @typedef {(state: State, changed: string[]) => void} Subscriber */

const WRITE_AFTER_MS = 250;
const VERSION = "2"; // of permalinks: the defaults that they leave out
const ID = /^[a-z0-9-]+$/;
const SORT = /^-?[a-z][a-z0-9_]*$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

// The question of a planner stands in the address under the names that the API reads.
const PLAN = [
  "services",
  "within",
  "match",
  "mode",
  "travel",
  "detour",
  "demand",
  "place",
  "close",
  "capacity",
  "snap",
  "link",
  "add",
  "objective",
  "candidates",
  "scenario",
  "compare",
  "cases",
  "show",
  "decay",
  "alpha",
  "by",
  "neighbours",
  "band",
  "swipe",
];

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
  panels: { left: true, right: false, table: false },
  table: null,
  sort: "",
  frame: false, // whether figures and lists are of the extent of the map alone
  plan: null, // what differs from the page's defaults, as texts by name
};

const fixed = {
  theme: document.documentElement.dataset.theme ?? "",
  lang: document.documentElement.dataset.lang ?? "zh",
};
/** @type {Set<{keys: Set<string>, fn: Subscriber}>} */
const subscribers = new Set();
/** @type {Partial<State> & {filters: State["filters"]} & Record<string, any>} */
let defaults = structuredClone(EMPTY);
/** @type {State & Record<string, any>} */
let current = { ...structuredClone(EMPTY), ...fixed, ...read(location.search) };
let timer = 0;

/** The whole state; never changed in place.
 * @returns {State} */
export function get() {
  return current;
}

/** Merge a patch of whole values; subscribers hear of the keys that really changed.
 * @param {Partial<State> & Record<string, any>} patch */
export function set(patch) {
  const changed = Object.keys(patch).filter((key) => !same(patch[key], current[key]));
  if (changed.length === 0) return;
  current = { ...current, ...patch };
  clearTimeout(timer);
  timer = setTimeout(write, WRITE_AFTER_MS);
  announce(changed);
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
  if (missing.length) set(Object.fromEntries(missing.map((key) => [key, patch[key]])));
}

/** Whether the page was opened by a link that left out the defaults of an earlier version. */
export const old = isOld(location.search);

/** What staff are shown of some layers until they choose; a filter of a layer that the address names stands, and a link of
 * an earlier version showed all.
 * @param {State["filters"]} first by layer */
export function setFirst(first) {
  defaults = { ...defaults, filters: first };
  set({ filters: old ? current.filters : { ...first, ...current.filters } });
}

/** The address of the page as it is now, for sharing. */
export function permalink() {
  const query = toQuery(current);
  return `${location.origin}${location.pathname}${query ? `?${query}` : ""}`;
}

/** @param {string[]} changed */
function announce(changed) {
  for (const { keys, fn } of [...subscribers]) {
    if (changed.some((key) => keys.has(key))) fn(current, changed);
  }
}

function write() {
  clearTimeout(timer);
  const query = toQuery(current);
  const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
  if (address !== `${location.pathname}${location.search}${location.hash}`) history.replaceState(history.state, "", address);
}

addEventListener("popstate", () => {
  clearTimeout(timer);
  const said = read(location.search);
  /** @type {State & Record<string, any>} */
  const next = { ...current, ...structuredClone(defaults), ...said, filters: { ...defaults.filters, ...said.filters } };
  const changed = Object.keys(next).filter((key) => !same(next[key], current[key]));
  current = next;
  announce(changed);
});
addEventListener("pagehide", write);

/** @param {any} a
 * @param {any} b */
function same(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

// ---- query string ----

/** @param {State & Record<string, any>} state */
function toQuery(state) {
  /** @type {string[]} */
  const out = [];
  const put = (/** @type {string} */ name, /** @type {string} */ value) => out.push(`${name}=${encode(value)}`);
  const differs = (/** @type {string} */ key) => !same(state[key], defaults[key]);
  if (state.layers && differs("layers")) put("layers", state.layers.join(",") || "none");
  if (state.view && differs("view")) put("at", viewText(state.view));
  if (state.selected) put("sel", `${state.selected.layer}:${state.selected.key}`);
  if (state.area) put("code", state.area);
  if (state.time?.since) put("since", state.time.since);
  if (state.time?.until) put("until", state.time.until);
  if (state.period) put("period", state.period);
  const first = defaults.filters;
  for (const [layer, fields] of Object.entries(state.filters)) {
    if (same(fields, first[layer])) continue;
    for (const [field, values] of Object.entries(fields)) if ([values].flat().length) put(`f.${layer}.${field}`, [values].flat().join(","));
  }
  const whole = Object.keys(first).filter((layer) => !Object.keys(state.filters[layer] ?? {}).length);
  if (whole.length) put("all", whole.join(","));
  const hidden = Object.entries(state.hidden).filter(([, classes]) => classes.length);
  if (hidden.length) put("hide", hidden.map(([layer, classes]) => [layer, ...classes].join(":")).join(","));
  if (state.heat.length) put("heat", state.heat.join(","));
  for (const [group, value] of Object.entries(state.opacity)) if (value !== 1) put(`op.${group}`, String(Math.round(value * 100) / 100));
  if (differs("panels"))
    put(
      "panels",
      Object.entries(state.panels)
        .filter(([, open]) => open)
        .map(([name]) => name)
        .join(",") || "none",
    );
  if (state.table) put("table", state.table);
  if (state.table && state.sort) put("sort", state.sort);
  if (state.frame) put("frame", "1");
  for (const name of PLAN) if (state.plan?.[name] !== undefined) put(name, state.plan[name]);
  if (out.length) put("v", VERSION);
  const lang = new URLSearchParams(location.search).get("lang");
  if (lang) put("lang", lang);
  return out.join("&");
}

/** @param {Position} view */
function viewText({ lat, lng, zoom }) {
  return [lat.toFixed(5), lng.toFixed(5), Number(zoom.toFixed(2))].join(",");
}

/** Commas, colons and semicolons stay readable; everything else as usual.
 * @param {string} text */
function encode(text) {
  return encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%3B", ";");
}

/** What a query string says; anything malformed is left out, so a broken link still opens the map.
 * @param {string} search */
function read(search) {
  const query = new URLSearchParams(search);
  /** @type {Partial<State> & Record<string, any>} */
  const state = {};
  const ids = (/** @type {string} */ text) => text.split(",").filter((id) => ID.test(id));
  if (query.has("layers")) state.layers = query.get("layers") === "none" ? [] : ids(query.get("layers") ?? "");
  const view = readView(query.get("at"));
  if (view) state.view = view;
  const [, layer, key] = /^([a-z0-9-]+):(.+)$/s.exec(query.get("sel") ?? "") ?? [];
  if (layer) state.selected = { layer, key };
  if (/^\d{1,32}$/.test(query.get("code") ?? "")) state.area = query.get("code");
  const [since, until] = ["since", "until"].map((name) => (DAY.test(query.get(name) ?? "") ? query.get(name) : null));
  if (since || until) state.time = { since, until };
  if (/^[\dQM-]{4,7}$/.test(query.get("period") ?? "")) state.period = query.get("period");
  const whole = Object.fromEntries(ids(query.get("all") ?? "").map((id) => [id, {}]));
  state.filters = { ...whole, ...readFilters(query) };
  state.hidden = readHidden(query.get("hide") ?? "");
  state.heat = ids(query.get("heat") ?? "");
  state.opacity = readOpacity(query);
  if (query.has("panels")) {
    const open = (query.get("panels") ?? "").split(",");
    const panels = Object.keys(EMPTY.panels).map((name) => [name, open.includes(name)]);
    state.panels = /** @type {State["panels"]} */ (Object.fromEntries(panels));
  }
  if (ID.test(query.get("table") ?? "")) state.table = query.get("table");
  if (state.table && SORT.test(query.get("sort") ?? "")) state.sort = query.get("sort") ?? "";
  state.frame = query.get("frame") === "1";
  const plan = PLAN.filter((name) => query.has(name)).map((name) => [name, query.get(name)]);
  state.plan = plan.length ? Object.fromEntries(plan) : null;
  return state;
}

/** A bare address is nobody's link.
 * @param {string} search */
function isOld(search) {
  const query = new URLSearchParams(search);
  return query.get("v") !== VERSION && [...query.keys()].some((name) => !["lang", "v"].includes(name));
}

/** @param {string | null} text */
function readView(text) {
  const [lat, lng, zoom] = (text ?? "").split(",").map(Number);
  const good = Number.isFinite(lat) && Math.abs(lat) <= 85 && Number.isFinite(lng) && Math.abs(lng) <= 180;
  return text && good && zoom >= 0 && zoom <= 22 ? { lat, lng, zoom } : null;
}

/** @param {URLSearchParams} query */
function readFilters(query) {
  /** @type {State["filters"]} */
  const filters = {};
  for (const [name, text] of query) {
    const [, layer, field] = /^f\.([a-z0-9-]+)\.([a-z0-9_]+)$/.exec(name) ?? [];
    if (layer) (filters[layer] ??= {})[field] = field === "q" ? [text] : text.split(",");
  }
  return filters;
}

/** @param {string} text */
function readHidden(text) {
  /** @type {State["hidden"]} */
  const hidden = {};
  for (const part of text.split(",")) {
    const [layer, ...classes] = part.split(":");
    const numbers = classes.map(Number).filter((index) => Number.isInteger(index) && index >= 0);
    if (ID.test(layer) && numbers.length) hidden[layer] = numbers;
  }
  return hidden;
}

/** @param {URLSearchParams} query */
function readOpacity(query) {
  /** @type {State["opacity"]} */
  const opacity = {};
  for (const [name, text] of query) {
    const value = Number(text);
    if (/^op\.\d+$/.test(name) && value >= 0 && value <= 1) opacity[name.slice(3)] = value;
  }
  return opacity;
}
