// What lies across the county's line looks the same everywhere: its own symbol, hollow.

const EDGE_MM = 0.35;

/** @param {Paint} paint
 * @returns {Paint} */
export function hollow(paint) {
  const filled = paint.fill && paint.fill.toUpperCase() !== "#FFFFFF";
  return { ...paint, fill: "#FFFFFF", line: filled ? paint.fill : paint.line, line_mm: EDGE_MM, size_mm: (paint.size_mm ?? 2.4) * 0.9 };
}
