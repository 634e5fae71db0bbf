// Where the symbols of a point layer come to lie on the screen: one by one, or gathered into clusters.

import { hollow } from "../core/hollow.js";
import { boxOf, scaleOf } from "./canvas.js";
import { clusters, prepared } from "./cluster.js";
import { symbolSize } from "./symbols.js";

const ROOMY_PX = 34; // between neighbours, from which symbols have their full size
const SMALLEST = 0.5;
// Symbols that say an amount by their size have it at this zoom, and grow slowly with the map.
const SIZED_ZOOM = 10.7;
const GROWTH = { a_zoom: 1.45, least: 0.5, most: 1.8 };

/** How much larger than said symbols with a size of their own are drawn.
 * @param {number} zoom */
export const grown = (zoom) => Math.max(GROWTH.least, Math.min(GROWTH.most, GROWTH.a_zoom ** (zoom - SIZED_ZOOM)));

/**
 * Placed points of an entry in drawing order: {entry, shapes, index, cls, count, cluster, paint, px, py, size}, in CSS
 * pixels of the view. `cluster` is the id of a cluster, null for a single point.
 * @param {Drawn} entry
 * @param {Sight} view
 */
export function place(entry, view) {
  /** @type {Placed[]} */
  const placed = [];
  const gather = entry.style.cluster && prepared();
  for (const shapes of entry.shapes) {
    if (shapes.kind === "point") (gather ? clustered : single)(placed, entry, { shapes, view });
  }
  if (gather) placed.sort((a, b) => b.cls - a.cls); // the worst on top
  return placed;
}

/** @param {Placed[]} placed
 * @param {Drawn} entry
 * @param {{shapes: PointShapes, view: Sight}} here */
function single(placed, entry, { shapes, view }) {
  const scale = scaleOf(view, shapes.band);
  const { sizes } = shapes;
  const shrink = sizes ? grown(view.zoom) : Math.max(SMALLEST, Math.min(1, (spacing(shapes) * scale) / ROOMY_PX));
  for (let index = 0; index < shapes.size; index += 1) {
    const x = (shapes.xy[index * 2] + shapes.ox) * scale;
    const y = (shapes.xy[index * 2 + 1] + shapes.oy) * scale;
    put(placed, view, { entry, shapes, index, cls: shapes.cls[index], count: 1, cluster: null, shrink, own: sizes?.[index], x, y });
  }
}

/** @param {Placed[]} placed
 * @param {Drawn} entry
 * @param {{shapes: PointShapes, view: Sight}} here */
function clustered(placed, entry, { shapes, view }) {
  const scale = scaleOf(view, shapes.band);
  const [west, top, east, bottom] = boxOf(view, { ox: 0, oy: 0, band: shapes.band });
  for (const { x, y, count, cls, index, id } of clusters(shapes, entry.hidden, {
    zoom: view.zoom,
    box: [west, top, east, bottom],
  })) {
    put(placed, view, { entry, shapes, index, cls, count, cluster: id, shrink: 1, x: x * scale, y: y * scale });
  }
}

/** How far apart the points of a layer lie on average, in its own units.
 * @param {PointShapes} shapes
 * @returns {number} */
function spacing(shapes) {
  if (!shapes.cache.has("spacing")) {
    let [east, south] = [0, 0];
    for (let i = 0; i < shapes.xy.length; i += 2) {
      east = Math.max(east, shapes.xy[i]);
      south = Math.max(south, shapes.xy[i + 1]);
    }
    shapes.cache.set("spacing", shapes.size > 20 ? Math.sqrt((east * south) / shapes.size) : Infinity);
  }
  return shapes.cache.get("spacing");
}

/** @param {Placed[]} placed
 * @param {Sight} view
 * @param {Omit<Placed, "paint" | "px" | "py" | "size"> & {shrink: number, own?: number, x: number, y: number}} point */
function put(placed, view, { entry, shapes, index, cls, count, cluster, shrink, own, x, y }) {
  const full = entry.classes[cls]?.paint;
  if (!full?.symbol || entry.hidden.has(cls)) return;
  const paint = count === 1 && shapes.outside.has(index) ? hollow(full) : full;
  const px = x - view.x;
  const py = y - view.y;
  const size = (own ?? symbolSize(paint, count)) * shrink;
  if (px < -size || py < -size || px > view.width + size || py > view.height + size) return;
  placed.push({ entry, shapes, index, cls, count, cluster, paint, px, py, size });
}
