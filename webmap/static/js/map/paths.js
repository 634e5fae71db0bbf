// Shapes → one canvas path per class, put together from short ones: a browser measures the whole of a path whenever a ring
// of it is closed. A whole class that is mostly in view is kept; otherwise only what is seen is put together, which is what
// keeps a street-level view of a large layer quick.

import { boundaries } from "./edges.js";

const SHORT = 250; // vertices of a path, above which the next rings get another one
const KEEP_SHARE = 0.6; // of the features in view, above which the path of all of them is used
const MAX_BOUNDARY = 60_000; // vertices, above which shared edges are not looked for

/** Path of the rings of one class inside `box`; closed for polygons. Null when there is nothing.
 * @param {RingShapes} shapes
 * @param {number} cls
 * @param {number[]} box
 * @returns {Path2D | null} */
export function classPath(shapes, cls, box) {
  const name = `class ${cls}`;
  if (shapes.cache.has(name)) return shapes.cache.get(name);
  const all = [];
  const seen = [];
  for (let f = 0; f < shapes.size; f += 1) {
    if (shapes.cls[f] !== cls) continue;
    all.push(f);
    if (!outside(shapes.boxes, f * 4, box)) seen.push(f);
  }
  const keep = seen.length >= all.length * KEEP_SHARE;
  const path = seen.length ? pathOf(shapes, keep ? all : seen) : null;
  if (keep) shapes.cache.set(name, path);
  return path;
}

/** Path of one feature.
 * @param {RingShapes} shapes
 * @param {number} feature */
export function featurePath(shapes, feature) {
  return pathOf(shapes, [feature]);
}

/** Boundaries drawn once each, joined into long lines so that dashes run on: {inner, outer} paths, or null.
 * @param {RingShapes} shapes
 * @returns {{inner: Path2D, outer: Path2D} | null} */
export function boundaryPaths(shapes) {
  if (shapes.kind !== "polygon" || shapes.mode !== "whole" || shapes.xy.length / 2 > MAX_BOUNDARY) return null;
  if (!shapes.cache.has("boundaries")) {
    const { inner, outer } = boundaries(shapes);
    shapes.cache.set("boundaries", { inner: linesPath(inner), outer: linesPath(outer) });
  }
  return shapes.cache.get("boundaries");
}

/** @param {number[][]} lines */
function linesPath(lines) {
  const path = new Path2D();
  for (const line of lines) {
    path.moveTo(line[0], line[1]);
    for (let i = 2; i < line.length; i += 2) path.lineTo(line[i], line[i + 1]);
  }
  return path;
}

/** @param {RingShapes} shapes
 * @param {number[]} features */
function pathOf(shapes, features) {
  const { ring, feature } = shapes;
  const whole = new Path2D();
  let part = new Path2D();
  let size = 0;
  for (let at = 0; at < features.length; at += 1) {
    const f = features[at];
    for (let r = feature[f]; r < feature[f + 1]; r += 1) {
      add(part, shapes, r);
      size += ring[r + 1] - ring[r];
      if (size < SHORT) continue;
      whole.addPath(part);
      part = new Path2D();
      size = 0;
    }
  }
  whole.addPath(part);
  return whole;
}

/** @param {Path2D} path
 * @param {RingShapes} shapes
 * @param {number} r */
function add(path, { xy, ring, kind }, r) {
  const last = ring[r + 1] * 2;
  let i = ring[r] * 2;
  if (i >= last) return;
  if (i + 2 === last) return path.rect(xy[i], xy[i + 1], 1, 1); // smaller than the grid of the coordinates
  path.moveTo(xy[i], xy[i + 1]);
  for (i += 2; i < last; i += 2) path.lineTo(xy[i], xy[i + 1]);
  if (kind === "polygon") path.closePath();
}

/** @param {Int32Array} boxes
 * @param {number} at
 * @param {number[]} box */
export function outside(boxes, at, box) {
  return boxes[at] > box[2] || boxes[at + 2] < box[0] || boxes[at + 1] > box[3] || boxes[at + 3] < box[1];
}
