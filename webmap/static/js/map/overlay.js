// Answers in degrees → shapes of the painter, and shapes of a layer in other classes.

import { decode } from "./shapes.js";

const BAND = 14;
const WORLD = 256 * 2 ** BAND * 4; // quarter pixels
/** @typedef {{type: "Polygon", coordinates: number[][][]} | {type: "MultiPolygon", coordinates: number[][][][]}} Surface */

/** What every overlay has in common.
 * @satisfies {Partial<Drawn>} */
export const BASE = {
  /** @type {Set<number>} */
  hidden: new Set(),
  alpha: 1,
  heat: false,
  ghost: false,
  group: "coverage",
  /** @type {Access} */
  access: "exact",
  /** @type {Api.DrawnStyle} */
  style: { kind: "single", cluster: false, heat: false, labels: null, labels_from_zoom: 0, min_zoom: 0, order: 0 },
};

/** @param {number[]} place */
export function project([lng, lat]) {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [Math.round(((lng + 180) / 360) * WORLD), Math.round((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * WORLD)];
}

/** What is known to be of areas.
 * @param {Api.Geometry} geometry */
export const surface = (geometry) => /** @type {Surface} */ (geometry);

/** GeoJSON polygons [key, geometry, class] as the painter's shapes; as `line` only their edges are there.
 * @param {App} app
 * @param {string} layer
 * @param {[key: string, geometry: Surface, cls: number][]} found
 * @param {"polygon" | "line"} [kind] */
export function polygons(app, layer, found, kind = "polygon") {
  const geom = found.map(([, { type, coordinates }]) => (type === "MultiPolygon" ? coordinates.flat() : coordinates).map(ring));
  return decode(
    {
      layer,
      z: BAND,
      mode: "whole",
      kind,
      count: found.length,
      key: found.map(([key]) => key),
      name: found.map(() => ""),
      cls: found.map(([, , cls]) => cls),
      geom,
    },
    { datum: app.painter.options.datum },
  );
}

/** @param {number[][]} coordinates */
function ring(coordinates) {
  const out = [];
  let [u, v] = [0, 0];
  for (const place of coordinates) {
    const [x, y] = project(place);
    if (out.length && x === u && y === v) continue;
    out.push(x - u, y - v);
    [u, v] = [x, y];
  }
  return out;
}

/** Places as the painter's shapes: {key, name, cls, at: [lng, lat]}, and how large each is where they differ.
 * @param {App} app
 * @param {string} layer
 * @param {{key: string, name: string, cls: number, at: number[], size?: number}[]} found
 * @returns {Shapes} */
export function points(app, layer, found) {
  const made = decode(
    {
      layer,
      z: BAND,
      mode: "whole",
      kind: "point",
      count: found.length,
      key: found.map((one) => one.key),
      name: found.map((one) => one.name),
      cls: found.map((one) => one.cls),
      geom: found.map((one) => project(one.at)),
    },
    { datum: app.painter.options.datum },
  );
  if (made.kind === "point" && found.some((one) => one.size !== undefined)) made.sizes = Float32Array.from(found, (one) => one.size ?? 0);
  return made;
}

/** @type {WeakMap<Shapes, WeakMap<Map<string, number>, Shapes>>} */
const painted = new WeakMap(); // shapes of a layer → the same with classes of an answer

/** The layer's own shapes with the class of each key; `classes` is a Map, what it does not know gets `other`.
 * @param {Shapes} shapes
 * @param {Map<string, number>} classes
 * @param {number} other */
export function recoloured(shapes, classes, other) {
  const all = painted.get(shapes) ?? new WeakMap();
  painted.set(shapes, all);
  const kept = all.get(classes);
  if (kept) return kept;
  const cls = Uint8Array.from(shapes.keys, (key) => classes.get(key) ?? other);
  const made = { ...shapes, cls, cache: new Map() };
  all.set(classes, made);
  return made;
}
