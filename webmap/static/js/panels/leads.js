// From a number to the map that shows what it counts: the layer is switched on, its classes and conditions are those of the number,
// and the map lies over the area. Where nothing of it can be shown there is no way, and no button.

import { t } from "../core/i18n.js";
import { lastDay } from "../core/periods.js";
import { el } from "../ui/dom.js";
import { announce } from "../ui/toast.js";

/** What a number counts: rows of a layer, some of its classes, under conditions beside those of the map, in a time.
 * @typedef {{layer: string, cls?: number, filters?: Record<string, string[]>, month?: string, period?: string}} Counted */
/** @typedef {(counted: Counted) => (() => void) | null} Leads */

/** Numbers of a page that has no map lead nowhere.
 * @type {Leads} */
export const nowhere = () => null;

/** Ways from the numbers of an area.
 * @param {App} app
 * @param {{code: string, bounds?: Box | null}} area
 * @returns {Leads} */
export function leadsFrom(app, area) {
  return (counted) => {
    const entry = app.layers.entry(counted.layer);
    const seen = entry?.edition && entry.access !== "none" && entry.geometry !== "none" && entry.legend.length;
    return seen ? () => show(app, entry, { ...counted, area }) : null;
  };
}

/** @param {App} app
 * @param {LayerEntry} entry
 * @param {Counted & {area: {code: string, bounds?: Box | null}}} what */
function show(app, entry, { cls, filters, month, period, area }) {
  const { id } = entry;
  const { layers, hidden, heat, filters: others } = app.state.get();
  const { [id]: _off, ...rest } = hidden;
  const classes = cls === undefined ? [] : entry.legend.map(({ index }) => index).filter((index) => index !== cls);
  app.state.set({
    layers: [...new Set([...(layers ?? []), id])],
    hidden: classes.length ? { ...rest, [id]: classes } : rest,
    heat: heat.filter((one) => one !== id),
    area: area.code === document.documentElement.dataset.county ? null : area.code,
    ...(filters ? { filters: { ...others, [id]: { ...others[id], ...filters } } } : {}),
    ...(month ? { time: { since: `${month}-01`, until: lastDay(month) } } : {}),
    ...(period ? { period } : {}),
  });
  goTo(app, entry, area.bounds);
  announce(t("地图上是{layer}", { layer: entry.title }));
}

/** All of the area, but no farther than the layer is drawn.
 * @param {App} app
 * @param {LayerEntry} entry
 * @param {Box | null | undefined} bounds */
function goTo({ map, view }, { style }, bounds) {
  if (bounds)
    view.showBounds(
      [
        [bounds[1], bounds[0]],
        [bounds[3], bounds[2]],
      ],
      { animate: false },
    );
  const least = style.min_zoom ?? 0;
  if (map.getZoom() < least) map.setZoom(least, { animate: false });
}

/** Let a number lead to its map: a button that covers the cell or the row, named by its words.
 * @template {HTMLElement} T
 * @param {T} node
 * @param {string} words
 * @param {(() => void) | null} go
 * @returns {T} */
export function leading(node, words, go) {
  if (!go) return node;
  const label = t("{figure}，在地图上看", { figure: words });
  const button = el("button", { type: "button", class: "lead", title: t("在地图上看"), "aria-label": label, on: { click: go } });
  (node.querySelector("dt") ?? node).append(button);
  node.classList.add("leads");
  return node;
}
