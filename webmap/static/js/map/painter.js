// Paints the shapes of all layers on three panes of a Leaflet map, and says what is under the pointer. It holds no
// state of the page: it is given entries and draws them.
//
// An entry: {id, title, kind, group, order, style, classes: [{paint}], shapes: [Shapes], hidden: Set of classes,
// alpha, heat, ghost, silent, words, choose}. A ghost is not drawn, but its features can be marked; what is silent is drawn
// and lets the pointer through; `words(key, name)` is what a hover says, `choose(key)` what a click does.

import { boxOf, CanvasPane, inside, isOnSide, oneSide, PADDING, plain, scaleOf, viewOf } from "./canvas.js";
import { drawHeat } from "./heat.js";
import { find, hits } from "./hit.js";
import { casing, core, fill, LAND, stroke } from "./inks.js";
import { isArea, isBoundary, isEdge, surfaces } from "./kinds.js";
import { drawLabels } from "./labels.js";
import { drawMarks } from "./marks.js";
import { boundaryPaths, classPath } from "./paths.js";
import { place } from "./placing.js";
import { gather } from "./spots.js";
import { drawSpot, drawSymbol } from "./symbols.js";

/** @type {[number, string][]} */
const HALO = [
  [17, "rgba(133, 150, 142, 0.16)"],
  [9, "rgba(120, 120, 128, 0.18)"],
];
const HEAT_RADIUS_PX = 26;

/** @typedef {"ground" | "marks" | "above"} Pane */

export class Painter extends L.Layer {
  /** @type {Drawn[]} */
  entries = [];
  /** @type {Placed[]} */
  placed = [];
  /** @type {ReturnType<typeof drawLabels>} */
  labels = [];
  /** @type {Marked} */
  marked = { hover: null, selected: null };
  /** @type {CanvasPane} fills and lines: each canvas less is a page that is there sooner */
  ground;
  /** @type {CanvasPane} */
  marks;
  /** @type {CanvasPane} symbols and names */
  above;
  /** @type {Sight} nothing before the first painting */
  view;
  /** Who else writes on the map, and where: the names keep clear of it.
   * @type {((view: Sight, placed: Placed[]) => import("./labels.js").Edges[]) | null} */
  written = null;
  /** Where a line divides two sides, as a share of the width of the map; null without one.
   * @type {number | null} */
  split = null;
  _frame = 0;

  /** @param {{panes: Record<Pane, string>, datum?: string, picture?: boolean}} options */
  constructor(options) {
    super();
    this.options = { ...this.options, ...options };
  }

  /** @param {CountyMap} map */
  onAdd(map) {
    const { panes } = this.options;
    this.ground = new CanvasPane(map, panes.ground);
    this.marks = new CanvasPane(map, panes.marks);
    this.above = new CanvasPane(map, panes.above);
    return this;
  }

  onRemove() {
    for (const pane of this._panes()) pane.remove();
    return this;
  }

  getEvents() {
    /** @type {{[name: string]: import("leaflet").LeafletEventHandlerFn}} */
    const events = { zoom: this._follow, viewreset: this.paint, move: this._onMove };
    if (this._map.options.zoomAnimation) events.zoomanim = (event) => this._follow(/** @type {import("leaflet").ZoomAnimEvent} */ (event));
    return events;
  }

  /** Draw everything at the present position of the map, now. */
  paint() {
    const map = /** @type {CountyMap | null} */ (this._map);
    if (!map?._loaded) return;
    this.view = viewOf(map);
    if (this.split !== null) this.view.seam = (this.view.width * (PADDING + this.split)) / (1 + 2 * PADDING);
    const order = this.entries.filter((entry) => !entry.ghost).sort((a, b) => a.order - b.order);
    this._paintGround(order);
    this._paintAbove(order);
    this.paintMarks();
  }

  /** Draw only the outlines of what is chosen and what is under the pointer. */
  paintMarks() {
    if (this.view) drawMarks(this.marks, this.view, { entries: this.entries, placed: this.placed, ...this.marked });
  }

  /** All that lies at a point of the container, what is meant most first; see hit.js.
   * @param {import("leaflet").Point} point
   * @returns {Found[]} */
  all(point, { touch = false } = {}) {
    if (!this.view) return [];
    const place = this._map.containerPointToLayerPoint(point).subtract(this.view.min);
    return hits(this.view, { entries: this.entries, placed: this.placed }, { x: place.x, y: place.y, touch });
  }

  /** The first of them, or null.
   * @param {import("leaflet").Point} point */
  at(point, how = {}) {
    return this.all(point, how)[0] ?? null;
  }

  /** The parts of one feature that are on the map: [{entry, shapes, index}].
   * @param {string} layer
   * @param {string} key */
  find(layer, key) {
    return find(this.entries, layer, key);
  }

  _panes() {
    return [this.ground, this.marks, this.above];
  }

  /** @param {import("leaflet").LeafletEvent & {center?: import("leaflet").LatLng, zoom?: number}} [position] */
  _follow(position) {
    if (!this.view) return;
    const center = position?.center ?? this._map.getCenter();
    const zoom = position?.zoom ?? this._map.getZoom();
    for (const pane of this._panes()) pane.follow(this.view, center, zoom);
  }

  /** During a long drag the view leaves what was drawn: draw again before the edge shows. */
  _onMove() {
    if (!this.view || this.view.zoom !== this._map.getZoom()) return;
    const moved = this._map.containerPointToLayerPoint([0, 0]).subtract(this.view.min);
    const size = this._map.getSize();
    const [right, bottom] = [this.view.width - size.x, this.view.height - size.y];
    if (moved.x >= 0 && moved.y >= 0 && moved.x <= right && moved.y <= bottom) return;
    L.Util.cancelAnimFrame(this._frame);
    this._frame = L.Util.requestAnimFrame(this.paint, this);
  }

  /** @param {Drawn[]} order */
  _paintGround(order) {
    const fills = order.filter((entry) => isEdge(entry) || entry.heat || isArea(entry));
    const lines = order.filter((entry) => isBoundary(entry) || entry.kind === "line");
    if (!fills.length && !lines.length) return this.ground.clear();
    const context = this.ground.start(this.view);
    this._paintFills(context, fills);
    this._paintLines(context, lines, order.some(isEdge));
    return undefined;
  }

  // ---- fills ----

  /** @param {CanvasRenderingContext2D} context
   * @param {Drawn[]} order */
  _paintFills(context, order) {
    for (const entry of order) if (isEdge(entry)) this._paintLand(context, entry);
    for (const entry of order) {
      if (!isArea(entry)) continue;
      oneSide(context, this.view, entry.side, () => {
        context.globalAlpha = entry.alpha;
        for (const shapes of surfaces(entry))
          this._within(context, shapes, (scale) => this._paintClasses(context, entry, { shapes, scale }));
      });
    }
    context.globalAlpha = 1;
    for (const entry of order) if (entry.heat) this._paintHeat(context, entry);
  }

  /** The county stands out: a soft halo outside its edge, land inside. Over a picture only the halo.
   * @param {CanvasRenderingContext2D} context
   * @param {Drawn} entry */
  _paintLand(context, entry) {
    for (const shapes of surfaces(entry)) {
      this._within(context, shapes, (scale) => {
        const path = classPath(shapes, 0, everything);
        if (!path) return;
        context.lineJoin = "round";
        for (const [width, colour] of HALO) {
          context.lineWidth = width / scale;
          context.strokeStyle = colour;
          context.stroke(path);
        }
        if (this.options.picture) return;
        context.fillStyle = LAND;
        context.fill(path);
      });
    }
  }

  /** @param {CanvasRenderingContext2D} context
   * @param {Drawn} entry
   * @param {{shapes: RingShapes, scale: number}} here */
  _paintClasses(context, entry, { shapes, scale }) {
    const box = boxOf(this.view, shapes);
    entry.classes.forEach(({ paint }, cls) => {
      if (entry.hidden.has(cls)) return;
      const path = classPath(shapes, cls, box);
      if (!path) return;
      fill(context, path, paint, { scale, ratio: this.view.ratio });
      if (shapes.mode !== "bins") stroke(context, path, paint, scale);
    });
  }

  /** @param {CanvasRenderingContext2D} context
   * @param {Drawn} entry */
  _paintHeat(context, entry) {
    const points = [];
    for (const shapes of entry.shapes) {
      if (shapes.kind !== "point") continue;
      const scale = scaleOf(this.view, shapes.band);
      for (let i = 0; i < shapes.size; i += 1) {
        if (entry.hidden.has(shapes.cls[i])) continue;
        const x = (shapes.xy[i * 2] + shapes.ox) * scale - this.view.x;
        const y = (shapes.xy[i * 2 + 1] + shapes.oy) * scale - this.view.y;
        if (x > -50 && y > -50 && x < this.view.width + 50 && y < this.view.height + 50) points.push([x, y]);
      }
    }
    plain(context, this.view);
    const radius = HEAT_RADIUS_PX * 1.18 ** Math.max(0, this.view.zoom - 10);
    drawHeat(context, points, { width: this.view.width, height: this.view.height, radius, alpha: entry.alpha });
  }

  // ---- lines ----

  /** @param {CanvasRenderingContext2D} context
   * @param {Drawn[]} lines
   * @param {boolean} edge where a coarser boundary is shown, the finer one leaves the outside of the layer to it */
  _paintLines(context, lines, edge) {
    for (const entry of lines) {
      oneSide(context, this.view, entry.side, () => {
        context.globalAlpha = entry.alpha;
        for (const shapes of surfaces(entry)) {
          this._within(context, shapes, (scale) => {
            if (shapes.kind === "line") this._paintWays(context, entry, { shapes, scale });
            else this._paintBoundary(context, entry, { shapes, scale, edge });
          });
        }
      });
    }
    context.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} context
   * @param {Drawn} entry
   * @param {{shapes: RingShapes, scale: number}} here */
  _paintWays(context, entry, { shapes, scale }) {
    const box = boxOf(this.view, shapes);
    const found = entry.classes.map(({ paint }, cls) => ({
      paint,
      path: entry.hidden.has(cls) ? null : classPath(shapes, cls, box),
    }));
    // The first class is the most important: it is drawn last.
    for (const { paint, path } of [...found].reverse()) if (path) casing(context, path, paint, scale);
    for (const { paint, path } of [...found].reverse()) if (path) core(context, path, paint, scale);
  }

  /** @param {CanvasRenderingContext2D} context
   * @param {Drawn} entry
   * @param {{shapes: RingShapes, scale: number, edge: boolean}} here */
  _paintBoundary(context, entry, { shapes, scale, edge }) {
    const plainLine = entry.classes.every(({ paint }) => paint.dash === "solid");
    const lines = plainLine || entry.hidden.size || entry.classes.length > 1 ? null : boundaryPaths(shapes);
    if (!lines) return this._paintClasses(context, entry, { shapes, scale });
    const { paint } = entry.classes[0];
    stroke(context, lines.inner, paint, scale);
    if (isEdge(entry) || !edge) stroke(context, lines.outer, paint, scale);
  }

  /** Work in the coordinates of some shapes; a tile is cut at its edge, where its shapes are cut too.
   * @param {CanvasRenderingContext2D} context
   * @param {Shapes} shapes
   * @param {(scale: number) => void} work */
  _within(context, shapes, work) {
    inside(context, this.view, { shapes, work });
  }

  // ---- symbols and names ----

  /** @param {Drawn[]} order */
  _paintAbove(order) {
    const points = order.filter((entry) => entry.kind === "point" && !entry.heat && entry.shapes.length);
    const named = order.filter((entry) => entry.style.labels && this.view.zoom >= entry.style.labels_from_zoom);
    this.placed = points.flatMap((entry) => place(entry, this.view).filter(({ px }) => isOnSide(this.view, entry.side, px)));
    gather(this.placed, this.view.zoom);
    const taken = this.written?.(this.view, this.placed);
    this.labels = [];
    if (!points.length && !named.length) return this.above.clear();
    const context = this.above.start(this.view);
    this._paintSymbols(context);
    const { selected } = this.marked;
    if (named.length) this.labels = drawLabels(context, this.view, { entries: named, symbols: this.placed, selected, taken });
    return undefined;
  }

  /** @param {CanvasRenderingContext2D} context */
  _paintSymbols(context) {
    const { ratio } = this.view;
    context.save();
    for (const point of this.placed) if (point.from) leader(context, point.from, point);
    for (const { entry, paint, px: x, py: y, size, count } of this.placed)
      drawSymbol(context, paint, { x, y, size, ratio, count, alpha: entry.alpha });
    for (const point of this.placed) if (point.spot) drawSpot(context, point);
    context.restore();
  }
}

const everything = [-Infinity, -Infinity, Infinity, Infinity];

/** @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} from
 * @param {Placed} point */
function leader(context, from, { px, py }) {
  context.strokeStyle = "rgba(68, 84, 95, 0.6)";
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(px, py);
  context.stroke();
}

// The name under which the script of the frame finds the painter.
/** @type {any} */ (L).Shapes = Painter;
