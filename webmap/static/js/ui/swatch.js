// The small picture of a class in tree and legend, from the same paint that the map uses.

import { svg } from "./dom.js";

const W = 22;
const H = 16;
const PX_PER_MM = 96 / 25.4;
/** @type {Record<string, string>} */
const DASHES = { dash: "4 3", dot: "1 3", county: "7 2 1.5 2", township: "5 2 1 2 1 2" };

/** paint of a legend row; geometry of its layer; symbols: name → path in a unit box.
 * @param {Paint} paint
 * @param {string} geometry
 * @param {Record<string, string>} [symbols] */
export function swatch(paint, geometry, symbols = {}) {
  const box = svg("svg", { class: "swatch", viewBox: `0 0 ${W} ${H}`, "aria-hidden": "true" });
  if (!paint) return box;
  if (paint.symbol && geometry !== "polygon") box.append(symbol(paint, symbols));
  else if (geometry === "line" || (!paint.fill && (paint.hatch ?? "none") === "none")) box.append(...line(paint));
  else box.append(...area(paint));
  return box;
}

/** @param {Paint} paint
 * @param {Record<string, string>} symbols */
function symbol(paint, symbols) {
  const size = Math.min(15, Math.max(8, (paint.size_mm ?? 2.4) * PX_PER_MM * 1.15));
  return svg("path", {
    d: symbols[paint.symbol ?? ""] ?? "M-.5-.5h1v1h-1z",
    transform: `translate(${W / 2} ${H / 2}) scale(${size})`,
    fill: paint.fill ?? "#FFFFFF",
    "fill-rule": "evenodd",
    stroke: paint.line ?? null,
    "stroke-width": paint.line ? Math.max(1, (paint.line_mm ?? 0) * PX_PER_MM) / size : null,
  });
}

/** @param {Paint} paint */
function line(paint) {
  const width = Math.max(1.5, Math.min(4, (paint.line_mm ?? 0) * PX_PER_MM));
  const common = { x1: 0, x2: W, y1: H / 2, y2: H / 2 };
  const stroke = svg("line", {
    ...common,
    stroke: paint.line ?? paint.fill,
    "stroke-width": width,
    "stroke-dasharray": DASHES[paint.dash ?? ""] ?? null,
  });
  if (!paint.fill || !paint.line) return [stroke];
  stroke.setAttribute("stroke-width", String(width + 1.5));
  return [stroke, svg("line", { ...common, stroke: paint.fill, "stroke-width": width })];
}

/** @param {Paint} paint */
function area(paint) {
  const box = { x: 1, y: 1.5, width: W - 2, height: H - 3, rx: 2 };
  const edge = paint.line ?? paint.hatch_line ?? "#C3CDD1";
  /** @type {SVGElement[]} */
  const parts = [svg("rect", { ...box, fill: paint.fill ?? "#FFFFFF", "fill-opacity": paint.fill_opacity ?? 1 })];
  if (paint.hatch && paint.hatch !== "none") parts.push(hatch(paint.hatch, paint.hatch_line ?? edge));
  parts.push(
    svg("rect", {
      ...box,
      fill: "none",
      stroke: edge,
      "stroke-width": 1,
      "stroke-dasharray": DASHES[paint.dash ?? ""] ?? null,
    }),
  );
  return parts;
}

/** Strokes cut to the box by hand: a pattern would need an id that is unique on the page.
 * @param {string} kind
 * @param {string} colour */
function hatch(kind, colour) {
  const [left, top, right, bottom] = [1.5, 2, W - 1.5, H - 2];
  const group = svg("g", { stroke: colour, "stroke-width": 1, "stroke-linecap": "butt" });
  const slanted = (/** @type {number} */ direction) => {
    for (let at = left - (bottom - top); at < right; at += 4.5) {
      const x1 = Math.max(left, at);
      const x2 = Math.min(right, at + (bottom - top));
      const y = (/** @type {number} */ x) => (direction > 0 ? bottom - (x - at) : top + (x - at));
      if (x2 > x1) group.append(svg("line", { x1, y1: y(x1), x2, y2: y(x2) }));
    }
  };
  if (kind === "diagonal" || kind === "cross") slanted(1);
  if (kind === "cross") slanted(-1);
  if (kind === "horizontal") for (let y = top + 2; y < bottom; y += 3.5) group.append(svg("line", { x1: left, x2: right, y1: y, y2: y }));
  if (kind === "dots") {
    for (let x = left + 2; x < right; x += 4) {
      for (let y = top + 2; y < bottom; y += 4) group.append(svg("circle", { cx: x, cy: y, r: 0.8, fill: colour, stroke: "none" }));
    }
  }
  return group;
}
