// Edges that two neighbours share are found once and joined into long lines: drawn twice, dashes would fill each
// other's gaps. Lines between neighbours (inner) and along the outside (outer) are told apart.

const STEP = 2 ** 22; // more than any coordinate of a layer, so a vertex is one number

/** {inner, outer}: lists of lines [x0, y0, x1, y1, …] of a layer of polygons.
 * @param {RingShapes} shapes */
export function boundaries(shapes) {
  const { ids, nodes } = vertices(shapes);
  const uses = new Map();
  eachEdge(shapes, ids, (a, b) => {
    if (a === b) return;
    const name = a < b ? a * STEP * 4 + b : b * STEP * 4 + a;
    uses.set(name, (uses.get(name) ?? 0) + 1);
  });
  /** @type {number[][]} */
  const [inner, outer] = [[], []];
  for (const [name, times] of uses) (times > 1 ? inner : outer).push(name);
  return { inner: join(inner, nodes), outer: join(outer, nodes) };
}

/** A number for every place where a vertex stands.
 * @param {RingShapes} shapes */
function vertices({ xy }) {
  const known = new Map();
  const ids = new Int32Array(xy.length / 2);
  const nodes = [];
  for (let i = 0; i < ids.length; i += 1) {
    const name = xy[i * 2] * STEP + xy[i * 2 + 1];
    let id = known.get(name);
    if (id === undefined) {
      id = nodes.length / 2;
      known.set(name, id);
      nodes.push(xy[i * 2], xy[i * 2 + 1]);
    }
    ids[i] = id;
  }
  return { ids, nodes };
}

/** @param {RingShapes} shapes
 * @param {Int32Array} ids
 * @param {(a: number, b: number) => void} use */
function eachEdge({ ring }, ids, use) {
  for (let r = 0; r + 1 < ring.length; r += 1) {
    for (let i = ring[r], j = ring[r + 1] - 1; i < ring[r + 1]; j = i, i += 1) use(ids[j], ids[i]);
  }
}

/** Edges → lines that run from one meeting point to the next, or round.
 * @param {number[]} names
 * @param {number[]} nodes */
function join(names, nodes) {
  const next = new Map();
  const link = (/** @type {number} */ a, /** @type {number} */ b) => (next.has(a) ? next.get(a).push(b) : next.set(a, [b]));
  const left = new Set(names);
  for (const name of names) {
    const [a, b] = ends(name);
    link(a, b);
    link(b, a);
  }
  /** @type {number[][]} */
  const lines = [];
  const walk = (/** @type {number} */ from, /** @type {number} */ to) => {
    const line = [nodes[from * 2], nodes[from * 2 + 1]];
    let [last, at] = [from, to];
    while (left.delete(nameOf(last, at))) {
      line.push(nodes[at * 2], nodes[at * 2 + 1]);
      const ways = next.get(at);
      if (ways.length !== 2) break;
      [last, at] = [at, ways[0] === last ? ways[1] : ways[0]];
    }
    if (line.length > 2) lines.push(line);
  };
  for (const [node, ways] of next) if (ways.length !== 2) for (const to of ways) walk(node, to);
  for (const name of names) if (left.has(name)) walk(...ends(name));
  return lines;
}

/** @param {number} name
 * @returns {[number, number]} */
const ends = (name) => [Math.floor(name / (STEP * 4)), name % (STEP * 4)];
/** @param {number} a
 * @param {number} b */
const nameOf = (a, b) => (a < b ? a * STEP * 4 + b : b * STEP * 4 + a);
