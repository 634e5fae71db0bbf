// Density of points as a soft picture: stamps are added up at half size, then coloured by the ramp of rates.

const HALF = 0.5;
/** Colours from low to high density. */
export const RAMP = ["#FFF7DB", "#FDC06E", "#E98933", "#C45A16", "#933408"];
const STRONGEST = 0.82; // of the cover at the highest density, so boundaries stay readable

/** @type {HTMLCanvasElement | null} */
let stamp = null;
/** @type {Uint8ClampedArray | null} */
let colours = null;

/** Draw the density of points [[x, y]…] in CSS pixels; `radius` in CSS pixels.
 * @param {CanvasRenderingContext2D} context
 * @param {number[][]} points
 * @param {{width: number, height: number, radius: number, alpha?: number}} how */
export function drawHeat(context, points, { width, height, radius, alpha = 1 }) {
  if (!points.length) return;
  const sheet = document.createElement("canvas");
  sheet.width = Math.ceil(width * HALF);
  sheet.height = Math.ceil(height * HALF);
  const draw = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d", { willReadFrequently: true }));
  const side = radius * HALF;
  const one = stampOf(side);
  draw.globalAlpha = strength(points.length);
  for (const [x, y] of points) draw.drawImage(one, x * HALF - side, y * HALF - side);
  colour(draw, sheet.width, sheet.height);
  context.globalAlpha = alpha;
  context.drawImage(sheet, 0, 0, sheet.width / HALF, sheet.height / HALF);
  context.globalAlpha = 1;
}

/** The more points, the less one weighs.
 * @param {number} count */
function strength(count) {
  return Math.max(0.045, Math.min(0.5, 4 / Math.sqrt(count)));
}

/** @param {number} radius */
function stampOf(radius) {
  if (stamp?.width === Math.ceil(radius * 2)) return stamp;
  stamp = document.createElement("canvas");
  stamp.width = Math.ceil(radius * 2);
  stamp.height = stamp.width;
  const draw = /** @type {CanvasRenderingContext2D} */ (stamp.getContext("2d"));
  const soft = draw.createRadialGradient(radius, radius, 0, radius, radius, radius);
  // A quartic kernel, sampled: it ends smoothly, unlike a straight slope.
  for (let i = 0; i <= 8; i += 1) soft.addColorStop(i / 8, `rgba(0,0,0,${(1 - (i / 8) ** 2) ** 2})`);
  draw.fillStyle = soft;
  draw.fillRect(0, 0, stamp.width, stamp.height);
  return stamp;
}

/** @param {CanvasRenderingContext2D} draw
 * @param {number} width
 * @param {number} height */
function colour(draw, width, height) {
  colours ??= ramp();
  const image = draw.getImageData(0, 0, width, height);
  const { data } = image;
  for (let i = 3; i < data.length; i += 4) {
    const density = data[i];
    if (density === 0) continue;
    data[i - 3] = colours[density * 4];
    data[i - 2] = colours[density * 4 + 1];
    data[i - 1] = colours[density * 4 + 2];
    data[i] = Math.min(255, density * 3.2) * STRONGEST;
  }
  draw.putImageData(image, 0, 0);
}

function ramp() {
  const strip = document.createElement("canvas");
  strip.width = 256;
  strip.height = 1;
  const draw = /** @type {CanvasRenderingContext2D} */ (strip.getContext("2d"));
  const run = draw.createLinearGradient(0, 0, 256, 0);
  RAMP.forEach((tone, i) => run.addColorStop(i / (RAMP.length - 1), tone));
  draw.fillStyle = run;
  draw.fillRect(0, 0, 256, 1);
  return draw.getImageData(0, 0, 256, 1).data;
}
