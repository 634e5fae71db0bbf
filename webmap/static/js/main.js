// Entry of the map page: the map that the frame built, the state, the layers, then every panel.

import "./map/painter.js";

import * as api from "./core/api.js";
import * as divisions from "./core/divisions.js";
import * as editions from "./core/editions.js";
import { ready, t } from "./core/i18n.js";
import { later, onLater, soon } from "./core/later.js";
import { verdict } from "./core/link.js";
import * as state from "./core/state.js";
import * as textSize from "./core/text-size.js";
import * as drawer from "./drawer/drawer.js";
import { own } from "./drawer/my-grid.js";
import { Layers } from "./map/layers.js";
import * as pointer from "./map/pointer.js";
import { View } from "./map/view.js";
import * as controls from "./panels/controls.js";
import * as header from "./panels/header.js";
import * as legend from "./panels/legend.js";
import * as notices from "./panels/notices.js";
import * as sheet from "./panels/phone-sheet.js";
import * as search from "./panels/search.js";
import * as shortLegend from "./panels/short-legend.js";
import * as status from "./panels/status.js";
import * as tree from "./panels/tree.js";
import { problem } from "./ui/states.js";

const root = document.documentElement;
const FRAME = { header, sheet, legend, shortLegend }; // they decide how much of the map is clear
const timebar = root.dataset.time ? import("./panels/timebar.js") : null;
const timed = { init: async (/** @type {App} */ house) => (await timebar)?.init(house) };
const PANELS = { notices, tree, drawer, controls, status, timed, search, pointer };
// Themes with a work of their own: their module takes the place of these panels.
/** @type {Record<string, {replaces: string[], module: () => Promise<Panel>}>} */
const OWN = {
  coverage: { replaces: ["legend"], module: () => import("./planner/planner.js") },
  disputes: { replaces: [], module: () => import("./hotspots/hotspots.js") },
};
const EXPORT = "#export"; // opens the export dialog
const PLACE_ZOOM = 15; // closer than this a link does not go to a place by itself
const PATIENCE_MS = 50; // so long the panels wait for shapes that are nearly here: the map is painted before them
const WORK_MS = 250; // and the map for the work of its theme, which is then painted with it
const ROUNDED = 3e-5; // degrees
const AIR_PX = 8; // so much more over the map still leaves the county clear
const PANEL_MS = 250; // a drawer or sheet has come to rest by then
/** @type {App} */
let app;
/** @type {Position | null} */
let home = null; // the view in which the page opens by itself
let resizing = false;
/** @type {Record<string, number>} */
let clear = {}; // what lay over the map when it was fitted last

/** All begin in their order; one that waits for an answer does not keep the next ones waiting. A panel that fails says so
 * on the console and leaves the others alone.
 * @param {Record<string, Panel>} panels */
async function init(panels) {
  const begin = async (/** @type {[string, Panel]} */ [name, panel]) => {
    try {
      await panel.init?.(app);
    } catch (error) {
      console.error(`panel ${name}`, error);
    }
  };
  await Promise.all(Object.entries(panels).map(begin));
}

async function start() {
  textSize.init();
  const map = window.map_county;
  const painter = window.shapes_county;
  const view = new View(map, painter.options);
  const layers = new Layers({ map, painter, state, api, view });
  app = { map, painter, state, api, layers, view, controls: /** @type {Controls} */ ({}), busy: false };
  app.refit = refit;
  map.app = app; // for the console and the tests
  await ready;
  const theme = await api.theme(state.get().theme);
  editions.know(theme);
  divisions.init(theme.divisions);
  if (divisions.depth(state.get().area) < 0) state.set({ area: null }, { replace: true }); // a broken link still opens the map
  layers.start(theme);
  const work = OWN[state.get().theme];
  if (work) layers.hold(theme.id); // what it draws belongs to the map
  const ours = (/** @type {Record<string, Panel>} */ panels) =>
    Object.fromEntries(Object.entries(panels).filter(([name]) => !work?.replaces.includes(name)));
  onLater(({ filters, table, more }) => init({ filters, table, more }));
  await init(ours(FRAME));
  open();
  const module = work?.module(); // on its way while the panels are built
  const unfolded = state.get().table || history.state?.panel; // what was left open is there with the map
  if (unfolded) layers.hold("later");
  if (!work) await layers.first(PATIENCE_MS);
  await init(ours(PANELS));
  if (work) await init({ [theme.id]: await module });
  if (unfolded) await soon(() => {});
  if (unfolded) layers.release("later");
  if (work) layers.release(theme.id);
  state.begin();
  exportIfAsked();
  addEventListener("hashchange", exportIfAsked);
  if (!unfolded) afterFirstView();
}

/** The parts that the first view does without are fetched with the map ready, or with the first touch or key before that. */
function afterFirstView() {
  const stop = new AbortController();
  const begin = () => {
    if (stop.signal.aborted) return;
    stop.abort();
    later().catch((error) => console.warn("later", error)); // whoever needs them asks again
  };
  if (app.layers.wasReady) return begin();
  app.layers.on("ready", begin);
  for (const event of ["pointerdown", "keydown"]) addEventListener(event, begin, { capture: true, signal: stop.signal });
  return undefined;
}

/** A link that ends in #export opens the dialog, in #export=… with all that an export was asked for; the address is the map's
 * again. */
function exportIfAsked() {
  const [name, again = null] = location.hash.split("=");
  if (name !== EXPORT) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  app.controls.sheets({ again });
}

/** The permalink's position, else the grid worker's own grid or the county in the part that panels leave clear. */
function open() {
  const { map, view, layers } = app;
  const wanted = state.get().view;
  view.setCounty(layers.theme.county?.bounds);
  view.setHome(own(layers.theme) ? layers.theme.viewer.bounds : null);
  map.invalidateSize({ animate: false, pan: false });
  if (view.county) view.fitHome();
  else map.setView([35.41, 110.83], 10, { animate: false });
  home = view.get();
  clear = view.covered();
  state.setDefaults({ view: home });
  if (wanted) view.set(wanted);
  else if (verdict?.bounds) goTo(verdict.bounds);
  map.on("moveend", () => !resizing && !isAside() && root.dataset.printing === undefined && state.set({ view: view.get() }));
  state.on(["view"], ({ view: next }) => next && !isThere(next, view.get()) && view.set(next));
  let chosen = JSON.stringify(null);
  layers.on("ready", () => {
    const { selected } = state.get();
    if (JSON.stringify(selected) === chosen) return;
    chosen = JSON.stringify(selected);
    const place = selected && layers.place(selected.layer, selected.key);
    if (place) setTimeout(() => same(state.get().selected, selected) && view.keepClear(place.bounds), PANEL_MS);
  });
  new ResizeObserver(resize).observe(map.getContainer());
  const mine = own(layers.theme);
  if (mine) layers.before(divisions.layerOfCode(mine) ?? "", `code=${mine}`);
  layers.begin(WORK_MS);
}

/** The map has moved aside for the list of the search: nobody meant to go there. */
const isAside = () => document.getElementById("search-pop")?.hidden === false;

/** A link that only names a place goes to it.
 * @param {number[]} bounds */
function goTo([west, south, east, north]) {
  const corners = [
    [south, west],
    [north, east],
  ];
  app.view.showBounds(corners, { animate: false, maxZoom: PLACE_ZOOM });
  state.set({ view: app.view.get() }, { replace: true });
}

/** Untouched, the map shows the county in the part that is now clear. */
function refit() {
  const { view, layers } = app;
  if (root.dataset.printing !== undefined || !view.county || view.flies || !same(state.get().view, home)) return;
  const covered = view.covered();
  if (!Object.entries(covered).some(([side, px]) => Math.abs(px - clear[side]) > AIR_PX)) return;
  clear = covered;
  resizing = true;
  layers.resized(() => view.fitHome());
  resizing = false;
  home = view.get();
  state.setDefaults({ view: home });
  state.set({ view: home });
}

/** The map keeps its middle when panels fold or a phone is turned, and what was chosen stays clear; untouched, it shows the
 * county again. */
function resize() {
  const { map, view, layers } = app;
  const { clientWidth, clientHeight } = map.getContainer();
  if (!clientWidth || root.dataset.printing !== undefined || map.getSize().equals([clientWidth, clientHeight])) return;
  const now = state.get().view;
  const untouched = view.county && !view.flies && same(now, home);
  const chosen = untouched ? null : inSight();
  resizing = true;
  layers.resized(() => {
    map.invalidateSize({ animate: false, pan: false });
    if (untouched) view.fitHome();
    else if (now) view.set(now);
    if (chosen) view.keepClear(chosen, { fit: true });
  });
  resizing = false;
  if (untouched) home = view.get();
  state.setDefaults({ view: home });
  if (untouched || chosen) state.set({ view: view.get() });
}

/** Where what was chosen lies, if nobody has moved the map away from it. */
function inSight() {
  const { selected } = app.state.get();
  const place = selected && app.layers.place(selected.layer, selected.key);
  return place && app.view.holds(place.bounds) ? place.bounds : null;
}

/** Whether the map is at a position, but for what it rounds to whole pixels.
 * @param {Position} a
 * @param {Position} b */
const isThere = (a, b) => Math.max(Math.abs(a.lat - b.lat), Math.abs(a.lng - b.lng)) < ROUNDED && Math.abs(a.zoom - b.zoom) < 0.01;

/** @param {unknown} a
 * @param {unknown} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** @param {Error} error */
function fail(error) {
  if (!(error instanceof api.ApiError)) console.error(error);
  root.dataset.mapState = "error";
  document.getElementById("map-errors")?.append(problem(t("地图没有取到"), error, () => location.reload()));
}

// The script of the frame needs the painter, so it stands behind this module.
if (window.shapes_county) start().catch(fail);
else document.addEventListener("DOMContentLoaded", () => start().catch(fail), { once: true });
