// Shapes → one canvas path per class. Paths are written as SVG text and parsed once: that is ten times as quick as one
// call a vertex. A whole class that is mostly in view is kept; otherwise only what is seen is put
// together, which is what keeps a street-level view of a large layer quick.

import { boundaries } from "./edges.js";

const KEEP_SHARE = 0.6; // of the features in view, above which the path of all of them is used
const MAX_BOUNDARY = 60_000; // vertices, above which shared edges are not looked for

/** Path of the rings of one class inside `box`; `closed` for polygons. Null when there is nothing.
 * @param {RingShapes} shapes
 * @param {number} cls
 * @param {number[]} box
 * @returns {Path2D | null} */
export function classPath(shapes, cls, box) {
  const all = everyPath(shapes, cls, box);
  if (all) return all;
  /** @type {string[]} */
  const parts = [];
  for (let f = 0; f < shapes.size; f += 1) {
    if (shapes.cls[f] === cls && !outside(shapes.boxes, f * 4, box)) add(parts, shapes, f);
  }
  return parts.length ? new Path2D(parts.join("")) : null;
}

/** @param {RingShapes} shapes
 * @param {number} cls
 * @param {number[]} box
 * @returns {Path2D | null} */
function everyPath(shapes, cls, box) {
  const name = `class ${cls}`;
  if (shapes.cache.has(name)) return shapes.cache.get(name);
  let [seen, total] = [0, 0];
  for (let f = 0; f < shapes.size; f += 1) {
    if (shapes.cls[f] !== cls) continue;
    total += 1;
    if (!outside(shapes.boxes, f * 4, box)) seen += 1;
  }
  if (total && seen / total < KEEP_SHARE) return null;
  /** @type {Path2D | null} */
  let path = null;
  if (total) {
    /** @type {string[]} */
    const parts = [];
    for (let f = 0; f < shapes.size; f += 1) if (shapes.cls[f] === cls) add(parts, shapes, f);
    path = new Path2D(parts.join(""));
  }
  shapes.cache.set(name, path);
  return path;
}

/** Path of one feature.
 * @param {RingShapes} shapes
 * @param {number} feature */
export function featurePath(shapes, feature) {
  /** @type {string[]} */
  const parts = [];
  add(parts, shapes, feature);
  return new Path2D(parts.join(""));
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
  return new Path2D(lines.map((line) => `M${line.slice(0, 2).join(" ")}L${line.slice(2).join(" ")}`).join(""));
}

/** Steps from vertex to vertex: short numbers are quick to write and to read.
 * @param {string[]} parts
 * @param {RingShapes} shapes
 * @param {number} f */
function add(parts, { xy, ring, feature, kind }, f) {
  const end = kind === "polygon" ? "z" : "";
  for (let r = feature[f]; r < feature[f + 1]; r += 1) {
    const last = ring[r + 1] * 2;
    let i = ring[r] * 2;
    if (i >= last) continue;
    if (i + 2 === last) {
      // Smaller than the grid of the coordinates. A step without numbers would end the path for all that follow.
      parts.push(`M${xy[i]} ${xy[i + 1]}h1v1h-1z`);
      continue;
    }
    let text = `M${xy[i]} ${xy[i + 1]}l`;
    for (i += 2; i < last; i += 2) text += `${xy[i] - xy[i - 2]} ${xy[i + 1] - xy[i - 1]} `;
    parts.push(text + end);
  }
}

/** @param {Int32Array} boxes
 * @param {number} at
 * @param {number[]} box */
export function outside(boxes, at, box) {
  return boxes[at] > box[2] || boxes[at + 2] < box[0] || boxes[at + 1] > box[3] || boxes[at + 3] < box[1];
}
