// Paint of the declarations, in millimetres → strokes and patterns on a canvas.

export const PX_PER_MM = 96 / 25.4;
export const LAND = "#FCFBF7";
export const PRIMARY = "#0B6470";

const CORE_SHARE = 0.6; // of a road's width, the rest is its casing
const HATCH_PX = 6;
// Lengths in px; the county is a heavy dash with one dot, the township a finer one with two.
/** @type {Record<NonNullable<Paint["dash"]>, number[]>} */
const DASHES = {
  solid: [],
  dash: [6, 4],
  dot: [1.5, 2.5],
  county: [11, 4, 2.5, 4],
  township: [7, 3, 1.5, 3, 1.5, 3],
};

/** @param {number} mm */
export const px = (mm) => mm * PX_PER_MM;

/** Stroke a path with a paint; `scale` is how many pixels one unit of the context is.
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} path
 * @param {Paint} paint
 * @param {number} scale */
export function stroke(context, path, paint, scale) {
  if (!paint.line || !paint.line_mm) return;
  const dash = DASHES[paint.dash ?? "solid"];
  context.lineJoin = "round";
  if (dash.length > 2) underlay(context, path, paint, scale);
  context.strokeStyle = paint.line;
  context.lineWidth = px(paint.line_mm ?? 0) / scale;
  context.lineCap = "butt";
  context.setLineDash(dash.map((length) => length / scale));
  context.stroke(path);
  context.setLineDash([]);
}

/** Land under a boundary of dashes, or finer lines on the same edge would fill its gaps.
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} path
 * @param {Paint} paint
 * @param {number} scale */
function underlay(context, path, paint, scale) {
  context.strokeStyle = LAND;
  context.lineWidth = (px(paint.line_mm ?? 0) + 0.8) / scale;
  context.stroke(path);
}

/** Casing below, core above; two calls, so that crossings of one class stay open.
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} path
 * @param {Paint} paint
 * @param {number} scale */
export function casing(context, path, paint, scale) {
  context.lineJoin = "round";
  context.lineCap = paint.dash === "solid" || !paint.dash ? "round" : "butt";
  context.setLineDash(DASHES[paint.dash ?? "solid"].map((length) => length / scale));
  context.strokeStyle = paint.line ?? LAND;
  context.lineWidth = px(paint.line_mm ?? 0) / scale;
  context.stroke(path);
  context.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} context
 * @param {Path2D} path
 * @param {Paint} paint
 * @param {number} scale */
export function core(context, path, paint, scale) {
  if (!paint.fill) return;
  context.lineJoin = "round";
  context.lineCap = "round";
  context.strokeStyle = paint.fill;
  context.lineWidth = Math.max(0.4, px(paint.line_mm ?? 0) * CORE_SHARE) / scale;
  context.stroke(path);
}

/** Fill a path with a paint: colour, then hatch. The hatch keeps its size on the screen and moves with the map.
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} path
 * @param {Paint} paint
 * @param {{scale: number, ratio: number}} sizes */
export function fill(context, path, paint, { scale, ratio }) {
  const alpha = context.globalAlpha;
  if (paint.fill) {
    context.globalAlpha = alpha * (paint.fill_opacity ?? 1);
    context.fillStyle = paint.fill;
    context.fill(path);
    context.globalAlpha = alpha;
  }
  if (paint.hatch && paint.hatch !== "none") {
    const pattern = /** @type {CanvasPattern} */ (hatch(context, paint, ratio));
    pattern.setTransform(new DOMMatrix().scaleSelf(1 / (scale * ratio)));
    context.fillStyle = pattern;
    context.fill(path);
  }
}

const tiles = new Map();

/** @param {CanvasRenderingContext2D} context
 * @param {Paint} paint
 * @param {number} ratio */
function hatch(context, paint, ratio) {
  const colour = paint.hatch_line ?? paint.line ?? "#8A97A0";
  const name = `${paint.hatch} ${colour} ${ratio}`;
  if (!tiles.has(name)) tiles.set(name, hatchTile(paint.hatch ?? "none", colour, ratio));
  return context.createPattern(tiles.get(name), "repeat");
}

/** @param {NonNullable<Paint["hatch"]>} kind
 * @param {string} colour
 * @param {number} ratio */
function hatchTile(kind, colour, ratio) {
  const side = Math.round(HATCH_PX * ratio);
  const tile = document.createElement("canvas");
  tile.width = side;
  tile.height = side;
  const draw = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  draw.strokeStyle = colour;
  draw.fillStyle = colour;
  draw.lineWidth = 0.9 * ratio;
  draw.globalAlpha = 0.75;
  draw.beginPath();
  if (kind === "dots") {
    for (const at of [0.25, 0.75]) draw.rect(side * at - ratio * 0.6, side * at - ratio * 0.6, ratio * 1.2, ratio * 1.2);
    draw.fill();
    return tile;
  }
  const lines = { none: [], diagonal: [1], cross: [1, -1], horizontal: [0] }[kind];
  for (const slope of lines) {
    for (const shift of slope === 0 ? [0.5] : [-1, 0, 1]) {
      const from = slope === 0 ? side * shift : side * (slope > 0 ? 1 + shift : shift);
      draw.moveTo(-side * 0.01, from);
      draw.lineTo(side * 1.01, from - slope * side);
    }
  }
  draw.stroke();
  return tile;
}
