// Symbols of points: each paint is drawn once as a small picture and copied from then on.

import { PRIMARY, px } from "./inks.js";

const HALO_PX = 1.2;
const LARGER = 1.4; // a cluster beside one of its members, at least
const DIGIT_PX = 6.9;
const SPOT_PX = 15; // the number of points on one spot
const INK = "#17252E";
const FONT = '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif';
// How much of a symbol's side its number may take, and px of air around it.
/** @type {Record<string, [share: number, room: number]>} */
const ROOM = { triangle: [0.68, 9], diamond: [0.9, 9], circle: [1, 6] };
/** @type {Map<string, Path2D>} */
const paths = new Map();
/** @type {Map<string, ReturnType<typeof draw>>} */
const pictures = new Map();
/** The one that was asked for last: the next point of a layer has the same.
 * @type {{paint: Paint, size: number, ratio: number, made: ReturnType<typeof draw>} | null} */
let last = null;

/** Outlines by name, in a unit box with y downwards.
 * @param {Record<string, string>} outlines */
export function setSymbols(outlines) {
  for (const [name, text] of Object.entries(outlines ?? {})) if (!paths.has(name)) paths.set(name, new Path2D(text));
}

/** Side of a paint's symbol in px; that of a cluster holds its count.
 * @param {Paint} paint */
export function symbolSize(paint, count = 1) {
  const size = px(paint.size_mm ?? 2.4);
  if (count <= 1) return size;
  const [share, room] = ROOM[paint.symbol ?? "circle"] ?? ROOM.circle;
  return Math.max(size * LARGER, (countText(count).length * DIGIT_PX) / share + room);
}

/** @param {number} count */
const countText = (count) => (count > 999 ? `${Math.round(count / 100) / 10}k` : String(count));

/** Draw a symbol with its middle at (x, y), in CSS pixels.
 * @param {CanvasRenderingContext2D} context
 * @param {Paint} paint
 * @param {{x: number, y: number, size: number, ratio: number, count?: number, alpha?: number}} how */
export function drawSymbol(context, paint, { x, y, size, ratio, count = 1, alpha = 1 }) {
  const { picture, side } = pictureOf(paint, size, ratio);
  context.globalAlpha = alpha;
  // Whole device pixels keep the edges of small squares sharp.
  const left = Math.round((x - side / 2) * ratio) / ratio;
  const top = Math.round((y - side / 2) * ratio) / ratio;
  context.drawImage(picture, left, top, side, side);
  if (count > 1) number(context, paint, { x, y, size, count });
  context.globalAlpha = 1;
}

/** @param {Paint} paint
 * @param {number} size
 * @param {number} ratio */
function pictureOf(paint, size, ratio) {
  if (last?.paint === paint && last.size === size && last.ratio === ratio) return last.made;
  const name = [paint.symbol, paint.fill, paint.line, paint.line_mm, Math.round(size * 4), ratio].join(" ");
  const made = pictures.get(name) ?? draw(paint, size, ratio);
  pictures.set(name, made);
  last = { paint, size, ratio, made };
  return made;
}

/** @param {Paint} paint
 * @param {number} size
 * @param {number} ratio */
function draw(paint, size, ratio) {
  const edge = px(paint.line_mm ?? 0);
  const side = Math.ceil(size + edge + 2 * HALO_PX + 2);
  const picture = document.createElement("canvas");
  picture.width = Math.ceil(side * ratio);
  picture.height = Math.ceil(side * ratio);
  const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext("2d"));
  context.setTransform(size * ratio, 0, 0, size * ratio, (side * ratio) / 2, (side * ratio) / 2);
  context.lineJoin = "round";
  const path = paths.get(paint.symbol ?? "") ?? paths.get("circle") ?? new Path2D("M-.5-.5h1v1h-1z");
  context.strokeStyle = "#FFFFFF";
  context.lineWidth = (edge + 2 * HALO_PX) / size;
  context.stroke(path);
  if (paint.line && edge) {
    context.strokeStyle = paint.line;
    context.lineWidth = (2 * edge) / size;
    context.stroke(path);
  }
  // White first: what is cut out of a symbol, such as the star of a shield, reads as white on every ground.
  context.fillStyle = "#FFFFFF";
  context.fill(path, "nonzero");
  context.fillStyle = paint.fill ?? paint.line ?? PRIMARY;
  context.fill(path, "evenodd");
  return { picture, side };
}

/** @param {CanvasRenderingContext2D} context
 * @param {Paint} paint
 * @param {{x: number, y: number, size: number, count: number}} how */
function number(context, paint, { x, y, size, count }) {
  context.font = `700 12px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = light(paint.fill) ? INK : "#FFFFFF";
  context.fillText(countText(count), x, y + (paint.symbol === "triangle" ? size * 0.19 : 0.5));
}

/** How many points lie below a symbol, beside its upper right corner.
 * @param {CanvasRenderingContext2D} context
 * @param {Placed} point */
export function drawSpot(context, { px: x, py: y, size, spot = 0 }) {
  const text = countText(spot);
  const half = SPOT_PX / 2;
  const room = (text.length - 1) * DIGIT_PX;
  const [left, middle] = [x + size / 2 + half - 2, y - size / 2 - half + 2];
  context.beginPath();
  context.arc(left, middle, half, Math.PI / 2, (3 * Math.PI) / 2);
  context.arc(left + room, middle, half, -Math.PI / 2, Math.PI / 2);
  context.closePath();
  context.fillStyle = INK;
  context.strokeStyle = "#FFFFFF";
  context.lineWidth = 2;
  context.stroke();
  context.fill();
  context.font = `700 11px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = "#FFFFFF";
  context.fillText(text, left + room / 2, middle + 0.5);
}

/** @param {string | null | undefined} colour */
function light(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt((colour ?? "#FFFFFF").slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b > 150;
}
