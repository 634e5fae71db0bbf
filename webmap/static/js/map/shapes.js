// Screen shapes as typed arrays: flat, small, quick to walk. Coordinates are quarter pixels of the band, counted from the
// corner of the layer (ox, oy), so they stay exact in the single precision of a canvas path.

import { gcjShift } from "./datum.js";

/** An answer of /shapes → typed arrays. `datum` is the system of the picture below.
 * @param {ShapesAnswer} answer
 * @param {{datum?: string, tile?: Tile | null}} [how]
 * @returns {Shapes} */
export function decode(answer, { datum = "wgs84", tile = null } = {}) {
  const size = answer.geom.length;
  const labels = answer.label ? labelArray(answer.label, size) : null;
  const common = {
    mode: answer.mode,
    band: answer.z,
    count: answer.count,
    size,
    tile,
    keys: answer.key,
    names: answer.name,
    cls: new Uint8Array(answer.cls),
    outside: new Set(answer.outside ?? []),
    n: answer.n ? new Int32Array(answer.n) : null,
    period: answer.period ?? null,
    labels,
    cache: new Map(),
  };
  const shift = datum === "gcj02" ? (/** @type {number} */ x, /** @type {number} */ y) => gcjShift(x, y, answer.z) : null;
  if (answer.kind === "point") {
    const xy = pointArray(/** @type {(number[] | number[][])[]} */ (answer.geom));
    return { ...common, kind: "point", xy, ring: null, feature: null, ...toCorner(xy, labels, shift), boxes: null };
  }
  const rings = ringArrays(/** @type {number[][][]} */ (answer.geom), answer.kind === "polygon");
  return { ...common, kind: answer.kind, ...rings, ...toCorner(rings.xy, labels, shift), boxes: boxes(rings, size) };
}

/** @param {(number[] | number[][])[]} geom points, or lists of which the first one counts */
function pointArray(geom) {
  const xy = new Int32Array(geom.length * 2);
  geom.forEach((point, i) => {
    const [x, y] = Array.isArray(point[0]) ? point[0] : /** @type {number[]} */ (point);
    xy[i * 2] = x;
    xy[i * 2 + 1] = y;
  });
  return xy;
}

/** `ring[r]…ring[r+1]` are the vertices of ring r, `feature[f]…feature[f+1]` the rings of feature f.
 * @param {number[][][]} geom
 * @param {boolean} polygon */
function ringArrays(geom, polygon) {
  const feature = new Int32Array(geom.length + 1);
  for (let f = 0; f < geom.length; f += 1) feature[f + 1] = feature[f] + geom[f].length;
  const ring = new Int32Array(feature[geom.length] + 1);
  for (let f = 0, r = 0; f < geom.length; f += 1)
    for (let p = 0; p < geom[f].length; p += 1, r += 1) ring[r + 1] = ring[r] + geom[f][p].length / 2;
  const xy = new Int32Array(ring[ring.length - 1] * 2);
  for (let f = 0; f < geom.length; f += 1) {
    for (let p = 0; p < geom[f].length; p += 1) walk(xy, ring[feature[f] + p] * 2, geom[f][p]);
    if (polygon) orient(xy, ring, feature[f], feature[f + 1]);
  }
  return { xy, ring, feature };
}

/** Steps → the places that they lead to.
 * @param {Int32Array} xy
 * @param {number} at
 * @param {number[]} steps */
function walk(xy, at, steps) {
  let x = 0;
  let y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    xy[at + i] = x;
    xy[at + i + 1] = y;
  }
}

/** Outer rings one way, holes the other, so that many features fill as one path without cancelling each other.
 * @param {Int32Array} xy
 * @param {Int32Array} ring
 * @param {number} first
 * @param {number} end */
function orient(xy, ring, first, end) {
  for (let r = first; r < end; r += 1) {
    let depth = 0;
    for (let other = first; other < end && end - first < 64; other += 1) {
      if (other !== r && inRing(xy, ring[other], ring[other + 1], xy[ring[r] * 2] + 0.3, xy[ring[r] * 2 + 1] + 0.2)) depth += 1;
    }
    const area = area2(xy, ring[r], ring[r + 1]);
    if (depth % 2 === 0 ? area < 0 : area > 0) reverse(xy, ring[r], ring[r + 1]);
  }
}

/** Twice the signed area, counted from the first vertex: small numbers are quick to multiply.
 * @param {Int32Array} xy
 * @param {number} start
 * @param {number} end */
function area2(xy, start, end) {
  let sum = 0;
  let x = 0;
  let y = 0;
  for (let i = start + 1; i < end; i += 1) {
    const nextX = xy[i * 2] - xy[start * 2];
    const nextY = xy[i * 2 + 1] - xy[start * 2 + 1];
    sum += x * nextY - nextX * y;
    x = nextX;
    y = nextY;
  }
  return sum;
}

/** What the rings of a feature enclose, holes left out, in square units of its band.
 * @param {RingShapes} shapes
 * @param {number} f */
export function ringsArea({ xy, ring, feature }, f) {
  let sum = 0;
  for (let r = feature[f]; r < feature[f + 1]; r += 1) sum += area2(xy, ring[r], ring[r + 1]);
  return Math.abs(sum) / 2;
}

/** @param {Int32Array} xy
 * @param {number} start
 * @param {number} end */
function reverse(xy, start, end) {
  for (let i = start, j = end - 1; i < j; i += 1, j -= 1) {
    const x = xy[i * 2];
    const y = xy[i * 2 + 1];
    xy[i * 2] = xy[j * 2];
    xy[i * 2 + 1] = xy[j * 2 + 1];
    xy[j * 2] = x;
    xy[j * 2 + 1] = y;
  }
}

/** Whether (x, y) lies in the ring of vertices start…end.
 * @param {Int32Array} xy
 * @param {number} start
 * @param {number} end
 * @param {number} x
 * @param {number} y */
export function inRing(xy, start, end, x, y) {
  let inside = false;
  for (let i = start, j = end - 1; i < end; j = i, i += 1) {
    const yi = xy[i * 2 + 1];
    const yj = xy[j * 2 + 1];
    if (yi > y !== yj > y && x < ((xy[j * 2] - xy[i * 2]) * (y - yi)) / (yj - yi) + xy[i * 2]) inside = !inside;
  }
  return inside;
}

/** @param {(number[] | null)[]} labels
 * @param {number} size */
function labelArray(labels, size) {
  const array = new Int32Array(size * 2).fill(-1);
  labels.forEach((place, i) => {
    if (place) array.set(place, i * 2);
  });
  return array;
}

/** Count coordinates from the corner of the layer, and say where that is.
 * @param {Int32Array} xy
 * @param {Int32Array | null} labels
 * @param {((x: number, y: number) => number[]) | null} shift */
function toCorner(xy, labels, shift) {
  if (shift) moveAll(xy, shift);
  if (shift && labels) moveAll(labels, shift);
  let ox = xy[0] ?? 0;
  let oy = xy[1] ?? 0;
  for (let i = 0; i < xy.length; i += 2) {
    if (xy[i] < ox) ox = xy[i];
    if (xy[i + 1] < oy) oy = xy[i + 1];
  }
  for (let i = 0; i < xy.length; i += 2) {
    xy[i] -= ox;
    xy[i + 1] -= oy;
  }
  return { ox, oy };
}

/** @param {Int32Array} xy
 * @param {(x: number, y: number) => number[]} shift */
function moveAll(xy, shift) {
  for (let i = 0; i < xy.length; i += 2) {
    if (xy[i] < 0) continue;
    const [dx, dy] = shift(xy[i], xy[i + 1]);
    xy[i] += Math.round(dx);
    xy[i + 1] += Math.round(dy);
  }
}

/** [west, top, east, bottom] of every feature.
 * @param {ReturnType<typeof ringArrays>} rings
 * @param {number} size */
function boxes({ xy, ring, feature }, size) {
  const all = new Int32Array(size * 4);
  for (let f = 0; f < size; f += 1) {
    let west = 2 ** 31 - 1;
    let top = west;
    let east = -(2 ** 31);
    let bottom = east;
    for (let i = ring[feature[f]]; i < ring[feature[f + 1]]; i += 1) {
      const x = xy[i * 2];
      const y = xy[i * 2 + 1];
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    all[f * 4] = west;
    all[f * 4 + 1] = top;
    all[f * 4 + 2] = east;
    all[f * 4 + 3] = bottom;
  }
  return all;
}
