// Places that are not reached as circles: their area says how many people, on a scale that stays while the page is open.

import { points } from "../map/overlay.js";
import { niceSizes, sideOf } from "./paints.js";

export class Circles {
  /** @type {Map<string, number[]>} sizes of the legend by what is counted and where */
  scales = new Map();

  /** Sizes of the legend, the large one last; settled by the first answer of its kind.
   * @param {Api.CoverageAnswer} answer
   * @param {Api.CoverageShapes} reach */
  sizes(answer, { level }) {
    const kind = `${answer.parameters.demand} ${level}`;
    const known = this.scales.get(kind) ?? niceSizes(answer, level);
    this.scales.set(kind, known);
    return known;
  }

  /** The places as the painter's shapes, by their row in the answer.
   * @param {App} app
   * @param {Api.CoverageAnswer} answer
   * @param {Api.CoverageShapes} reach */
  shapes(app, answer, reach) {
    const large = this.sizes(answer, reach).at(-1) ?? 1;
    const { names, lon, lat, amounts, classes } = reach.places;
    return points(
      app,
      "left",
      names.map((name, row) => ({
        key: String(row),
        name,
        cls: classes[row],
        at: [lon[row], lat[row]],
        size: sideOf(amounts[row], large),
      })),
    );
  }
}
