// Places that are not reached as circles: their area says how many people, on the scale that comes with the answer.

import { points } from "../map/overlay.js";
import { sideOf } from "./paints.js";

/** The places as the painter's shapes, by their row in the answer.
 * @param {App} app
 * @param {Api.CoverageShapes} reach */
export function circles(app, reach) {
  const large = reach.sizes[reach.sizes.length - 1];
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
