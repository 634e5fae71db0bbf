// Names on the map: the important ones first, none over another, each at the first free place near its point.

import { scaleOf } from "./canvas.js";
import { PRIMARY } from "./inks.js";

const FONT = '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif';
const MOST = 500;
const TOWNSHIP_ZOOM = 10; // names that appear as early as this are those of townships
// A water shorter than this on the screen goes without its name; in the overview only rivers are named.
const WATER_PX = { far: 280, near: 50, from: 12.5 };
const HALO = "rgba(255, 255, 255, 0.92)";
const SAME_NAME_PX = 320; // a river in several parts is named once within this distance
const LOOKS = {
  major: { size: 14, weight: 700, fill: "#17252E", halo: 3.5, spacing: 0 },
  minor: { size: 11, weight: 400, fill: "#2E3E48", halo: 3, spacing: 0 },
  water: { size: 12, weight: 500, fill: "#3F7594", halo: 3, spacing: 4 },
  place: { size: 11, weight: 400, fill: "#5F6E78", halo: 3, spacing: 0 },
};

/** @typedef {{size: number, weight: number, fill: string, halo: number, spacing: number}} Look */
/** @typedef {{text: string, x: number, y: number, below: number, look: Look, layer: string, rank: number, fill: string}} Name */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Edges */
/** @typedef {Edges & {x: number, y: number, cost: number}} Spot where a name stands, and what that costs */

/** Draw the names of all entries; `symbols` are placed points to keep clear of: {px, py, size}, `taken` what others wrote.
 * @param {CanvasRenderingContext2D} context
 * @param {Sight} view
 * @param {{entries: Drawn[], symbols: Pick<Placed, "px" | "py" | "size">[], selected: Selected | null, taken?: Edges[]}} what */
export function drawLabels(context, view, { entries, symbols, selected, taken = [] }) {
  const wanted = entries.flatMap((entry) => namesOf(entry, view, selected));
  wanted.sort((a, b) => a.rank - b.rank);
  const blocks = new Blocks(taken);
  const cells = new Cells(symbols);
  /** @type {Map<string, [number, number][]>} */
  const said = new Map();
  const drawn = [];
  let look = null;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = HALO;
  for (const name of wanted.slice(0, MOST * 3)) {
    if (drawn.length >= MOST) break;
    if (said.get(name.text)?.some(([x, y]) => Math.hypot(x - name.x, y - name.y) < SAME_NAME_PX)) continue;
    if (name.look !== look) wear(context, name.look);
    look = name.look;
    const place = placeFor(context, name, { blocks, cells });
    if (!place) continue;
    blocks.add(place);
    if (name.look === LOOKS.water) said.set(name.text, [...(said.get(name.text) ?? []), [name.x, name.y]]);
    context.strokeText(name.text, place.x, place.y);
    context.fillStyle = name.fill;
    context.fillText(name.text, place.x, place.y);
    drawn.push({ text: name.text, layer: name.layer, ...place });
  }
  return drawn;
}

/** @param {Drawn} entry
 * @param {Sight} view
 * @param {Selected | null} selected */
function namesOf(entry, view, selected) {
  const { style, kind } = entry;
  if (!style.labels || view.zoom < style.labels_from_zoom) return [];
  const look = lookOf(entry);
  const rank = style.labels_from_zoom * 10 + (kind === "point" ? 5 : 0);
  const water = view.zoom < WATER_PX.from ? WATER_PX.far : WATER_PX.near;
  const found = [];
  for (const shapes of entry.shapes) {
    if (shapes.mode === "bins" || (shapes.kind !== "point" && !shapes.labels)) continue;
    const scale = scaleOf(view, shapes.band);
    for (let i = 0; i < shapes.size; i += 1) {
      if (entry.hidden.has(shapes.cls[i])) continue;
      const at = pointOf(shapes, i);
      if (!at || !shapes.names[i] || (look === LOOKS.water && sideOf(shapes, i) * scale < water)) continue;
      const x = at[0] * scale - view.x;
      const y = at[1] * scale - view.y;
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const chosen = selected?.layer === entry.id && selected.key === shapes.keys[i];
      const below = shapes.kind === "point" ? 11 : 0;
      found.push({
        text: shapes.names[i],
        x,
        y,
        below,
        look,
        layer: entry.id,
        rank: chosen ? -1 : rank,
        fill: chosen ? PRIMARY : look.fill,
      });
    }
  }
  return found;
}

/** @param {Drawn} entry */
function lookOf({ group, kind, style }) {
  if (group === "base") return kind === "point" ? LOOKS.place : LOOKS.water;
  return style.labels_from_zoom <= TOWNSHIP_ZOOM ? LOOKS.major : LOOKS.minor;
}

/** The longer side of a shape's box.
 * @param {Shapes} shapes
 * @param {number} i */
function sideOf({ boxes }, i) {
  return boxes ? Math.max(boxes[i * 4 + 2] - boxes[i * 4], boxes[i * 4 + 3] - boxes[i * 4 + 1]) : Infinity;
}

/** @param {Shapes} shapes
 * @param {number} i */
function pointOf(shapes, i) {
  if (shapes.kind === "point") return [shapes.xy[i * 2] + shapes.ox, shapes.xy[i * 2 + 1] + shapes.oy];
  const { labels } = shapes;
  return !labels || labels[i * 2] < 0 ? null : [labels[i * 2], labels[i * 2 + 1]];
}

/** The free place that covers the fewest symbols, or null when every place is taken; the context wears the name's look.
 * @param {CanvasRenderingContext2D} context
 * @param {Name} name
 * @param {{blocks: Blocks, cells: Cells}} taken */
function placeFor(context, name, { blocks, cells }) {
  const { size, spacing } = name.look;
  const width = context.measureText(name.text).width + ("letterSpacing" in context ? 0 : spacing * name.text.length);
  const step = size + 3;
  const shifts = name.below
    ? [
        [0, name.below],
        [0, -name.below - 2],
        [width / 2 + 9, 0],
        [-width / 2 - 9, 0],
      ]
    : around(width * 0.4, step);
  /** @type {Spot | null} */
  let best = null;
  for (const [dx, dy] of shifts) {
    const x = name.x + dx;
    const y = name.y + dy;
    const box = {
      x,
      y,
      left: x - width / 2 - 2,
      right: x + width / 2 + 2,
      top: y - size / 2 - 2,
      bottom: y + size / 2 + 2,
    };
    if (blocks.hits(box)) continue;
    const cost = cells.covered(box) * 10 + Math.hypot(dx, dy) * 0.2;
    if (!best || cost < best.cost) best = { ...box, cost };
    if (cost === 0) break;
  }
  return best;
}

/** Where the name of an area may stand, the nearest to its point first.
 * @param {number} side
 * @param {number} step */
function around(side, step) {
  return [
    [0, 0],
    [0, step],
    [0, -step],
    [side, 0],
    [-side, 0],
    [side, step],
    [-side, step],
    [side, -step],
    [-side, -step],
    [0, step * 1.7],
    [0, -step * 1.7],
  ];
}

/** Measure and write in a look from now on: names come look by look, and a browser reads a font anew each time.
 * @param {CanvasRenderingContext2D} context
 * @param {Look} look */
function wear(context, { size, weight, spacing, halo }) {
  context.font = `${weight} ${size}px ${FONT}`;
  if ("letterSpacing" in context) context.letterSpacing = `${spacing}px`;
  context.lineWidth = halo;
}

/** Boxes already taken. */
export class Blocks {
  /** @param {Edges[]} taken */
  constructor(taken = []) {
    this.boxes = [...taken];
  }

  /** @param {Edges} box */
  add(box) {
    this.boxes.push(box);
  }

  /** @param {Edges} box */
  hits({ left, right, top, bottom }) {
    return this.boxes.some((box) => left < box.right && right > box.left && top < box.bottom && bottom > box.top);
  }
}

const CELL = 32;
const ROW = 4096; // cells, more than stand beside each other on any screen

/** Symbols by cell, weighted by their size, so that a name asks only its surroundings. */
export class Cells {
  /** @type {Map<number, Pick<Placed, "px" | "py" | "size">[]>} */
  cells = new Map();

  /** @param {Pick<Placed, "px" | "py" | "size">[]} symbols */
  constructor(symbols) {
    for (const symbol of symbols) {
      const name = Math.floor(symbol.py / CELL) * ROW + Math.floor(symbol.px / CELL);
      const here = this.cells.get(name);
      if (here) here.push(symbol);
      else this.cells.set(name, [symbol]);
    }
  }

  /** @param {Edges} box */
  covered({ left, right, top, bottom }) {
    let sum = 0;
    for (let x = Math.floor(left / CELL) - 1; x <= right / CELL + 1; x += 1) {
      for (let y = Math.floor(top / CELL) - 1; y <= bottom / CELL + 1; y += 1) {
        const here = this.cells.get(y * ROW + x);
        if (!here) continue;
        for (const { px, py, size } of here) {
          const half = size / 2;
          const wide = Math.min(right, px + half) - Math.max(left, px - half);
          const high = Math.min(bottom, py + half) - Math.max(top, py - half);
          if (wide > 0 && high > 0) sum += (wide * high) / 100;
        }
      }
    }
    return sum;
  }
}
