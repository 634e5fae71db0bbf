// Hover, click and keyboard on the map: what is under the pointer lights up and names itself, a click chooses it.

import { layerOf } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { el } from "../ui/dom.js";
import { expansion, LAST_CLUSTER_ZOOM } from "./cluster.js";
import { toDegrees } from "./datum.js";

const KEEP_PX = 14;

/** @param {App} app */
export function init(app) {
  const { map } = app;
  const tip = el("div", { class: "map-tip", hidden: true });
  map.getContainer().append(tip);
  let _frame = 0;
  /** @type {import("leaflet").Point | null} */
  let last = null;
  map.on("mousemove", (event) => {
    last = event.containerPoint;
    _frame ||= requestAnimationFrame(() => {
      _frame = 0;
      if (last) hover(app, tip, last);
    });
  });
  const leave = () => {
    last = null;
    hover(app, tip, null);
  };
  map.on("mouseout movestart zoomstart", leave);
  map.on("click", (event) => {
    if (app.busy) return;
    const touch = /** @type {PointerEvent} */ (event.originalEvent)?.pointerType === "touch" || matchMedia("(pointer: coarse)").matches;
    choose(app, app.painter.at(event.containerPoint, { touch }));
  });
  keys(app);
}

/** @param {App} app
 * @param {HTMLElement} tip
 * @param {import("leaflet").Point | null} point */
function hover(app, tip, point) {
  const found = point && !app.busy ? app.painter.at(point) : null;
  const { marked } = app.painter;
  const key = found ? keyOf(found) : null;
  /** @type {Marked["hover"]} */
  let next = null;
  if (found?.kind === "point" && found.cluster) next = { layer: found.entry.id, key: "", point: found };
  else if (found && key) next = { layer: found.entry.id, key };
  const changed =
    marked.hover?.layer !== next?.layer || marked.hover?.key !== next?.key || marked.hover?.point?.cluster !== next?.point?.cluster;
  marked.hover = next;
  if (changed) app.painter.paintMarks();
  app.map.getContainer().classList.toggle("pointing", Boolean(found) && !app.busy);
  tip.hidden = !found;
  if (!found || !point) return;
  if (changed || !tip.textContent) tip.textContent = words(found);
  const size = app.map.getSize();
  const right = point.x + KEEP_PX + tip.offsetWidth < size.x;
  tip.style.transform = `translate(${Math.round(right ? point.x + KEEP_PX : point.x - KEEP_PX - tip.offsetWidth)}px, ${Math.round(Math.min(point.y + KEEP_PX, size.y - tip.offsetHeight - 4))}px)`;
}

/** @param {Found} found */
const keyOf = ({ shapes, index }) => (index >= 0 ? shapes.keys[index] : "");

/** “荣河村 · 党群服务中心”; clusters and merged cells say how many they stand for.
 * @param {Found} found */
function words(found) {
  const { entry, shapes, index } = found;
  if (entry.words) return entry.words(shapes.keys[index], shapes.names[index]);
  if (found.kind === "point" && found.cluster)
    return t("{layer} {n} 件，取最高级：{level}", {
      layer: entry.title,
      n: number(found.count),
      level: entry.classes[found.cls]?.title ?? "",
    });
  if (shapes.n) return t("{layer} {n} 个，聚合显示，放大看每一个", { layer: entry.title, n: number(shapes.n[index]) });
  const title = entry.classes[shapes.cls[index]]?.title;
  const name = shapes.names[index] || shapes.keys[index];
  const last = title && title !== entry.title ? `${entry.title} · ${title}` : entry.title;
  return name ? `${name} · ${last}` : last;
}

/** Choose what was hit: a cluster or merged cell opens, everything else becomes the chosen one.
 * @param {App} app
 * @param {Found | null} found */
export function choose(app, found) {
  if (!found) return app.state.set({ selected: null });
  if (found.kind === "point" && found.cluster) return open(app, found);
  if (found.shapes.n) return zoomTo(app, found, app.map.getZoom() + 1.5);
  const { entry } = found;
  if (entry.choose) return entry.choose(keyOf(found));
  // Published counts are given by village: what is chosen is the village.
  const layer = entry.access === "counts" ? layerOf("village") : entry.id;
  const key = keyOf(found);
  app.state.set({ selected: key && layer ? { layer, key } : null });
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

/** Arrows pan, + and − zoom, Enter opens what is in the middle.
 * @param {App} app */
function keys(app) {
  const box = app.map.getContainer();
  box.tabIndex = 0;
  box.setAttribute("role", "application");
  box.setAttribute("aria-roledescription", t("地图"));
  box.setAttribute("aria-label", t("地图。方向键平移，加减号缩放，回车打开中间的地方。每个图层都可以用表格看。"));
  const animate = { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches };
  /** @type {Record<string, [number, number]>} */
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  box.addEventListener("keydown", (event) => {
    if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 240 : 80;
    const [right, down] = moves[event.key] ?? [];
    if (right !== undefined) app.map.panBy([right * step, down * step], animate);
    else if (event.key === "+" || event.key === "=") app.map.zoomIn(1, animate);
    else if (event.key === "-" || event.key === "_") app.map.zoomOut(1, animate);
    else if (event.key === "Home") app.view.fitCounty({ animate: true });
    else if (event.key === "Enter" && !app.busy) choose(app, app.painter.at(app.view.middle(), { touch: true }));
    else return;
    event.preventDefault();
  });
}
