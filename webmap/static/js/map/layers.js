// From the state to the painter: which layers are on, which shapes they need here, fetched, drawn, and said so in
// data-map-state. Divisions come first, so that a slow line shows the county early.

import { PADDING } from "./canvas.js";
import { prepare, prepared } from "./cluster.js";
import { toDegrees } from "./datum.js";
import { Answers, needed } from "./requests.js";
import { setSymbols } from "./symbols.js";

const FIRST = ["divisions", "base", "services"];
const PAINT_EVERY_MS = 180; // while shapes are still coming in
const UNFILTERED = new Set(["divisions", "base"]); // the area filter leaves the ground of the map alone
const root = document.documentElement;

/** @typedef {{entry: LayerEntry, ghost: boolean, requests: import("./requests.js").Request[]}} Wanted */

/** Whether there is anything of a layer that can be drawn.
 * @param {LayerEntry | null | undefined} entry
 * @returns {entry is LayerEntry} */
const usable = (entry) => Boolean(entry?.edition && entry.access !== "none" && entry.geometry !== "none" && entry.legend?.length);

export class Layers {
  /** @type {Theme} */
  theme;
  /** @type {Map<string, LayerEntry>} */
  entries = new Map();
  /** @type {number} nothing until the first look at state and position */
  total;
  frame = 0;
  /** @type {Map<string, Failure>} */
  errors = new Map();

  /** @param {Pick<App, "map" | "painter" | "state" | "api" | "view">} house */
  constructor({ map, painter, state, api, view }) {
    this.map = map;
    this.painter = painter;
    this.state = state;
    this.api = api;
    this.view = view;
    this.answers = new Answers(api, painter.options.datum ?? "wgs84");
    /** @type {{[E in keyof LayerEvents]: Set<(detail: LayerEvents[E]) => void>}} */
    this.listeners = { progress: new Set(), error: new Set(), loaded: new Set(), ready: new Set() };
    /** @type {Map<string, Drawn>} */
    this.drawn = new Map();
    this.complete = new Set();
    /** @type {Set<(drawn: Map<string, Drawn>) => Drawn[]>} */
    this.overlays = new Set();
    /** @type {Map<string, Drawn>} what stands in the place of a layer's own symbols */
    this.instead = new Map();
    /** @type {Set<string>} */
    this.holds = new Set();
    /** @type {Set<string>} */
    this.needs = new Set();
    this.repainting = false;
    this.wasReady = false;
    this.patient = false;
    this.round = 0;
    this.paintedAt = 0;
    /** @type {{entry: LayerEntry, query: string} | null} */
    this.sole = null;
    /** The first time that everything was there. */
    this.painted = new Promise((done) => {
      this._wasPainted = done;
    });
  }

  /** Take the theme and begin to follow state and map.
   * @param {Theme} theme */
  start(theme) {
    this.theme = theme;
    setSymbols(theme.symbols);
    theme.groups.forEach((group, i) => group.layers.forEach((entry) => this.entries.set(entry.id, { ...entry, groupIndex: i })));
    this.state.setDefaults({
      layers: [...this.entries.values()].filter((entry) => entry.visible).map((entry) => entry.id),
    });
    const first = [...this.entries.values()].flatMap(({ id, first: some }) => (some ? [[id, some.filters]] : []));
    this.state.setFirst(Object.fromEntries(first));
    this.state.on(["layers", "filters", "time", "period", "area", "hidden", "heat", "opacity", "selected"], () => this.refresh());
    this.map.on("movestart zoomstart", () => this._say("loading"));
    this.map.on("moveend", () => this.refresh());
  }

  /** @param {string} id */
  entry(id) {
    return this.entries.get(id);
  }

  /** Filter query string of a layer from the state, without “?”; empty when nothing filters it.
   * @param {string} id */
  query(id) {
    const entry = this.entry(id);
    if (!entry) return "";
    const { area } = this.state.get();
    return [area && !UNFILTERED.has(entry.group) ? `code=${area}` : "", this.conditions(id)].filter(Boolean).join("&");
  }

  /** The same without the area.
   * @param {string} id */
  conditions(id) {
    const entry = this.entry(id);
    if (!entry) return "";
    const { time, period, filters } = this.state.get();
    /** @type {string[]} */
    const parts = [];
    const put = (/** @type {string} */ name, /** @type {string | null | undefined} */ value) =>
      value && parts.push(`${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`);
    if (entry.access === "counts") {
      put("period", period && entry.periods.includes(period) ? period : null);
      return parts.join("&");
    }
    if (entry.time_field) {
      put("since", time?.since);
      put("until", time?.until);
    }
    for (const [field, values] of Object.entries(filters[id] ?? {})) put(field === "q" ? "q" : `f.${field}`, [values].flat().join(","));
    return parts.join("&");
  }

  /** What the map filters by, for a profile: filters of every layer whose rows this viewer gets, and the time. */
  asked() {
    const { time, filters } = this.state.get();
    const words = Object.entries(filters).flatMap(([id, fields]) => {
      const { access } = this.entry(id) ?? {};
      if (access !== "exact" && access !== "grid") return [];
      const values = Object.entries(fields).filter(([, some]) => [some].flat().length);
      return values.map(([field, some]) => `f.${id}.${field}=${[some].flat().map(encodeURIComponent).join(",")}`);
    });
    if (time?.since) words.push(`since=${time.since}`);
    if (time?.until) words.push(`until=${time.until}`);
    return words.sort().join("&");
  }

  /** @template {keyof LayerEvents} E
   * @param {E} event
   * @param {(detail: LayerEvents[E]) => void} fn */
  on(event, fn) {
    this.listeners[event].add(fn);
    return () => this.listeners[event].delete(fn);
  }

  /** Draw more than the theme's layers: `fn(drawn)` gives the painter's entries from what is drawn, at each painting.
   * @param {(drawn: Map<string, Drawn>) => Drawn[]} fn */
  overlay(fn) {
    this.overlays.add(fn);
    this.repaint();
  }

  /** Shapes of a layer are fetched whether it is shown or not.
   * @param {string} id */
  need(id) {
    this.needs.add(id);
    if (!this.drawn.get(id)?.shapes.length) this.refresh();
  }

  /** The page is not ready while something that is drawn is on its way: {hold(name), then release(name)}.
   * @param {string} name */
  hold(name) {
    this.holds.add(name);
    this._say("loading");
  }

  /** @param {string} name */
  release(name) {
    this.holds.delete(name);
    this.repaint();
  }

  /** Paint again as soon as everything is there; many calls in one turn count once, and so do all those of a theme's own
   * work until the page has been ready once. */
  repaint() {
    if (this.repainting || !this.map._loaded || !this.theme || this.total === undefined || (this.holds.size && !this.wasReady)) return;
    this.repainting = true;
    queueMicrotask(() => {
      this.repainting = false;
      this._schedule();
    });
  }

  /** What a row of a drawn layer is called, as far as its shapes are here.
   * @param {string | null} id
   * @param {string} key
   * @returns {string | undefined} */
  nameOf(id, key) {
    return this.names(id).find((one) => one.key === key)?.name;
  }

  /** Keys and names of the rows of a drawn layer, as far as its shapes are here.
   * @param {string | null} id */
  names(id) {
    const { shapes = [] } = this.drawn.get(id ?? "") ?? {};
    return shapes.flatMap((one) => one.keys.map((key, i) => ({ key, name: one.names[i] })));
  }

  /** Fetch again what failed.
   * @param {string} id */
  retry(id) {
    this.errors.delete(id);
    this.refresh();
  }

  /** {bounds: [[s, w], [n, e]], latlng} of a shape that is on the map, in CGCS2000, or null.
   * @param {string} id
   * @param {string} key */
  place(id, key) {
    const parts = this.painter.find(id, key);
    if (!parts.length) return null;
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { shapes, index } of parts) widen(box, shapes, index);
    const [{ shapes }] = parts;
    const [west, north] = toDegrees(box[0], box[1], shapes.band);
    const [east, south] = toDegrees(box[2], box[3], shapes.band);
    const corners = [
      [south, west],
      [north, east],
    ].map(([lat, lng]) => this.view.fromMap({ lat, lng }));
    return {
      bounds: corners.map(({ lat, lng }) => [lat, lng]),
      latlng: [(corners[0].lat + corners[1].lat) / 2, (corners[0].lng + corners[1].lng) / 2],
    };
  }

  /** Look again at state and position; many calls in one turn count once. */
  refresh() {
    if (this.quiet) return;
    this._say("loading");
    if (this.waiting) return;
    this.waiting = true;
    queueMicrotask(() => {
      this.waiting = false;
      if (this.map._loaded && this.theme) this._refresh();
    });
  }

  /** Before anything else one part of one layer is asked for and drawn: a slow line carries what matters first.
   * @param {string} layer
   * @param {string} query */
  before(layer, query) {
    const entry = this.entry(layer);
    this.sole = usable(entry) ? { entry, query } : null;
  }

  /** Ask for the first shapes at once: the panels are built while they are on their way. What is held is painted with them if
   * it is there soon.
   * @param {number} patience ms */
  begin(patience) {
    this._say("loading");
    this.patient = this.holds.size > 0;
    if (this.patient)
      setTimeout(() => {
        this.patient = false;
        this._schedule();
      }, patience);
    this._refresh();
  }

  /** Until the map has been painted with all its shapes, or `patience` ms at most.
   * @param {number} patience */
  first(patience) {
    return Promise.race([this.painted, new Promise((done) => setTimeout(done, patience))]);
  }

  /**
   * Change the size of the map without anyone having moved it. It is drawn again before the browser shows the new size,
   * and stays ready unless something must be fetched.
   * @param {() => void} change
   */
  resized(change) {
    this.quiet = true;
    change();
    this.quiet = false;
    if (!this.map._loaded || !this.theme) return;
    this._refresh();
    if (this.complete.size < this.total) this._say("loading");
  }

  _refresh() {
    this.round += 1;
    const { round } = this;
    const { selected } = this.state.get();
    this.painter.marked.selected = selected;
    const wanted = this._wanted();
    const names = new Set(wanted.flatMap(({ entry, requests }) => requests.map(({ url }) => `${entry.id}?${url}`)));
    this.answers.drop(names);
    this.complete = new Set();
    for (const id of [...this.drawn.keys()]) if (!wanted.some(({ entry }) => entry.id === id)) this.drawn.delete(id);
    for (const id of [...this.errors.keys()]) if (!wanted.some(({ entry }) => entry.id === id)) this.errors.delete(id);
    this.total = wanted.length;
    for (const item of wanted) this._take(item, round);
    this._progress();
    this._schedule();
  }

  /** Layers that are on and may be seen here, with their requests, and the layer of what is chosen as a ghost. */
  _wanted() {
    const { layers, selected } = this.state.get();
    const zoom = this.map.getZoom();
    const box = this._box();
    if (this.sole)
      return [{ entry: this.sole.entry, ghost: false, requests: needed(this.sole.entry, { zoom, box, query: this.sole.query }) }];
    const rank = (/** @type {LayerEntry} */ entry) => (FIRST.indexOf(entry.group) + FIRST.length + 1) % (FIRST.length + 1);
    const on = (layers ?? [])
      .map((id) => this.entry(id))
      .filter(usable)
      .filter((entry) => zoom >= (entry.style.min_zoom ?? 0));
    const wanted = on.map((entry) => ({
      entry,
      ghost: false,
      requests: needed(entry, { zoom, box, query: this.query(entry.id) }),
    }));
    /** @type {Set<LayerEntry | null | undefined>} */
    const unseen = new Set([selected ? this.entry(selected.layer) : null, ...[...this.needs].map((id) => this.entry(id))]);
    for (const entry of unseen) {
      if (!usable(entry) || on.includes(entry)) continue;
      const requests = needed(entry, { zoom, box, query: "" });
      if (requests.length === 1) wanted.push({ entry, ghost: true, requests });
    }
    return wanted.sort((a, b) => rank(a.entry) - rank(b.entry));
  }

  /** The view with its margin, in world pixels. */
  _box() {
    const { min, max } = /** @type {Required<import("leaflet").Bounds>} */ (this.map.getPixelBounds());
    const [dx, dy] = [(max.x - min.x) * PADDING, (max.y - min.y) * PADDING];
    return [min.x - dx, min.y - dy, max.x + dx, max.y + dy];
  }

  /** Show what is known of a layer and fetch the rest.
   * @param {Wanted} item
   * @param {number} round */
  _take(item, round) {
    const { entry, requests } = item;
    this._show(item);
    const missing = requests.filter((request) => !this.answers.get(entry.id, request));
    const cluster = entry.style.cluster && entry.geometry === "point" && !prepared();
    if (!missing.length && !cluster) return void this._done(item);
    const jobs = missing.map((request) => this.answers.fetch(entry.id, request).then(() => round === this.round && this._show(item)));
    if (cluster) jobs.push(prepare());
    Promise.all(jobs).then(
      () => {
        if (round !== this.round) return;
        this.errors.delete(entry.id);
        this._show(item);
        this._done(item);
        this._progress();
        this._schedule();
      },
      (error) => {
        if (round !== this.round || error.name === "AbortError") return;
        this.errors.set(entry.id, error);
        this._emit("error", { layer: entry.id, error });
        this._done(item);
        this._progress();
        this._schedule();
      },
    );
  }

  /** @param {Wanted} item */
  _done({ entry, ghost }) {
    this.complete.add(entry.id);
    const drawn = this.drawn.get(entry.id);
    if (ghost || !drawn || this.errors.has(entry.id)) return;
    const count = drawn.shapes.reduce((sum, shapes) => sum + shapes.count, 0);
    this._emit("loaded", { layer: entry.id, count, mode: drawn.shapes[0]?.mode ?? "whole" });
  }

  /** Give the painter what is there; until everything of a new band is, the old one stays.
   * @param {Wanted} item */
  _show({ entry, requests, ghost }) {
    const { hidden, heat, opacity } = this.state.get();
    const found = requests.map((request) => this.answers.get(entry.id, request)).filter((one) => one !== undefined);
    const before = this.drawn.get(entry.id);
    const shapes = found.length === requests.length || !before?.shapes.length ? found : before.shapes;
    /** @type {Api.LegendRow[]} */
    const classes = [];
    for (const row of entry.legend) classes[row.index] = row;
    this.drawn.set(entry.id, {
      id: entry.id,
      title: entry.title,
      kind: entry.geometry,
      group: entry.group,
      access: entry.access,
      order: entry.style.order ?? 0,
      style: entry.style,
      classes: Array.from(classes, (row) => row ?? { paint: {} }),
      shapes,
      hidden: new Set(hidden[entry.id] ?? []),
      alpha: opacity[entry.groupIndex ?? -1] ?? 1,
      heat: Boolean(entry.style.heat) && entry.geometry === "point" && heat.includes(entry.id),
      ghost,
    });
  }

  _progress() {
    const waiting = [...this.drawn.keys()].filter((id) => !this.complete.has(id));
    this._emit("progress", { done: this.total - waiting.length, total: this.total, waiting });
  }

  // ---- painting ----

  /** Paint at once when everything is there, else now and then. */
  _schedule() {
    const ready = this.complete.size >= this.total;
    if (this.holds.size && !this.wasReady && (this.paintedAt || this.patient)) return undefined; // what is on its way is painted with the rest
    if (ready) {
      cancelAnimationFrame(this.frame);
      this.frame = 0;
      return this._paint();
    }
    const soon = performance.now() - this.paintedAt < PAINT_EVERY_MS;
    const nothing = [...this.drawn.values()].every(({ shapes }) => !shapes.length);
    if (this.frame || soon || nothing) return undefined;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this._paint();
    });
    return undefined;
  }

  _paint() {
    const more = [...this.overlays].flatMap((fn) => fn(this.drawn));
    this.instead = new Map(more.filter((one) => one.instead).map((one) => [one.id, one]));
    this.painter.entries = [...more, ...[...this.drawn.values()].filter(({ id }) => !this.instead.has(id))];
    this.painter.paint();
    this.paintedAt = performance.now();
    const { round } = this;
    if (this.complete.size < this.total) return;
    if (this.sole) {
      this.sole = null;
      return this.refresh();
    }
    this._wasPainted?.(undefined);
    requestAnimationFrame(() => {
      if (round !== this.round || this.waiting || this.holds.size || this.complete.size < this.total) return;
      this.wasReady = true;
      this._say(this.errors.size ? "error" : "ready");
      this._emit("ready", {});
    });
  }

  /** @param {string} what */
  _say(what) {
    if (this.quiet) return;
    if (root.dataset.mapState !== what) root.dataset.mapState = what;
  }

  /** @template {keyof LayerEvents} E
   * @param {E} event
   * @param {LayerEvents[E]} detail */
  _emit(event, detail) {
    for (const fn of this.listeners[event]) fn(detail);
  }
}

/** @param {number[]} box
 * @param {Shapes} shapes
 * @param {number} i */
function widen(box, { xy, boxes, ox, oy }, i) {
  const part = boxes ? [...boxes.subarray(i * 4, i * 4 + 4)] : [xy[i * 2], xy[i * 2 + 1], xy[i * 2], xy[i * 2 + 1]];
  box[0] = Math.min(box[0], part[0] + ox);
  box[1] = Math.min(box[1], part[1] + oy);
  box[2] = Math.max(box[2], part[2] + ox);
  box[3] = Math.max(box[3], part[3] + oy);
}
