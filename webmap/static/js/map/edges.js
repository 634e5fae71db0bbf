// Edges that two neighbours share are found once and joined into long lines: drawn twice, dashes would fill each
// other's gaps. Lines between neighbours (inner) and along the outside (outer) are told apart. All of it counts in
// whole numbers in flat arrays: this runs once a page, before a browser has made anything quick.

/** @typedef {{ends: Int32Array, uses: Int32Array, size: number}} Edges edge e runs between the nodes ends[2e] < ends[2e + 1] */

/** {inner, outer}: lists of lines [x0, y0, x1, y1, …] of a layer of polygons.
 * @param {RingShapes} shapes */
export function boundaries(shapes) {
  const { ids, nodes } = vertices(shapes);
  const edges = edgesOf(shapes, ids);
  return { inner: join(edges, nodes, true), outer: join(edges, nodes, false) };
}

/** A number for every place where a vertex stands, and the places in their order.
 * @param {RingShapes} shapes */
function vertices({ xy }) {
  let room = 16;
  while (room < xy.length) room *= 2;
  const known = new Int32Array(room); // a number and one, at or after the place's own slot
  const ids = new Int32Array(xy.length / 2);
  const nodes = new Int32Array(xy.length);
  let size = 0;
  for (let i = 0; i < ids.length; i += 1) {
    const x = xy[i * 2];
    const y = xy[i * 2 + 1];
    const mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & (room - 1);
    while (known[slot] && (nodes[known[slot] * 2 - 2] !== x || nodes[known[slot] * 2 - 1] !== y)) slot = (slot + 1) & (room - 1);
    if (!known[slot]) {
      nodes[size * 2] = x;
      nodes[size * 2 + 1] = y;
      size += 1;
      known[slot] = size;
    }
    ids[i] = known[slot] - 1;
  }
  return { ids, nodes };
}

/** Every edge once, with how often it is used.
 * @param {RingShapes} shapes
 * @param {Int32Array} ids
 * @returns {Edges} */
function edgesOf({ ring }, ids) {
  const ends = new Int32Array(ids.length * 2);
  const uses = new Int32Array(ids.length);
  const first = new Int32Array(ids.length).fill(-1); // edge of a node that is its lower end
  const next = new Int32Array(ids.length);
  let size = 0;
  for (let r = 0; r + 1 < ring.length; r += 1) {
    for (let i = ring[r], j = ring[r + 1] - 1; i < ring[r + 1]; j = i, i += 1) {
      const low = Math.min(ids[i], ids[j]);
      const high = Math.max(ids[i], ids[j]);
      if (low === high) continue;
      let edge = first[low];
      while (edge >= 0 && ends[edge * 2 + 1] !== high) edge = next[edge];
      if (edge < 0) {
        edge = size;
        size += 1;
        ends[edge * 2] = low;
        ends[edge * 2 + 1] = high;
        next[edge] = first[low];
        first[low] = edge;
      }
      uses[edge] += 1;
    }
  }
  return { ends, uses, size };
}

/** Edges that are shared, or are not → lines that run from one meeting point to the next, or round.
 * @param {Edges} edges
 * @param {Int32Array} nodes
 * @param {boolean} shared */
function join({ ends, uses, size }, nodes, shared) {
  // Way w leads from the node ends[w] along edge w >> 1 to its other end, ends[w ^ 1].
  const first = new Int32Array(nodes.length / 2).fill(-1);
  const next = new Int32Array(size * 2);
  const ways = new Int32Array(nodes.length / 2);
  const left = new Uint8Array(size);
  const wanted = (/** @type {number} */ way) => uses[way >> 1] > 1 === shared;
  for (let way = size * 2 - 1; way >= 0; way -= 1) {
    if (!wanted(way)) continue;
    next[way] = first[ends[way]];
    first[ends[way]] = way;
    ways[ends[way]] += 1;
    left[way >> 1] = 1;
  }
  /** @type {number[][]} */
  const lines = [];
  const walk = (/** @type {number} */ start) => {
    const line = [nodes[ends[start] * 2], nodes[ends[start] * 2 + 1]];
    for (let way = start; left[way >> 1]; ) {
      left[way >> 1] = 0;
      const at = ends[way ^ 1];
      line.push(nodes[at * 2], nodes[at * 2 + 1]);
      if (ways[at] !== 2) break;
      way = first[at] === (way ^ 1) ? next[first[at]] : first[at];
    }
    lines.push(line);
  };
  for (let end = 0; end < size * 2; end += 1) {
    if (!wanted(end) || ways[ends[end]] === 2) continue;
    for (let way = first[ends[end]]; way >= 0; way = next[way]) if (left[way >> 1]) walk(way);
  }
  for (let edge = 0; edge < size; edge += 1) if (left[edge]) walk(edge * 2);
  return lines;
}
