// Hover, click and keyboard on the map: what is under the pointer lights up and names itself, a click chooses it.

import { t } from "../core/i18n.js";
import { el } from "../ui/dom.js";
import { keyOf, words } from "./choose.js";
import { leave, pick } from "./here.js";

const KEEP_PX = 14;
const PANEL_MS = 300; // a card has come to rest by then

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
  map.on("mouseout movestart zoomstart", () => {
    last = null;
    hover(app, tip, null);
  });
  map.on("dragstart zoomstart", leave);
  map.on("click", (event) => click(app, event));
  keys(app);
}

/** @param {App} app
 * @param {import("leaflet").LeafletMouseEvent} event */
function click(app, { containerPoint, originalEvent }) {
  // The second half of a double click: that comes nearer.
  if (app.busy || originalEvent?.detail > 1) return;
  const touch = /** @type {PointerEvent} */ (originalEvent)?.pointerType === "touch" || matchMedia("(pointer: coarse)").matches;
  pick(app, containerPoint, { touch, screen: `${originalEvent?.clientX} ${originalEvent?.clientY}` });
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
  const cross = () => {
    const { x, y } = app.view.middle();
    box.style.setProperty("--cross-x", `${x}px`);
    box.style.setProperty("--cross-y", `${y}px`);
  };
  box.addEventListener("focus", cross);
  app.map.on("moveend resize", () => document.activeElement === box && cross());
  box.addEventListener("keydown", (event) => {
    if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 240 : 80;
    const [right, down] = moves[event.key] ?? [];
    if (right !== undefined) {
      leave();
      app.map.panBy([right * step, down * step], animate);
    } else if (event.key === "+" || event.key === "=") app.map.zoomIn(1, animate);
    else if (event.key === "-" || event.key === "_") app.map.zoomOut(1, animate);
    else if (event.key === "Home") app.view.fitCounty({ animate: true });
    else if (event.key === "Enter" && !app.busy) {
      pick(app, app.view.middle(), { touch: true, screen: "keys" });
      setTimeout(cross, PANEL_MS); // the card that opens lies over a part of the map
    } else return;
    event.preventDefault();
  });
}
