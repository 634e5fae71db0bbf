// Paints the shapes of all layers on five panes of a Leaflet map, and says what is under the pointer. It holds no
// state of the page: it is given entries and draws them.
//
// An entry: {id, title, kind, group, order, style, classes: [{paint}], shapes: [Shapes], hidden: Set of classes,
// alpha, heat, ghost}. A ghost is not drawn, but its features can be marked.

import { CanvasPane, boxOf, plain, scaleOf, viewOf, within } from "./canvas.js";
import { clusters, LAST_CLUSTER_ZOOM, prepared, spread } from "./cluster.js";
import { drawHeat } from "./heat.js";
import { find, hit } from "./hit.js";
import { casing, core, fill, LAND, PRIMARY, stroke } from "./inks.js";
import { drawLabels } from "./labels.js";
import { boundaryPaths, classPath, featurePath } from "./paths.js";
import { drawSymbol, symbolSize } from "./symbols.js";

const HALO = [[17, "rgba(133, 150, 142, 0.16)"], [9, "rgba(120, 120, 128, 0.18)"]];
const TINT = "rgba(11, 100, 112, 0.12)";
const HEAT_RADIUS_PX = 26;

export const Painter = L.Layer.extend({
  initialize(options) {
    L.setOptions(this, options);
    this.entries = [];
    this.placed = [];
    this.labels = [];
    this.marked = { hover: null, selected: null };
  },

  onAdd(map) {
    const { panes } = this.options;
    this.fills = new CanvasPane(map, panes.fills);
    this.lines = new CanvasPane(map, panes.lines);
    this.marks = new CanvasPane(map, panes.marks);
    this.symbols = new CanvasPane(map, panes.symbols);
    this.names = new CanvasPane(map, panes.labels);
  },

  onRemove() {
    for (const pane of this._panes()) pane.remove();
  },

  getEvents() {
    const events = { zoom: this._follow, viewreset: this.paint, move: this._onMove };
    if (this._map.options.zoomAnimation) events.zoomanim = ({ center, zoom }) => this._follow({ center, zoom });
    return events;
  },

  /** Draw everything at the present position of the map, now. */
  paint() {
    if (!this._map?._loaded) return;
    this.view = viewOf(this._map);
    const order = this.entries.filter((entry) => !entry.ghost).sort((a, b) => a.order - b.order);
    this._paintFills(order);
    this._paintLines(order);
    this._paintSymbols(order);
    this._paintNames(order);
    this.paintMarks();
  },

  /** Draw only the outlines of what is chosen and what is under the pointer. */
  paintMarks() {
    if (!this.view) return;
    const { hover, selected } = this.marked;
    const chosen = selected ? find(this.entries, selected.layer, selected.key) : [];
    const under = hover ? find(this.entries, hover.layer, hover.key) : [];
    if (!chosen.length && !under.length && !hover?.point) return this.marks.clear();
    const context = this.marks.start(this.view);
    if (hover && !(selected?.key === hover.key && selected.layer === hover.layer)) this._mark(context, under, { width: 2, tint: null, hover });
    this._mark(context, chosen, { width: 3, tint: TINT });
  },

  /** What lies at a point of the container; see hit.js. */
  at(point, { touch = false } = {}) {
    if (!this.view) return null;
    const place = this._map.containerPointToLayerPoint(point).subtract(this.view.min);
    return hit(this.view, { entries: this.entries, placed: this.placed }, { x: place.x, y: place.y, touch });
  },

  /** The parts of one feature that are on the map: [{entry, shapes, index}]. */
  find(layer, key) {
    return find(this.entries, layer, key);
  },

  _panes() {
    return [this.fills, this.lines, this.marks, this.symbols, this.names];
  },

  _follow(position) {
    if (!this.view) return;
    const center = position?.center ?? this._map.getCenter();
    const zoom = position?.zoom ?? this._map.getZoom();
    for (const pane of this._panes()) pane.follow(this.view, center, zoom);
  },

  /** During a long drag the view leaves what was drawn: draw again before the edge shows. */
  _onMove() {
    if (!this.view || this.view.zoom !== this._map.getZoom()) return;
    const moved = this._map.containerPointToLayerPoint([0, 0]).subtract(this.view.min);
    const size = this._map.getSize();
    const [right, bottom] = [this.view.width - size.x, this.view.height - size.y];
    if (moved.x >= 0 && moved.y >= 0 && moved.x <= right && moved.y <= bottom) return;
    L.Util.cancelAnimFrame(this._frame);
    this._frame = L.Util.requestAnimFrame(this.paint, this);
  },

  // ---- fills ----

  _paintFills(order) {
    const context = this.fills.start(this.view);
    for (const entry of order) if (isEdge(entry)) this._paintLand(context, entry);
    for (const entry of order) {
      if (entry.heat || entry.kind !== "polygon" || isBoundary(entry)) continue;
      context.globalAlpha = entry.alpha;
      for (const shapes of entry.shapes) this._within(context, shapes, (scale) => this._paintClasses(context, entry, { shapes, scale }));
    }
    context.globalAlpha = 1;
    for (const entry of order) if (entry.heat) this._paintHeat(context, entry);
  },

  /** The county stands out: a soft halo outside its edge, land inside. Over a picture only the halo. */
  _paintLand(context, entry) {
    for (const shapes of entry.shapes) {
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
  },

  _paintClasses(context, entry, { shapes, scale }) {
    const box = boxOf(this.view, shapes);
    entry.classes.forEach(({ paint }, cls) => {
      if (entry.hidden.has(cls)) return;
      const path = classPath(shapes, cls, box);
      if (!path) return;
      fill(context, path, paint, { scale, ratio: this.view.ratio });
      if (shapes.mode !== "bins") stroke(context, path, paint, scale);
    });
  },

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
  },

  // ---- lines ----

  _paintLines(order) {
    const context = this.lines.start(this.view);
    // Where a coarser boundary is shown, the finer one leaves the outside of the layer to it.
    const edge = order.some(isEdge);
    for (const entry of order) {
      if (!isBoundary(entry) && entry.kind !== "line") continue;
      context.globalAlpha = entry.alpha;
      for (const shapes of entry.shapes) {
        this._within(context, shapes, (scale) => {
          if (shapes.kind === "line") this._paintWays(context, entry, { shapes, scale });
          else this._paintBoundary(context, entry, { shapes, scale, edge });
        });
      }
    }
    context.globalAlpha = 1;
  },

  _paintWays(context, entry, { shapes, scale }) {
    const box = boxOf(this.view, shapes);
    const found = entry.classes.map(({ paint }, cls) => ({ paint, path: entry.hidden.has(cls) ? null : classPath(shapes, cls, box) }));
    // The first class is the most important: it is drawn last.
    for (const { paint, path } of [...found].reverse()) if (path) casing(context, path, paint, scale);
    for (const { paint, path } of [...found].reverse()) if (path) core(context, path, paint, scale);
  },

  _paintBoundary(context, entry, { shapes, scale, edge }) {
    const plainLine = entry.classes.every(({ paint }) => paint.dash === "solid");
    const lines = plainLine || entry.hidden.size || entry.classes.length > 1 ? null : boundaryPaths(shapes);
    if (!lines) return this._paintClasses(context, entry, { shapes, scale });
    const { paint } = entry.classes[0];
    stroke(context, lines.inner, paint, scale);
    if (isEdge(entry) || !edge) stroke(context, lines.outer, paint, scale);
  },

  /** Work in the coordinates of some shapes; a tile is cut at its edge, where its shapes are cut too. */
  _within(context, shapes, work) {
    context.save();
    if (shapes.tile) this._cut(context, shapes);
    work(within(context, this.view, shapes));
    context.restore();
  },

  _cut(context, { tile, band }) {
    const scale = scaleOf(this.view, band);
    const [left, top] = [tile.x, tile.y].map((at, i) => at * 2048 * scale - (i ? this.view.y : this.view.x));
    const side = 2048 * scale;
    const round = (value) => Math.round(value * this.view.ratio) / this.view.ratio;
    plain(context, this.view);
    context.beginPath();
    context.rect(round(left), round(top), round(left + side) - round(left), round(top + side) - round(top));
    context.clip();
  },

  // ---- symbols and names ----

  _paintSymbols(order) {
    this.placed = [];
    const points = order.filter((entry) => entry.kind === "point" && !entry.heat && entry.shapes.length);
    if (!points.length) return this.symbols.clear();
    const context = this.symbols.start(this.view);
    const { ratio } = this.view;
    for (const entry of points) {
      const placed = entry.style.cluster && prepared() ? this._clustered(entry) : this._single(entry);
      for (const point of placed) {
        if (point.from) leader(context, point);
        drawSymbol(context, point.paint, { x: point.px, y: point.py, ratio, count: point.count, alpha: entry.alpha });
      }
      for (const point of placed) this.placed.push(point);
    }
  },

  _single(entry) {
    const placed = [];
    for (const shapes of entry.shapes) {
      if (shapes.kind !== "point") continue;
      const scale = scaleOf(this.view, shapes.band);
      for (let i = 0; i < shapes.size; i += 1) {
        this._place(placed, entry, { shapes, index: i, cls: shapes.cls[i], x: (shapes.xy[i * 2] + shapes.ox) * scale, y: (shapes.xy[i * 2 + 1] + shapes.oy) * scale, count: 1 });
      }
    }
    return placed;
  },

  _clustered(entry) {
    const placed = [];
    for (const shapes of entry.shapes) {
      if (shapes.kind !== "point") continue;
      const scale = scaleOf(this.view, shapes.band);
      const [west, top] = [this.view.x / scale, this.view.y / scale];
      const box = [west, top, west + this.view.width / scale, top + this.view.height / scale];
      for (const { x, y, count, cls, index, id } of clusters(shapes, entry.hidden, { zoom: this.view.zoom, box })) {
        this._place(placed, entry, { shapes, index, cls, x: x * scale, y: y * scale, count, cluster: id });
      }
    }
    placed.sort((a, b) => b.cls - a.cls); // the worst on top
    return this.view.zoom > LAST_CLUSTER_ZOOM ? spread(placed) : placed;
  },

  _place(placed, entry, { x, y, cls, count, ...rest }) {
    if (entry.hidden.has(cls)) return;
    const paint = entry.classes[cls]?.paint;
    if (!paint?.symbol) return;
    const [px, py, size] = [x - this.view.x, y - this.view.y, symbolSize(paint, count)];
    if (px < -size || py < -size || px > this.view.width + size || py > this.view.height + size) return;
    placed.push({ entry, cls, count, paint, px, py, size, cluster: null, ...rest });
  },

  _paintNames(order) {
    const named = order.filter((entry) => entry.style.labels && this.view.zoom >= entry.style.labels_from_zoom);
    this.labels = [];
    if (!named.length) return this.names.clear();
    const context = this.names.start(this.view);
    this.labels = drawLabels(context, this.view, { entries: named, symbols: this.placed, selected: this.marked.selected });
  },

  // ---- marks ----

  _mark(context, parts, { width, tint, hover = null }) {
    for (const { entry, shapes, index } of parts) {
      if (shapes.kind === "point") {
        this._ring(context, this.placed.find((point) => point.shapes === shapes && point.index === index) ?? this._spot(entry, shapes, index));
        continue;
      }
      this._within(context, shapes, (scale) => {
        const path = featurePath(shapes, index);
        if (tint && shapes.kind === "polygon") {
          context.fillStyle = tint;
          context.fill(path);
        }
        context.lineJoin = "round";
        for (const [colour, extra] of [["#FFFFFF", 2.5], [PRIMARY, 0]]) {
          context.strokeStyle = colour;
          context.lineWidth = (width + extra) / scale;
          context.stroke(path);
        }
      });
    }
    if (hover?.point) this._ring(context, hover.point);
  },

  _spot(entry, shapes, index) {
    const scale = scaleOf(this.view, shapes.band);
    return { px: (shapes.xy[index * 2] + shapes.ox) * scale - this.view.x, py: (shapes.xy[index * 2 + 1] + shapes.oy) * scale - this.view.y, size: symbolSize(entry.classes[shapes.cls[index]]?.paint ?? {}) };
  },

  _ring(context, { px, py, size }) {
    plain(context, this.view);
    context.beginPath();
    context.arc(px, py, size / 2 + 5, 0, 2 * Math.PI);
    context.fillStyle = "#FFFFFF";
    context.fill();
    context.lineWidth = 3;
    context.strokeStyle = PRIMARY;
    context.stroke();
  },
});

const everything = [-Infinity, -Infinity, Infinity, Infinity];

/** A layer of areas without any fill is a boundary: it goes above all fills. */
function isBoundary(entry) {
  return entry.kind === "polygon" && entry.classes.every(({ paint }) => !paint.fill && (paint.hatch ?? "none") === "none");
}

const isEdge = (entry) => entry.kind === "polygon" && entry.classes[0]?.paint.dash === "county";

function leader(context, { from, px, py }) {
  context.strokeStyle = "rgba(68, 84, 95, 0.6)";
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(px, py);
  context.stroke();
}

// The name under which the script of the frame finds the painter.
L.Shapes = Painter;
