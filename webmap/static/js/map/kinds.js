// What an entry is to the eye: an area that is filled, a boundary between areas, the edge of the county.

/** Shapes that have rings.
 * @param {Drawn} entry */
export const surfaces = (entry) => entry.shapes.filter((shapes) => shapes.kind !== "point");

/** A layer of areas without any fill is a boundary: it goes above all fills, and one looks through it.
 * @param {Drawn} entry */
export function isBoundary(entry) {
  return entry.kind === "polygon" && entry.classes.every(({ paint }) => !paint.fill && (paint.hatch ?? "none") === "none");
}

/** @param {Drawn} entry */
export const isArea = (entry) => entry.kind === "polygon" && !isBoundary(entry);
/** @param {Drawn} entry */
export const isEdge = (entry) => entry.kind === "polygon" && entry.classes[0]?.paint.dash === "county";
