// What lies under a point of the screen, all of it: as one sees it from above what is exactly there, then what is in reach,
// then the areas of which only the outline is drawn, then the ground, and roads and rivers last.

import { isOnSide, scaleOf } from "./canvas.js";
import { px } from "./inks.js";
import { isBoundary } from "./kinds.js";
import { inRing, ringsArea } from "./shapes.js";

const NEAR_PX = { mouse: 4, touch: 14 };
const LEAST_PX = { mouse: 0, touch: 24 }; // nobody hits a symbol of nine pixels with a finger: its target is at least this wide
const GROUND = 10; // layers drawn below this order are ground
const BASE = "base"; // the group of roads and rivers
// A symbol or a line that is met, a filled area, what is in reach, an outline around the point, ground, roads and rivers.
const RANK = { symbol: 0, way: 1, fill: 2, near: 3, outline: 4, ground: 5, base: 6 };
const BESIDE = { on: 0, close: 1, spot: 2 };

/** @typedef {{x: number, y: number, reach: number, least: number}} Pointer in CSS pixels of the view */
/** @typedef {{found: Found, rank: number, by: number[]}} Met `by` sorts what has the same rank, the lowest first */

/**
 * Everything at (x, y) in CSS pixels of the view, what is meant most first: {kind, entry, shapes, index} and, for symbols, the
 * placed point. A row stands in it once.
 * @param {Sight} view
 * @param {{entries: Drawn[], placed: Placed[]}} drawn
 * @param {{x: number, y: number, touch?: boolean}} point
 * @returns {Found[]}
 */
export function hits(view, { entries, placed }, { x, y, touch = false }) {
  const by = touch ? "touch" : "mouse";
  const point = { x, y, reach: NEAR_PX[by], least: LEAST_PX[by] };
  const met = [...symbols(placed, point), ...lines(view, entries, point), ...polygons(view, entries, point)];
  return once(met.sort(before).map(({ found }) => found));
}

/** @param {Met} a
 * @param {Met} b */
function before(a, b) {
  if (a.rank !== b.rank) return a.rank - b.rank;
  for (let i = 0; i < a.by.length; i += 1) if (a.by[i] !== b.by[i]) return a.by[i] - b.by[i];
  return 0;
}

/** A row that lies in several tiles is one row.
 * @param {Found[]} found */
function once(found) {
  const seen = new Set();
  return found.filter((one) => {
    const cluster = one.kind === "point" ? one.cluster : null;
    const name = `${one.entry.id} ${cluster ?? one.shapes.keys?.[one.index] ?? one.index}`;
    return !seen.has(name) && Boolean(seen.add(name));
  });
}

/** What is drawn later lies above; with a symbol all are met that lie on its spot.
 * @param {Placed[]} placed
 * @param {Pointer} pointer
 * @returns {Met[]} */
function symbols(placed, pointer) {
  /** @type {Map<Placed, Met>} */
  const met = new Map();
  placed.forEach((point, at) => {
    const how = point.entry.silent ? null : aimed(point, at, pointer);
    if (how) met.set(point, { found: { kind: "point", ...point }, ...how });
  });
  for (const [{ together = [] }, { rank }] of [...met])
    together.forEach((point, at) => {
      if (!met.has(point)) met.set(point, { found: { kind: "point", ...point }, rank, by: [BESIDE.spot, -at] });
    });
  return [...met.values()];
}

/** How well a pointer means a symbol: it is on it, or a finger close to it, or in reach of it or of the spot that it was moved from.
 * @param {Placed} point
 * @param {number} at its place in the order of drawing
 * @param {Pointer} pointer */
function aimed({ px: left, py: top, size, from }, at, { x, y, reach, least }) {
  const away = Math.max(Math.abs(left - x), Math.abs(top - y));
  if (away <= size / 2) return { rank: RANK.symbol, by: [BESIDE.on, -at] };
  if (away <= least / 2) return { rank: RANK.symbol, by: [BESIDE.close, away] };
  if (away <= size / 2 + reach) return { rank: RANK.near, by: [BESIDE.close, away] };
  const spot = from && Math.max(Math.abs(from.x - x), Math.abs(from.y - y)) <= size / 2;
  return spot ? { rank: RANK.near, by: [BESIDE.spot, -at] } : null;
}

/** @param {Sight} view
 * @param {Drawn[]} entries
 * @param {Pointer} pointer
 * @returns {Met[]} */
function lines(view, entries, { x, y, reach }) {
  /** @type {Met[]} */
  const met = [];
  for (const { entry, shapes } of each(entries, "line")) {
    if (!isOnSide(view, entry.side, x)) continue;
    const scale = scaleOf(view, shapes.band);
    const [u, v, far] = [(x + view.x) / scale - shapes.ox, (y + view.y) / scale - shapes.oy, reach / scale];
    for (let f = 0; f < shapes.size; f += 1) {
      if (entry.hidden.has(shapes.cls[f]) || !near(shapes.boxes, f * 4, { u, v, far })) continue;
      const away = Math.sqrt(toLine(shapes, f, u, v)) * scale;
      if (away > reach) continue;
      const drawn = away <= Math.max(1, px(entry.classes?.[shapes.cls[f]]?.paint.line_mm ?? 0) / 2);
      const way = drawn ? RANK.way : RANK.near;
      const rank = entry.group === BASE ? RANK.base : way;
      met.push({ found: { kind: "line", entry, shapes, index: f }, rank, by: rank === RANK.way ? [-entry.order, away] : [1, away] });
    }
  }
  return met;
}

/** @param {Sight} view
 * @param {Drawn[]} entries
 * @param {Pick<Pointer, "x" | "y">} pointer
 * @returns {Met[]} */
function polygons(view, entries, { x, y }) {
  /** @type {Met[]} */
  const met = [];
  const painted = new Map([...entries].sort((a, b) => a.order - b.order).map((entry, at) => [entry, at]));
  for (const { entry, shapes } of each(entries, "polygon")) {
    if (!isOnSide(view, entry.side, x)) continue;
    const scale = scaleOf(view, shapes.band);
    const [u, v] = [(x + view.x) / scale - shapes.ox, (y + view.y) / scale - shapes.oy];
    const depth = painted.get(entry) ?? 0;
    for (let f = 0; f < shapes.size; f += 1) {
      if (entry.hidden.has(shapes.cls[f]) || !near(shapes.boxes, f * 4, { u, v, far: 0 })) continue;
      if (!inFeature(shapes, f, u, v)) continue;
      const area = areaOf(entry, shapes, f) * scale * scale;
      met.push({ found: { kind: "polygon", entry, shapes, index: f }, ...standing(entry, { depth, cls: shapes.cls[f], area }) });
    }
  }
  return met;
}

/** A fill covers what was filled before, class by class; of outlines around a point the smallest is meant.
 * @param {Drawn} entry
 * @param {{depth: number, cls: number, area: number}} how */
function standing(entry, { depth, cls, area }) {
  if (isBoundary(entry)) return { rank: RANK.outline, by: [area] };
  return { rank: entry.order < GROUND ? RANK.ground : RANK.fill, by: [-depth, -cls, area] };
}

/** What a feature covers, all its parts on all tiles together, in units of its band.
 * @param {Drawn} entry
 * @param {RingShapes} shapes
 * @param {number} f
 * @returns {number} */
function areaOf(entry, shapes, f) {
  if (shapes.tile)
    return find([entry], entry.id, shapes.keys[f]).reduce(
      (sum, one) => sum + ringsArea(/** @type {RingShapes} */ (one.shapes), one.index),
      0,
    );
  return ringsArea(shapes, f);
}

/** Feature with this key, wherever it is: {entry, shapes, index} of each part.
 * @param {Drawn[]} entries
 * @param {string} layer
 * @param {string} key
 * @returns {Part[]} */
export function find(entries, layer, key) {
  const found = [];
  for (const entry of entries) {
    if (entry.id !== layer) continue;
    for (const shapes of entry.shapes) {
      for (let i = 0; i < shapes.size; i += 1) if (shapes.keys[i] === key) found.push({ entry, shapes, index: i });
    }
  }
  return found;
}

/** @param {Drawn[]} entries
 * @param {"line" | "polygon"} kind
 * @returns {Generator<{entry: Drawn, shapes: RingShapes}>} */
function* each(entries, kind) {
  for (const entry of entries) {
    if (entry.ghost || entry.silent) continue;
    for (const shapes of entry.shapes) if (shapes.kind === kind) yield { entry, shapes };
  }
}

/** @param {Int32Array} boxes
 * @param {number} at
 * @param {{u: number, v: number, far: number}} point */
const near = (boxes, at, { u, v, far }) =>
  u >= boxes[at] - far && u <= boxes[at + 2] + far && v >= boxes[at + 1] - far && v <= boxes[at + 3] + far;

/** @param {RingShapes} shapes
 * @param {number} f
 * @param {number} x
 * @param {number} y */
function inFeature({ xy, ring, feature }, f, x, y) {
  let inside = false;
  for (let r = feature[f]; r < feature[f + 1]; r += 1) if (inRing(xy, ring[r], ring[r + 1], x, y)) inside = !inside;
  return inside;
}

/** Squared distance to the nearest part of a line.
 * @param {RingShapes} shapes
 * @param {number} f
 * @param {number} x
 * @param {number} y */
function toLine({ xy, ring, feature }, f, x, y) {
  let best = Infinity;
  for (let r = feature[f]; r < feature[f + 1]; r += 1) {
    for (let i = ring[r] + 1; i < ring[r + 1]; i += 1) {
      const [ax, ay] = [xy[i * 2 - 2], xy[i * 2 - 1]];
      const [dx, dy] = [xy[i * 2] - ax, xy[i * 2 + 1] - ay];
      const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      best = Math.min(best, (ax + along * dx - x) ** 2 + (ay + along * dy - y) ** 2);
    }
  }
  return best;
}
