// Answers in degrees → shapes of the painter, and shapes of a layer in other classes.

import { decode } from "./shapes.js";

const BAND = 14;
const WORLD = 256 * 2 ** BAND * 4; // quarter pixels
/** What every overlay has in common. */
export const BASE = {
  hidden: new Set(),
  alpha: 1,
  heat: false,
  ghost: false,
  group: "coverage",
  access: "exact",
  style: {},
};

export function project([lng, lat]) {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [Math.round(((lng + 180) / 360) * WORLD), Math.round((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * WORLD)];
}

/** GeoJSON polygons [key, geometry, class] as the painter's shapes. */
export function polygons(app, layer, found) {
  const geom = found.map(([, { type, coordinates }]) => (type === "MultiPolygon" ? coordinates.flat() : coordinates).map(ring));
  return decode(
    {
      layer,
      z: BAND,
      mode: "whole",
      kind: "polygon",
      count: found.length,
      key: found.map(([key]) => key),
      name: found.map(() => ""),
      cls: found.map(([, , cls]) => cls),
      geom,
    },
    { datum: app.painter.options.datum },
  );
}

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

/** Places as the painter's shapes: {key, name, cls, at: [lng, lat]}. */
export function points(app, layer, found) {
  return decode(
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
}

const painted = new WeakMap(); // shapes of a layer → the same with classes of an answer

/** The layer's own shapes with the class of each key; `classes` is a Map, what it does not know gets `other`. */
export function recoloured(shapes, classes, other) {
  const kept = painted.get(shapes);
  if (kept?.of === classes) return kept;
  const cls = Uint8Array.from(shapes.keys, (key) => classes.get(key) ?? other);
  const made = { ...shapes, cls, cache: new Map(), of: classes };
  painted.set(shapes, made);
  return made;
}
