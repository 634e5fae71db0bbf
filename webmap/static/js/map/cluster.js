// Many points on little room: clusters that take the worst class of their members and say how many they are.

import { toDegrees, toQuarters } from "./datum.js";

const RADIUS_PX = 34;
export const LAST_CLUSTER_ZOOM = 16;

/** @type {ClusterLibrary | null} */
let Supercluster = null;

/** Fetch the library; only maps with clusters need it. */
export async function prepare() {
  Supercluster ??= /** @type {ClusterLibrary} */ ((await import("../../vendor/supercluster/supercluster.js")).default);
}

export const prepared = () => Supercluster !== null;

/** Clusters and single points of shapes in a box of world quarter pixels: [{x, y, count, cls, index, id}], x and y absolute.
 * @param {PointShapes} shapes
 * @param {Set<number>} hidden
 * @param {{zoom: number, box: number[]}} view */
export function clusters(shapes, hidden, { zoom, box }) {
  const index = indexOf(shapes, hidden);
  const [west, north] = toDegrees(box[0], box[1], shapes.band);
  const [east, south] = toDegrees(box[2], box[3], shapes.band);
  return index.getClusters([west, south, east, north], Math.round(zoom)).map((found) => {
    const [x, y] = toQuarters(found.geometry.coordinates[0], found.geometry.coordinates[1], shapes.band);
    const { cluster_id: id = null, point_count: count = 1, cls, index: at = -1 } = found.properties;
    return { x, y, count, cls, index: at, id };
  });
}

/** The zoom at which a cluster falls apart, and where it lies.
 * @param {PointShapes} shapes
 * @param {Set<number>} hidden
 * @param {number} id */
export function expansion(shapes, hidden, id) {
  return indexOf(shapes, hidden).getClusterExpansionZoom(id);
}

/** Keys of some members of a cluster.
 * @param {PointShapes} shapes
 * @param {Set<number>} hidden
 * @param {number} id */
export function members(shapes, hidden, id, limit = 100) {
  return indexOf(shapes, hidden)
    .getLeaves(id, limit)
    .map((leaf) => shapes.keys[leaf.properties.index]);
}

/** @param {PointShapes} shapes
 * @param {Set<number>} hidden
 * @returns {Clusters} */
function indexOf(shapes, hidden) {
  const name = `clusters ${[...hidden].sort()}`;
  if (!shapes.cache.has(name)) shapes.cache.set(name, build(shapes, hidden));
  return shapes.cache.get(name);
}

/** @param {PointShapes} shapes
 * @param {Set<number>} hidden
 * @returns {Clusters} */
function build(shapes, hidden) {
  if (!Supercluster) throw new Error("clusters before their library");
  /** @type {ClusterMember[]} */
  const points = [];
  for (let i = 0; i < shapes.size; i += 1) {
    if (hidden.has(shapes.cls[i])) continue;
    const coordinates = toDegrees(shapes.xy[i * 2] + shapes.ox, shapes.xy[i * 2 + 1] + shapes.oy, shapes.band);
    points.push({
      type: "Feature",
      geometry: { type: "Point", coordinates },
      properties: { index: i, cls: shapes.cls[i] },
    });
  }
  return new Supercluster({
    radius: RADIUS_PX,
    extent: 256,
    maxZoom: LAST_CLUSTER_ZOOM,
    map: ({ cls }) => ({ cls }),
    // Classes stand in the order of their severity: the lowest number is the worst.
    reduce: (sum, { cls }) => {
      sum.cls = Math.min(sum.cls, cls);
    },
  }).load(points);
}
