// Shapes → one canvas path per class. A whole class that is mostly in view is kept; otherwise only what is seen is put
// together, which is what keeps a street-level view of a large layer quick.

import { boundaries } from "./edges.js";

const KEEP_SHARE = 0.6; // of the features in view, above which the path of all of them is used
const MAX_BOUNDARY = 60_000; // vertices, above which shared edges are not looked for

/** Path of the rings of one class inside `box`; `closed` for polygons. Null when there is nothing. */
export function classPath(shapes, cls, box) {
  const all = everyPath(shapes, cls, box);
  if (all) return all;
  const path = new Path2D();
  let any = false;
  for (let f = 0; f < shapes.size; f += 1) {
    if (shapes.cls[f] !== cls || outside(shapes.boxes, f * 4, box)) continue;
    add(path, shapes, f);
    any = true;
  }
  return any ? path : null;
}

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
  let path = null;
  if (total) {
    path = new Path2D();
    for (let f = 0; f < shapes.size; f += 1) if (shapes.cls[f] === cls) add(path, shapes, f);
  }
  shapes.cache.set(name, path);
  return path;
}

/** Path of one feature. */
export function featurePath(shapes, feature) {
  const path = new Path2D();
  add(path, shapes, feature);
  return path;
}

/** Boundaries drawn once each, joined into long lines so that dashes run on: {inner, outer} paths, or null. */
export function boundaryPaths(shapes) {
  if (shapes.kind !== "polygon" || shapes.mode !== "whole" || shapes.xy.length / 2 > MAX_BOUNDARY) return null;
  if (!shapes.cache.has("boundaries")) {
    const { inner, outer } = boundaries(shapes);
    shapes.cache.set("boundaries", { inner: linesPath(inner), outer: linesPath(outer) });
  }
  return shapes.cache.get("boundaries");
}

function linesPath(lines) {
  const path = new Path2D();
  for (const line of lines) {
    path.moveTo(line[0], line[1]);
    for (let i = 2; i < line.length; i += 2) path.lineTo(line[i], line[i + 1]);
  }
  return path;
}

function add(path, { xy, ring, feature, kind }, f) {
  for (let r = feature[f]; r < feature[f + 1]; r += 1) {
    const end = ring[r + 1] * 2;
    let i = ring[r] * 2;
    if (i >= end) continue;
    path.moveTo(xy[i], xy[i + 1]);
    for (i += 2; i < end; i += 2) path.lineTo(xy[i], xy[i + 1]);
    if (kind === "polygon") path.closePath();
  }
}

export function outside(boxes, at, box) {
  return boxes[at] > box[2] || boxes[at + 2] < box[0] || boxes[at + 1] > box[3] || boxes[at + 3] < box[1];
}
