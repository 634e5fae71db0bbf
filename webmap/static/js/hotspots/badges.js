// Numbers of hot spots that lie together, on the map as in the table.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { show } from "../map/show.js";
import { el } from "../ui/dom.js";
import * as question from "./question.js";

const DISC_PX = 20;

/** @type {App} */
let app;
/** @type {HTMLElement} */
let pane;
/** @type {{node: HTMLElement, code: string}[]} */
let badges = [];

/** @param {App} house */
export function init(house) {
  app = house;
  pane = app.map.createPane("gaps");
  app.painter.written = write;
  app.map.on("zoomstart", () => pane.classList.add("moving"));
}

/** Clusters of an answer, the one with the most cases first; a number stands in the area that has most of them.
 * @param {Api.SpotCluster[]} clusters */
export function take(clusters) {
  for (const { node } of badges) node.remove();
  badges = clusters.map((cluster) => ({ node: badge(cluster), code: cluster.code }));
}

/** @param {Api.SpotCluster} cluster */
function badge({ rank, code, name, areas, n }) {
  const node = el(
    "button",
    {
      type: "button",
      class: "gap-badge bare spot-badge",
      "aria-label": t("热点第 {rank} 片，{name}等 {areas} 个，{n} 件", { rank, name, areas, n: number(n) }),
      on: { click: () => show(app, question.layer(), code) },
    },
    el("span", { class: "gap-number spot-number", text: String(rank) }),
  );
  L.DomEvent.disableClickPropagation(node);
  pane.append(node);
  return node;
}

/** Put the numbers into their areas; returns what they cover, of which names keep clear.
 * @param {Sight} view
 * @returns {import("../map/labels.js").Edges[]} */
function write(view) {
  pane.classList.remove("moving");
  return badges.flatMap(({ node, code }) => {
    const place = app.layers.place(question.layer(), code);
    node.hidden = !place;
    if (!place) return [];
    const at = app.map.latLngToLayerPoint(app.view.toMap(place.latlng));
    const [x, y] = [Math.round(at.x - DISC_PX / 2), Math.round(at.y - DISC_PX / 2)];
    node.style.transform = `translate(${x}px, ${y}px)`;
    const [left, top] = [x - view.min.x, y - view.min.y];
    return [{ left, top, right: left + DISC_PX, bottom: top + DISC_PX }];
  });
}
