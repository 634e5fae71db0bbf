// What lies across the county's line looks the same everywhere, on paper too: its own symbol, hollow, and grey where its
// own is hollow already.

const EDGE_MM = 0.35;
const GREY = "#7F8E96";

/** @param {Paint} paint
 * @returns {Paint} */
export function hollow(paint) {
  const filled = paint.fill && paint.fill.toUpperCase() !== "#FFFFFF";
  return { ...paint, fill: "#FFFFFF", line: filled ? paint.fill : GREY, line_mm: EDGE_MM, size_mm: (paint.size_mm ?? 2.4) * 0.9 };
}
