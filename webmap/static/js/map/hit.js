// What lies under a point of the screen: symbols first, then lines, then the smallest polygon.

import { scaleOf } from "./canvas.js";
import { inRing } from "./shapes.js";

const NEAR_PX = { mouse: 4, touch: 14 };
const GROUND = 10; // layers drawn below this order are ground: they answer only when nothing else does

/**
 * The topmost thing at (x, y) in CSS pixels of the view, or null:
 * {kind, entry, shapes, index} and, for symbols, the placed point.
 * @param {Sight} view
 * @param {{entries: Drawn[], placed: Placed[]}} drawn
 * @param {{x: number, y: number, touch?: boolean}} point
 * @returns {Found | null}
 */
export function hit(view, { entries, placed }, { x, y, touch = false }) {
  const reach = touch ? NEAR_PX.touch : NEAR_PX.mouse;
  return hitSymbol(placed, { x, y, reach }) ?? hitLine(view, entries, { x, y, reach }) ?? hitPolygon(view, entries, { x, y });
}

/** @param {Placed[]} placed
 * @param {{x: number, y: number, reach: number}} point
 * @returns {Found | null} */
function hitSymbol(placed, { x, y, reach }) {
  /** @type {(Placed & {kind: "point", away: number}) | null} */
  let best = null;
  for (let i = placed.length - 1; i >= 0; i -= 1) {
    const point = placed[i];
    const away = Math.max(Math.abs(point.px - x), Math.abs(point.py - y));
    const inside = away <= point.size / 2;
    if (away > point.size / 2 + reach) continue;
    if (inside) return { kind: "point", ...point };
    if (!best || away < best.away) best = { kind: "point", ...point, away };
  }
  return best;
}

/** @param {Sight} view
 * @param {Drawn[]} entries
 * @param {{x: number, y: number, reach: number}} point
 * @returns {Found | null} */
function hitLine(view, entries, { x, y, reach }) {
  /** @type {(Part<RingShapes> & {kind: "line", away: number}) | null} */
  let best = null;
  for (const { entry, shapes } of each(entries, "line")) {
    const scale = scaleOf(view, shapes.band);
    const [u, v, far] = [(x + view.x) / scale - shapes.ox, (y + view.y) / scale - shapes.oy, reach / scale];
    for (let f = 0; f < shapes.size; f += 1) {
      if (entry.hidden.has(shapes.cls[f]) || !near(shapes.boxes, f * 4, { u, v, far })) continue;
      const away = toLine(shapes, f, u, v);
      if (away <= far * far && (!best || away * scale * scale < best.away))
        best = { kind: "line", entry, shapes, index: f, away: away * scale * scale };
    }
  }
  return best;
}

/** @param {Sight} view
 * @param {Drawn[]} entries
 * @param {{x: number, y: number}} point
 * @returns {Found | null} */
function hitPolygon(view, entries, { x, y }) {
  /** @type {(Part<RingShapes> & {kind: "polygon", area: number, ground: boolean}) | null} */
  let best = null;
  for (const { entry, shapes } of each(entries, "polygon")) {
    const scale = scaleOf(view, shapes.band);
    const [u, v] = [(x + view.x) / scale - shapes.ox, (y + view.y) / scale - shapes.oy];
    for (let f = 0; f < shapes.size; f += 1) {
      if (entry.hidden.has(shapes.cls[f]) || !near(shapes.boxes, f * 4, { u, v, far: 0 })) continue;
      if (!inFeature(shapes, f, u, v)) continue;
      const { boxes } = shapes;
      const area = (boxes[f * 4 + 2] - boxes[f * 4]) * (boxes[f * 4 + 3] - boxes[f * 4 + 1]) * scale * scale;
      const ground = entry.order < GROUND;
      if (!best || (best.ground && !ground) || (best.ground === ground && area < best.area))
        best = { kind: "polygon", entry, shapes, index: f, area, ground };
    }
  }
  return best;
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
