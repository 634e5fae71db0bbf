// Gaps in which people live, the largest first; each is shown on the map.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { surface } from "../map/overlay.js";
import { byId, el, put } from "../ui/dom.js";
import { heading } from "../ui/heading.js";
import { amount } from "./words.js";

/** @type {App} */
let app;

/** @param {App} house */
export function init(house) {
  app = house;
}

/** @param {Api.CoverageShapes} reach
 * @param {string} name of the unit */
export function draw({ gaps }, name) {
  const box = byId("planner-gaps");
  const lived = gaps.filter((gap) => gap.people >= 0.5);
  box.hidden = !lived.length;
  const items = lived.slice(0, 5).map((gap) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "place", on: { click: () => showGap(gap) } },
        el(
          "span",
          { class: "place-name" },
          t("空白 {n}", { n: gap.rank }),
          el("small", {
            text:
              gap.villages
                .slice(0, 4)
                .map((one) => one.name)
                .join(t("、")) + (gap.villages.length > 4 ? t("等 {n} 村", { n: gap.villages.length }) : ""),
          }),
        ),
        el("span", { class: "place-value", text: amount(gap.people, name) }),
      ),
    ),
  );
  put(box, heading(t("住着人的空白"), t("{n} 片，人多的在前", { n: number(lived.length) })), el("ul", { class: "places" }, items));
}

/** @param {Api.GapAnswer} gap */
function showGap({ geometry }) {
  const { type, coordinates } = surface(geometry);
  const points = type === "MultiPolygon" ? coordinates.flat(2) : coordinates.flat();
  const [lngs, lats] = [0, 1].map((i) => points.map((point) => point[i]));
  app.view.showBounds(
    [
      [Math.min(...lats), Math.min(...lngs)],
      [Math.max(...lats), Math.max(...lngs)],
    ],
    { maxZoom: 13 },
  );
}
