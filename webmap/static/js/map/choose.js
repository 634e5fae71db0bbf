// What happens to what was met on the map, and what it is called.

import { layerOf } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { expansion, LAST_CLUSTER_ZOOM } from "./cluster.js";
import { toDegrees } from "./datum.js";

/** @param {Found} found */
export const keyOf = ({ shapes, index }) => (index >= 0 ? shapes.keys[index] : "");

/** The row that is chosen with it. Published counts are given by village: what is chosen is the village.
 * @param {Found} found
 * @returns {Selected} */
export const rowOf = (found) => ({
  layer: (found.entry.access === "counts" && layerOf("village")) || found.entry.id,
  key: keyOf(found),
});

/** Whether it stands for several that the map shows when it comes nearer.
 * @param {Found} found */
export const several = (found) => (found.kind === "point" && found.cluster !== null) || Boolean(found.shapes.n) || !keyOf(found);

/** @param {Found} found */
export function nameOf({ entry, shapes, index }) {
  const name = shapes.names[index] || shapes.keys[index];
  return entry.words ? entry.words(shapes.keys[index], shapes.names[index]) : name;
}

/** “荣河村 · 党群服务中心”; clusters and merged cells say how many they stand for.
 * @param {Found} found */
export function words(found) {
  const { entry, shapes, index } = found;
  if (entry.words) return nameOf(found);
  if (found.kind === "point" && found.cluster !== null)
    return t("{layer} {n} 件，取最高级：{level}", {
      layer: entry.title,
      n: number(found.count),
      level: entry.classes[found.cls]?.title ?? "",
    });
  if (shapes.n) return t("{layer} {n} 个，聚合显示，放大看每一个", { layer: entry.title, n: number(shapes.n[index]) });
  const title = entry.classes[shapes.cls[index]]?.title;
  const name = nameOf(found);
  const last = title && title !== entry.title ? `${entry.title} · ${title}` : entry.title;
  return name ? `${name} · ${last}` : last;
}

/** Choose what was met: a cluster or merged cell opens, everything else becomes the chosen one.
 * @param {App} app
 * @param {Found | null} found */
export function choose(app, found) {
  if (!found) return app.state.set({ selected: null });
  if (found.kind === "point" && found.cluster !== null) return open(app, found);
  if (found.shapes.n) return zoomTo(app, found, app.map.getZoom() + 1.5);
  if (found.entry.choose) return found.entry.choose(keyOf(found));
  const row = rowOf(found);
  app.state.set({ selected: row.key && row.layer ? row : null });
  return undefined;
}

/** @param {App} app
 * @param {Found & {kind: "point"}} found */
function open(app, found) {
  const zoom = Math.min(expansion(found.shapes, found.entry.hidden, found.cluster ?? 0), LAST_CLUSTER_ZOOM + 1);
  zoomTo(app, found, Math.max(zoom, app.map.getZoom() + 0.5));
}

/** @param {App} app
 * @param {Found} found
 * @param {number} zoom */
function zoomTo(app, found, zoom) {
  const { map } = app;
  let at;
  if (found.kind === "point") at = map.layerPointToLatLng(app.painter.view.min.add([found.px, found.py]));
  else {
    const { shapes, index } = found;
    const [west, top, east, bottom] = shapes.boxes.subarray(index * 4, index * 4 + 4);
    const [lng, lat] = toDegrees((west + east) / 2 + shapes.ox, (top + bottom) / 2 + shapes.oy, shapes.band);
    at = L.latLng(lat, lng);
  }
  const { lat, lng } = app.view.fromMap(at);
  app.view.showPoint([lat, lng], Math.min(zoom, map.getMaxZoom()));
}
