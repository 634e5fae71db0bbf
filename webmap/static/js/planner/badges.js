// Numbers and names of the first gaps on the map. They stand beside their hulls, clear of each other, of the cards over the
// map and of its edge; names of the map keep clear of them.

import { t } from "../core/i18n.js";
import { scaleOf } from "../map/canvas.js";
import { Blocks, Cells } from "../map/labels.js";
import { byId, el } from "../ui/dom.js";
import * as gaps from "./gaps.js";

const NAME_PX = 12; // in text of the usual size
const FONT = `700 ${NAME_PX}px "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif`;
const DISC_PX = 20;
const SPACE_PX = 4;
const COVERS =
  "#left, #right, #title-card, #legend, #map-tools, .place-card, #sheet, .top .search, .theme-chips, .phone-tools, .planner-hint-card, .proposal";
const OVER_SYMBOLS = 10; // what covering symbols costs against being far away
const FAR = 0.5;
const NAMES_ZOOM = 10.3; // from which there is room for names

/** @typedef {import("../map/labels.js").Edges} Edges */
/** @typedef {{x: number, y: number, width: number, named: boolean, left: boolean}} Spot */

/** @type {App} */
let app;
/** @type {HTMLElement} */
let pane;
/** @type {Shapes | null} */
let hulls = null;
/** @type {Map<number, {node: HTMLElement, name: string}>} by rank */
const nodes = new Map();
/** @type {Map<string, number>} */
const widths = new Map();
const measure = document.createElement("canvas").getContext("2d");

/** @param {App} house */
export function init(house) {
  app = house;
  pane = app.map.createPane("gaps");
  app.painter.written = write;
  app.map.on("zoomstart", () => pane.classList.add("moving"));
  app.state.on(["panels"], () => app.layers.repaint());
  byId("right").addEventListener("transitionend", ({ target }) => target === byId("right") && app.layers.repaint());
}

/** Take the hulls of an answer and what they are called.
 * @param {Shapes | null} shapes
 * @param {Api.GapAnswer[]} found
 * @param {string} unit */
export function take(shapes, found, unit) {
  hulls = shapes;
  const first = found.slice(0, gaps.FIRST);
  for (const [rank, { node }] of nodes) if (rank > first.length) drop(rank, node);
  for (const gap of first) badge(gap, unit);
}

/** @param {number} rank
 * @param {HTMLElement} node */
function drop(rank, node) {
  node.remove();
  nodes.delete(rank);
}

/** @param {Api.GapAnswer} gap
 * @param {string} unit */
function badge(gap, unit) {
  const name = gaps.nameOf(gap);
  const known = nodes.get(gap.rank);
  const node = known?.node ?? made(gap.rank);
  node.querySelector(".gap-name").textContent = name;
  node.setAttribute("aria-label", t("片区 {n}，{words}", { n: gap.rank, words: gaps.said(gap, unit) }));
  nodes.set(gap.rank, { node, name });
}

/** @param {number} rank */
function made(rank) {
  const node = el(
    "button",
    { type: "button", class: "gap-badge", data: { rank: String(rank) }, on: { click: () => gaps.show(rank) } },
    el("span", { class: "gap-number", text: String(rank) }),
    el("span", { class: "gap-name" }),
  );
  gaps.follow(node, rank);
  L.DomEvent.disableClickPropagation(node);
  pane.append(node);
  return node;
}

// ---- where they stand ----

/** Put the badges where there is room; returns what they and the cards over the map cover.
 * @param {Sight} view
 * @param {Placed[]} placed
 * @returns {Edges[]} */
function write(view, placed) {
  pane.classList.remove("moving");
  const blocks = new Blocks(covers(view));
  const cells = new Cells(placed.filter((one) => one.entry.id !== "centres"));
  const frame = frameOf(view);
  const text = Number(getComputedStyle(pane).getPropertyValue("--text")) || 1;
  for (const [rank, one] of nodes) {
    const hull = boxOf(view, rank);
    const spot =
      hull && meets(hull, frame) ? best(spots(hull, view.zoom < NAMES_ZOOM ? 0 : widthOf(one.name, text)), { blocks, cells, frame }) : null;
    one.node.hidden = !spot;
    if (!spot) continue;
    blocks.add(edges(spot));
    one.node.classList.toggle("bare", !spot.named);
    one.node.classList.toggle("name-first", spot.left);
    one.node.style.transform = `translate(${Math.round(view.min.x + spot.x)}px, ${Math.round(view.min.y + spot.y)}px)`;
  }
  return blocks.boxes;
}

/** What lies over the map, in pixels of the view.
 * @param {Sight} view */
function covers(view) {
  const at = origin(view);
  return [...document.querySelectorAll(COVERS)]
    .filter((one) => one.checkVisibility())
    .map((one) => one.getBoundingClientRect())
    .map(({ left, right, top, bottom }) => ({ left: left - at.x, right: right - at.x, top: top - at.y, bottom: bottom - at.y }));
}

/** The visible part of the view.
 * @param {Sight} view
 * @returns {Edges} */
function frameOf(view) {
  const at = origin(view);
  const { left, right, top, bottom } = byId("map-holder").getBoundingClientRect();
  return { left: left - at.x + 2, right: right - at.x - 2, top: top - at.y + 2, bottom: bottom - at.y - 2 };
}

/** Where the view's corner lies in the window.
 * @param {Sight} view */
function origin(view) {
  const { left, top } = app.map.getContainer().getBoundingClientRect();
  const corner = app.map.layerPointToContainerPoint(view.min);
  return { x: left + corner.x, y: top + corner.y };
}

/** @param {Sight} view
 * @param {number} rank
 * @returns {Edges | null} */
function boxOf(view, rank) {
  const i = hulls ? hulls.keys.indexOf(String(rank)) : -1;
  if (!hulls?.boxes || i < 0) return null;
  const scale = scaleOf(view, hulls.band);
  const [west, north, east, south] = hulls.boxes.subarray(i * 4, i * 4 + 4);
  const { ox, oy } = hulls;
  return {
    left: (west + ox) * scale - view.x,
    right: (east + ox) * scale - view.x,
    top: (north + oy) * scale - view.y,
    bottom: (south + oy) * scale - view.y,
  };
}

/** @param {Edges} a
 * @param {Edges} b */
const meets = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

/** @param {string} name
 * @param {number} text how much larger than usual text is */
function widthOf(name, text) {
  if (measure) measure.font = FONT;
  const usual = widths.get(name) ?? measure?.measureText(name).width ?? name.length * NAME_PX;
  widths.set(name, usual);
  return Math.ceil((usual + DISC_PX) * text) + SPACE_PX + 2;
}

/** Places beside a hull, with the name first: the best place with it is better than any without.
 * @param {Edges} hull
 * @param {number} width with the name; 0 where there is none
 * @returns {Spot[][]} */
const spots = (hull, width) => [width ? around(hull, width, true) : [], around(hull, DISC_PX, false)];

/** @param {Edges} hull
 * @param {number} width
 * @param {boolean} named
 * @returns {Spot[]} */
function around({ left, right, top, bottom }, width, named) {
  const [x, y] = [(left + right - width) / 2, (top + bottom - DISC_PX) / 2];
  const [west, east, north, south] = [left - width - 2, right + 2, top - DISC_PX - 1, bottom + 1];
  const rows = [y, top, bottom - DISC_PX, north, south, north - DISC_PX, south + DISC_PX];
  const sides = rows.flatMap((row) => [
    { x: east, y: row, left: false },
    { x: west, y: row, left: true },
  ]);
  const ends = [north, south, north - DISC_PX, south + DISC_PX].flatMap((row) => [
    { x, y: row, left: false },
    { x: left, y: row, left: false },
    { x: right - width, y: row, left: true },
  ]);
  const middle = named ? [] : [{ x, y, left: false }];
  return [...sides, ...ends, ...middle].map((one) => ({ ...one, width, named }));
}

/** @param {Spot} spot
 * @returns {Edges} */
const edges = ({ x, y, width }) => ({ left: x - 1, right: x + width + 1, top: y - 1, bottom: y + DISC_PX + 1 });

/** @param {Spot[][]} groups the first that has room for one
 * @param {{blocks: Blocks, cells: Cells, frame: Edges}} taken
 * @returns {Spot | null} */
function best(groups, { blocks, cells, frame }) {
  for (const group of groups) {
    /** @type {{spot: Spot, cost: number} | null} */
    let found = null;
    group.forEach((spot, i) => {
      const box = edges(spot);
      if (box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom || blocks.hits(box)) return;
      const cost = cells.covered(box) * OVER_SYMBOLS + i * FAR;
      if (!found || cost < found.cost) found = { spot, cost };
    });
    if (found) return /** @type {{spot: Spot}} */ (found).spot;
  }
  return null;
}
