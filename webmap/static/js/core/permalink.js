// The query string of a page ↔ its state. A word left out is as usual; a link of another version has other usual words.

/** @typedef {Partial<State> & Record<string, any>} Said */
/** @typedef {Partial<State> & {filters: State["filters"]} & Record<string, any>} Usual */

export const VERSION = "2"; // of permalinks: the defaults that they leave out
const ID = /^[a-z0-9-]+$/;
const SORT = /^-?[a-z][a-z0-9_]*$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ASKED = "ask."; // the question of another theme, kept for the way back

// The question of a planner stands in the address under the names that the API reads.
export const PLAN = [
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

/** @type {State["panels"]} */
export const PANELS = { left: true, right: false, table: false };

/** @param {any} a
 * @param {any} b */
export function same(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The query string of a state, without “?”; `whole` writes the position too where it is the usual one.
 * @param {State & Record<string, any>} state
 * @param {Usual} usual */
export function written(state, usual, { whole = false } = {}) {
  /** @type {string[]} */
  const out = [];
  const put = (/** @type {string} */ name, /** @type {string} */ value) => out.push(`${name}=${encode(value)}`);
  const differs = (/** @type {string} */ key) => !same(state[key], usual[key]);
  if (state.layers && differs("layers")) put("layers", state.layers.join(",") || "none");
  if (state.view && (whole || differs("view"))) put("at", viewText(state.view));
  if (state.selected) put("sel", `${state.selected.layer}:${state.selected.key}`);
  if (state.area) put("code", state.area);
  if (state.time?.since) put("since", state.time.since);
  if (state.time?.until) put("until", state.time.until);
  if (state.period) put("period", state.period);
  putFilters(put, state, usual.filters);
  const hidden = Object.entries(state.hidden).filter(([, classes]) => classes.length);
  if (hidden.length) put("hide", hidden.map(([layer, classes]) => [layer, ...classes].join(":")).join(","));
  if (state.heat.length) put("heat", state.heat.join(","));
  for (const [group, value] of Object.entries(state.opacity)) if (value !== 1) put(`op.${group}`, String(Math.round(value * 100) / 100));
  if (differs("panels")) put("panels", openPanels(state.panels));
  if (state.table) put("table", state.table);
  if (state.table && state.sort) put("sort", state.sort);
  if (state.table && state.find) put("find", state.find);
  if (state.frame) put("frame", "1");
  for (const name of PLAN) if (state.plan?.[name] !== undefined) put(name, state.plan[name]);
  for (const [theme, words] of Object.entries(state.asked ?? {})) put(`${ASKED}${theme}`, words);
  if (out.length) put("v", VERSION);
  return out.join("&");
}

/** @param {(name: string, value: string) => void} put
 * @param {State & Record<string, any>} state
 * @param {State["filters"]} first */
function putFilters(put, state, first) {
  for (const [layer, fields] of Object.entries(state.filters)) {
    if (same(fields, first[layer])) continue;
    for (const [field, values] of Object.entries(fields)) if ([values].flat().length) put(`f.${layer}.${field}`, [values].flat().join(","));
  }
  const whole = Object.keys(first).filter((layer) => !Object.keys(state.filters[layer] ?? {}).length);
  if (whole.length) put("all", whole.join(","));
}

/** @param {State["panels"]} panels */
function openPanels(panels) {
  const open = Object.entries(panels).filter(([, is]) => is);
  return open.map(([name]) => name).join(",") || "none";
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
 * @param {string} search
 * @returns {Said} */
export function read(search) {
  const query = new URLSearchParams(search);
  /** @type {Said} */
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
  const all = Object.fromEntries(ids(query.get("all") ?? "").map((id) => [id, {}]));
  state.filters = { ...all, ...readFilters(query) };
  state.hidden = readHidden(query.get("hide") ?? "");
  state.heat = ids(query.get("heat") ?? "");
  state.opacity = readOpacity(query);
  if (query.has("panels")) state.panels = readPanels(query.get("panels") ?? "");
  if (ID.test(query.get("table") ?? "")) state.table = query.get("table");
  if (state.table && SORT.test(query.get("sort") ?? "")) state.sort = query.get("sort") ?? "";
  if (state.table) state.find = query.get("find") ?? "";
  state.frame = query.get("frame") === "1";
  const plan = PLAN.filter((name) => query.has(name)).map((name) => [name, query.get(name)]);
  state.plan = plan.length ? Object.fromEntries(plan) : null;
  const asked = [...query].filter(([name]) => name.startsWith(ASKED) && ID.test(name.slice(ASKED.length)));
  if (asked.length) state.asked = Object.fromEntries(asked.map(([name, words]) => [name.slice(ASKED.length), words]));
  return state;
}

/** Whether a query string leaves out the defaults of an earlier version. A bare address is nobody's link.
 * @param {string} search */
export function isOld(search) {
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

/** @param {string} text */
function readPanels(text) {
  const open = text.split(",");
  return /** @type {State["panels"]} */ (Object.fromEntries(Object.keys(PANELS).map((name) => [name, open.includes(name)])));
}
