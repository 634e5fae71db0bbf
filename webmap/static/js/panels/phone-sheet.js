// The phone's bottom sheet: stops at 25, 50 and 90 %, dragged by hand or moved by keys; the tab bar fills it. On its side a phone
// has a panel in its place, which does not move.

import * as history from "../core/history.js";
import { t } from "../core/i18n.js";
import { soon } from "../core/later.js";
import { LYING, PHONE } from "../core/screen.js";
import { home } from "../drawer/my-grid.js";
import { byId, put } from "../ui/dom.js";

const STOPS = [0.25, 0.5, 0.9];
const NAMES = ["low", "half", "full"];
const TABS_PX = 60;
const TAB = "tab"; // what a tab is called among the places to come back to
const FLING = 0.35; // px per ms

/** @type {App} */
let app;
let stop = 1;
/** @type {[node: HTMLElement, home: HTMLElement][]} */
let homes = [];

/** @param {App} house */
export function init(house) {
  app = house;
  homes = ["drawer", "tree-panel", "timebar"].map((id) => [byId(id), /** @type {HTMLElement} */ (byId(id).parentElement)]);
  wireGrip();
  byId("tabs").addEventListener("click", (event) => {
    const name = /** @type {HTMLElement} */ (event.target).closest("button[data-tab]")?.dataset.tab;
    if (name) show(name);
    if (name === "map" && app.layers.theme.id === "my-grid") home(); // the tab always leads back to one's own
  });
  byId("phone-layers").addEventListener("click", () => show("layers"));
  byId("phone-export").addEventListener("click", () => app.controls.sheets());
  byId("phone-locate").addEventListener("click", () => app.controls.locate());
  app.state.on(["selected"], ({ selected }) => PHONE.matches && selected && toPlace());
  history.door(TAB, { open: (name) => PHONE.matches && show(name), shut: () => PHONE.matches && show("map"), stays: true });
  const once = app.layers.on("ready", () => {
    once();
    if (PHONE.matches) showPeriod();
  });
  PHONE.addEventListener("change", arrange);
  LYING.addEventListener("change", () => PHONE.matches && settle(stop));
  addEventListener("resize", () => PHONE.matches && settle(stop));
  arrange();
}

/** On a phone the panels move into the sheet; on a desk they go home. */
function arrange() {
  if (document.documentElement.dataset.printing !== undefined) return; // paper is no other screen
  if (PHONE.matches) {
    byId("sheet").setAttribute("data-covers-map", "");
    byId("sheet").classList.add("dragging"); // at once: the map is fitted to what the sheet leaves
    show("map", app.state.get().selected || document.documentElement.dataset.theme === "my-grid" ? 1 : 0);
    void byId("sheet").offsetHeight;
    byId("sheet").classList.remove("dragging");
  } else {
    history.gone(TAB);
    byId("sheet").removeAttribute("data-covers-map");
    for (const [node, home] of homes) if (node.parentElement !== home) home.append(node);
    byId("more").hidden = true;
    document.body.append(byId("more"));
  }
}

/** What was chosen takes the place of a tab, whose entry stays behind its own. */
function toPlace() {
  history.gone(TAB);
  show("map", 1);
}

/** Every tab but the map's is a place of its own: Back leads from it to the map.
 * @param {string} name */
function show(name, at = name === "map" ? stop : Math.max(stop, 1)) {
  for (const button of byId("tabs").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.tab === name));
  const [drawer, tree, timebar] = homes.map(([node]) => node);
  for (const [node, home] of homes) if (node.parentElement === byId("sheet-body")) home.append(node);
  if (byId("more").parentElement === byId("sheet-body")) document.body.append(byId("more"));
  if (name === "map") put(byId("sheet-body"), drawer);
  // On the theme of time it stands on top, within reach while the map is seen
  if (name === "map" && !timebar.hidden) drawer[app.layers.theme.id === "disputes" ? "before" : "after"](timebar);
  if (name === "layers") put(byId("sheet-body"), tree);
  if (name === "more") put(byId("sheet-body"), openMore());
  byId("sheet-body").scrollTop = 0;
  showPeriod();
  settle(at);
  if (name === "map") history.left(TAB);
  else history.entered(TAB, name);
}

/** The published periods stand in one row; the chosen one is the newest, at its end. */
function showPeriod() {
  byId("timebar").querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest", inline: "center" });
}

function openMore() {
  byId("more").hidden = false;
  soon(({ more }) => more.more(app));
  return byId("more");
}

const room = () => innerHeight - TABS_PX;

/** @param {number} at */
function settle(at) {
  stop = Math.max(0, Math.min(STOPS.length - 1, at));
  setHeight(STOPS[stop] * room());
  document.documentElement.dataset.sheet = LYING.matches ? "side" : NAMES[stop];
  const grip = byId("sheet-grip");
  grip.setAttribute("aria-valuenow", String(stop));
  grip.setAttribute("aria-valuetext", t("{n} %", { n: STOPS[stop] * 100 }));
}

/** @param {number} px */
function setHeight(px) {
  document.documentElement.style.setProperty("--sheet-now", `${Math.round(px)}px`);
}

function wireGrip() {
  const grip = byId("sheet-grip");
  /** @type {{y: number, height: number, at: number, moved: boolean} | null} */
  let from = null;
  grip.addEventListener("pointerdown", (event) => {
    from = { y: event.clientY, height: byId("sheet").offsetHeight, at: event.timeStamp, moved: false };
    grip.setPointerCapture(event.pointerId);
    byId("sheet").classList.add("dragging");
  });
  grip.addEventListener("pointermove", (event) => {
    if (!from) return;
    from.moved ||= Math.abs(event.clientY - from.y) > 4;
    setHeight(Math.max(60, Math.min(room() * 0.94, from.height + from.y - event.clientY)));
  });
  const end = (/** @type {PointerEvent} */ event) => {
    if (!from) return;
    byId("sheet").classList.remove("dragging");
    const speed = (from.y - event.clientY) / Math.max(1, event.timeStamp - from.at);
    const part = byId("sheet").offsetHeight / room();
    const nearest = STOPS.reduce((best, one, i) => (Math.abs(one - part) < Math.abs(STOPS[best] - part) ? i : best), 0);
    if (!from.moved) settle((stop + 1) % STOPS.length);
    else if (Math.abs(speed) > FLING) settle(speed > 0 ? stop + 1 : stop - 1);
    else settle(nearest);
    from = null;
  };
  grip.addEventListener("pointerup", end);
  grip.addEventListener("pointercancel", end);
  grip.addEventListener("mousedown", (event) => event.preventDefault()); // else a mouse begins to drag the page's text
  grip.addEventListener("click", (event) => event.detail === 0 && settle((stop + 1) % STOPS.length));
  grip.addEventListener("keydown", (event) => {
    const to = { ArrowUp: stop + 1, ArrowDown: stop - 1, Home: 0, End: 2 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    settle(to);
  });
}
