// Points on one spot, of whichever layers: a centre, a clinic and a hall in one building. Where the map comes no nearer they are
// moved apart, each on a leader; before that the symbol on top says how many it stands for.

import { LAST_CLUSTER_ZOOM } from "./cluster.js";

const SAME_M_PX = 3; // apart at the next zoom after the last clusters: about as many metres, one building
const HIDDEN_PX = 6; // nearer than this one symbol hides the other
const LEAST_PX = 0.3; // what coordinates are rounded to on the screen
const NUMBERED_FROM = 10; // before that symbols are smaller than a number
const SPREAD_PX = 15;
const ROW = 2 ** 14; // cells beside each other; those of two rows that are one by name only lie too far apart
const AROUND = [-1, 0, 1].flatMap((row) => [-1, 0, 1].map((beside) => row * ROW + beside));
/** @type {number[]} */
const NOBODY = [];

/** @param {Placed} point */
const single = ({ entry, shapes, cluster }) => cluster === null && !entry.silent && !shapes.sizes && entry.group !== "base";

/** Move apart or count what lies on one spot: adds `together`, `from` to those moved, `spot` to the one
 * on top of those that are not.
 * @param {Placed[]} placed of all layers, in drawing order
 * @param {number} zoom */
export function gather(placed, zoom) {
  if (zoom < NUMBERED_FROM) return;
  const metres = SAME_M_PX * 2 ** (zoom - LAST_CLUSTER_ZOOM - 1);
  const last = zoom > LAST_CLUSTER_ZOOM;
  for (const group of spotsOf(placed.filter(single), Math.max(metres, last ? HIDDEN_PX : LEAST_PX))) {
    for (const point of group) point.together = group;
    if (last) spread(group);
    else group[group.length - 1].spot = group.length;
  }
}

/** Points that lie within a distance of each other, one after the other, where there are several; in drawing order.
 * @param {Placed[]} points
 * @param {number} far */
function spotsOf(points, far) {
  /** @type {Map<number, number[]>} */
  const cells = new Map();
  const leads = Int32Array.from(points.keys()); // to another point of its group, the first one to itself
  const first = (/** @type {number} */ i) => {
    while (leads[i] !== i) i = leads[i] = leads[leads[i]];
    return i;
  };
  for (let i = 0; i < points.length; i += 1) {
    const { px, py } = points[i];
    const name = Math.floor(py / far) * ROW + Math.floor(px / far);
    for (const beside of AROUND)
      for (const j of cells.get(name + beside) ?? NOBODY)
        if (Math.hypot(points[j].px - px, points[j].py - py) <= far) {
          const [one, other] = [first(i), first(j)];
          leads[Math.max(one, other)] = Math.min(one, other);
        }
    const here = cells.get(name);
    if (here) here.push(i);
    else cells.set(name, [i]);
  }
  /** @type {Map<number, Placed[]>} */
  const groups = new Map();
  for (const [i, point] of points.entries()) {
    const group = groups.get(first(i));
    if (group) group.push(point);
    else groups.set(first(i), [point]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Put points onto a circle or spiral around the first of them; `from` is where each lies.
 * @param {Placed[]} group */
export function spread(group) {
  const spiral = group.length > 9;
  const ring = Math.max(SPREAD_PX, (group.length * SPREAD_PX) / Math.PI / 1.4);
  const [{ px: x, py: y }] = group;
  let angle = -Math.PI / 2;
  let radius = SPREAD_PX;
  for (const point of group) {
    point.from = { x: point.px, y: point.py };
    const away = spiral ? radius : ring;
    point.px = x + away * Math.cos(angle);
    point.py = y + away * Math.sin(angle);
    angle += spiral ? (SPREAD_PX * 1.1) / radius : (2 * Math.PI) / group.length;
    radius += spiral ? 2.2 : 0;
  }
}
