// Proposed centres on the map: placed by clicks or by keys until that is ended, dragged, removed; and existing ones closed for
// the sake of the question. A card says at once who gains.

import { t } from "../core/i18n.js";
import { TOUCH } from "../core/screen.js";
import { byId, debounce, el, icon, svg } from "../ui/dom.js";
import { announce, toast } from "../ui/toast.js";
import { gainOf } from "./gains.js";
import { GAP } from "./paints.js";
import { drawCentre, drawPlace } from "./place-card.js";
import * as question from "./plan.js";
import { signed } from "./words.js";

const STEP_PX = 20;
const FINE_PX = 4;
const MOST = 50;
const PANE = "proposals";
const CHIPS = 6; // of so many proposals each has its gain beside it
const TITLE_PX = 76; // of the map's top that the title covers, and that it covers with the hint below it
const HINT_PX = 124;
const REST_MS = 250; // each gain is a question of its own, asked when the places rest

/** @typedef {{place: number, centre?: undefined} | {centre: Api.Centre, place?: undefined}} Open which card: of a proposal by its place, or of a centre */

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;
/** @type {import("leaflet").Marker[]} */
const markers = [];
/** @type {import("leaflet").Circle[]} */
const circles = [];
/** @type {Open | null} */
let open = null; // {place: index} or {centre}
/** @type {HTMLElement} */
let card;
let placing = false;
/** @type {HTMLElement} */
let hint;
/** @type {Set<HTMLElement>} */
const buttons = new Set();

/** @param {App} house
 * @param {import("./answers.js").Answers} given */
export function init(house, given) {
  app = house;
  answers = given;
  app.map.createPane(PANE); // above the names of the map
  card = el("section", { class: "map-card place-card", hidden: true, "aria-live": "polite" });
  byId("map-holder").append(card);
  L.DomEvent.disableClickPropagation(card);
  hint = hintCard();
  app.state.on(["plan", "area"], draw);
  answers.coverage.on(draw);
  app.map.on("move zoom viewreset", moveCard);
  app.state.on(["selected"], ({ selected }) => selected && show(null));
  document.addEventListener("keydown", keys, true);
  draw();
}

/** The button that starts placing by hand. */
export function button() {
  const node = el(
    "button",
    { type: "button", class: "button", "aria-pressed": "false", on: { click: () => place(!placing) } },
    icon("map-pin-plus", "s"),
    t("手工放点"),
  );
  buttons.add(node);
  return node;
}

// ---- placing ----

/** @param {boolean} on */
function place(on) {
  placing = on;
  app.busy = on;
  app.map.getContainer().classList.toggle("picking", on);
  for (const node of buttons) node.setAttribute("aria-pressed", String(on));
  app.map.off("click", take);
  hint.hidden = !on;
  app.layers.repaint(); // badges keep clear of the hint
  if (!on) return;
  app.map.on("click", take);
  app.map.getContainer().focus({ preventScroll: true });
}

/** What stands over the map as long as clicks put places there. */
function hintCard() {
  const end = el("button", { type: "button", class: "link-button", text: t("结束"), on: { click: () => place(false) } });
  const node = el(
    "p",
    { class: "planner-hint-card", role: "status", hidden: true },
    el("span", { text: TOUCH.matches ? t("点地图放点，可以接着放") : t("点地图放点，可以接着放；回车放在中间，Esc 结束") }),
    end,
  );
  L.DomEvent.disableClickPropagation(node);
  byId("map-holder").append(node);
  return node;
}

/** @param {{latlng: import("leaflet").LatLng}} event */
const take = ({ latlng }) => {
  const { lat, lng } = app.view.fromMap(latlng);
  addAt([lng, lat]);
};

/** @param {KeyboardEvent} event */
function keys(event) {
  if (event.key === "Escape" && (placing || open)) {
    event.preventDefault();
    event.stopPropagation();
    if (placing) place(false);
    else show(null);
  } else if (event.key === "Enter" && placing && event.target === app.map.getContainer()) {
    event.preventDefault();
    event.stopPropagation();
    take({ latlng: app.map.containerPointToLatLng(app.view.middle()) });
  }
}

/** One more place, with its card open.
 * @param {number[]} spot */
export function addAt(spot) {
  if (question.places().length >= MOST) return void toast(t("一次最多放 {n} 个拟建点", { n: MOST }));
  const all = [...question.places(), spot];
  open = { place: all.length - 1 };
  question.change({ place: question.placesText(all) });
  return undefined;
}

/** Put several on the map at once, as a search found them.
 * @param {number[][]} spots */
export function addAll(spots) {
  open = null;
  question.change({ place: question.placesText([...question.places(), ...spots]) });
}

/** @param {number} index */
function remove(index) {
  const all = question.places();
  all.splice(index, 1);
  open = null;
  question.change({ place: question.placesText(all) });
  announce(t("拟建点已移除"));
  (markers[Math.min(index, all.length - 1)]?.getElement() ?? app.map.getContainer()).focus({ preventScroll: true });
}

/** @param {number} index
 * @param {number[]} spot */
function move(index, spot) {
  const all = question.places();
  all[index] = spot;
  question.change({ place: question.placesText(all) });
}

// ---- markers ----

function draw() {
  const all = question.sides() ? [] : question.places(); // of two scenarios each side has its own
  while (markers.length > all.length) markers.pop()?.remove();
  all.forEach(([lng, lat], i) => {
    const at = app.view.toMap([lat, lng]);
    if (markers[i]) {
      const { _draggable } = /** @type {{_draggable?: {_moving?: boolean}}} */ (markers[i].dragging ?? {});
      if (!_draggable?._moving) markers[i].setLatLng(at);
    } else markers.push(marker(i, at));
  });
  drawCircles(all);
  if (answers.stale() || !chipped()) markers.forEach((_, i) => chip(i, ""));
  drawGains();
  if (open?.place !== undefined && open.place >= all.length) open = null;
  if (open?.centre && !question.services().includes(open.centre.layer)) open = null;
  drawCard();
}

/** @param {number} index
 * @param {Place} at */
function marker(index, at) {
  const shape = svg(
    "svg",
    { viewBox: "-14 -14 28 28", width: 28, height: 28, "aria-hidden": "true" },
    svg("path", { d: "M0-12 12 0 0 12-12 0z", class: "proposal-shape" }),
    svg("path", { d: "M0-5V5M-5 0H5", class: "proposal-plus" }),
  );
  const made = L.marker(at, {
    draggable: true,
    keyboard: true,
    pane: PANE,
    icon: L.divIcon({ className: "proposal", html: el("span", {}, shape, el("b", { class: "proposal-gain" })), iconSize: [44, 44] }),
    zIndexOffset: 500,
  }).addTo(app.map);
  const node = /** @type {HTMLElement} */ (made.getElement());
  node.setAttribute(
    "aria-label",
    TOUCH.matches
      ? t("拟建点 {n}，点开看谁受益，拖动移位", { n: index + 1 })
      : t("拟建点 {n}，方向键移动，删除键移除，回车看谁受益", { n: index + 1 }),
  );
  const spot = () => {
    const { lat, lng } = app.view.fromMap(made.getLatLng());
    return [lng, lat];
  };
  made.on("dragstart", () => show({ place: index }));
  made.on("drag", () => move(index, spot()));
  made.on("click", () => show({ place: index }));
  node.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? FINE_PX : STEP_PX;
    /** @type {Record<string, [number, number]>} */
    const steps = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const by = steps[event.key];
    if (event.key === "Delete" || event.key === "Backspace") remove(index);
    else if (event.key === "Enter" || event.key === " ") show({ place: index });
    else if (by) {
      made.setLatLng(app.map.layerPointToLatLng(app.map.latLngToLayerPoint(made.getLatLng()).add(by)));
      open = { place: index };
      move(index, spot());
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return made;
}

/** Whether each has its gain beside it, which is one of people reached. */
const chipped = () => markers.length <= CHIPS && !question.accessible();

/** What each adds to the others, beside it. */
const drawGains = debounce(async () => {
  const query = question.query();
  const { answer } = answers.coverage;
  if (!answer || answers.stale() || !chipped()) return;
  const found = await Promise.all(markers.map((_, i) => gainOf(answers, i)));
  if (query !== question.query()) return;
  found.forEach((one, i) => chip(i, one ? signed(one.gain) : ""));
}, REST_MS);

/** @param {number} index
 * @param {string} text */
function chip(index, text) {
  const node = markers[index]?.getElement()?.querySelector(".proposal-gain");
  if (node) node.textContent = text;
}

/** How far a proposed centre reaches, where that is a circle.
 * @param {number[][]} all */
function drawCircles(all) {
  const plan = question.plan();
  const { limit, unit } = question.within();
  const pace = answers.coverage.answer?.parameters.speed_kmh;
  const round = plan.mode !== "road" && (unit === "m" || Boolean(pace));
  const metres = unit === "m" ? limit : (limit * Number(pace) * 1000) / 60;
  const radius = metres / (plan.mode === "detour" ? Number(plan.detour) : 1);
  while (circles.length > (round ? all.length : 0)) circles.pop()?.remove();
  if (!round) return;
  all.forEach(([lng, lat], i) => {
    const at = app.view.toMap([lat, lng]);
    if (circles[i]) circles[i].setLatLng(at).setRadius(radius);
    else
      circles.push(
        L.circle(at, {
          radius,
          color: GAP,
          weight: 1.5,
          dashArray: "5 4",
          fill: false,
          interactive: false,
        }).addTo(app.map),
      );
  });
}

// ---- the card ----

/** Open the card of a proposed point {place}, of an existing centre {centre}, or none.
 * @param {Open | null} what */
function show(what) {
  open = what;
  drawCard();
}

/** @param {Api.Centre} centre */
export function showCentre(centre) {
  app.state.set({ selected: null });
  show({ centre });
}

function drawCard() {
  card.hidden = !open;
  card.toggleAttribute("data-covers-map", false);
  if (!open) return;
  const holder = { app, card, answers, remove, close: () => show(null), moved: moveCard };
  if (open.centre) drawCentre(holder, open.centre);
  else drawPlace(holder, open.place);
  moveCard();
}

/** Beside its point, inside the map, where it covers fewest of the points. */
function moveCard() {
  if (card.hidden || !open) return;
  const at = open.centre ? [open.centre.lat, open.centre.lon] : [...(question.places()[open.place] ?? [0, 0])].reverse();
  const point = app.map.latLngToContainerPoint(app.view.toMap(at));
  const size = app.map.getSize();
  const [width, height] = [card.offsetWidth, card.offsetHeight];
  const points = question.places().map(([lng, lat]) => app.map.latLngToContainerPoint(app.view.toMap([lat, lng])));
  const top = placing ? HINT_PX : TITLE_PX;
  const spots = beside(point, { width, height }).map(({ x, y }) => ({
    x: Math.max(8, Math.min(x, size.x - width - 8)),
    y: Math.max(8, Math.min(y, size.y - height - 8)),
    out: Number(x < 8 || x > size.x - 60 - width || y < top || y > size.y - height - 8),
  }));
  const cost = (/** @type {{x: number, y: number, out: number}} */ { x, y, out }) =>
    2 * points.filter((one) => covers({ x, y, width, height }, one)).length + out;
  const best = spots.reduce((found, one) => (cost(one) < cost(found) ? one : found));
  card.style.transform = `translate(${Math.round(best.x)}px, ${Math.round(best.y)}px)`;
}

/** Corners of a card around a point, the best first.
 * @param {{x: number, y: number}} point
 * @param {{width: number, height: number}} card */
function beside({ x, y }, { width, height }) {
  const [above, below] = [y - height - 12, y + 34];
  const [right, left] = [x + 30, x - 30 - width];
  return [above, below].flatMap((top) => [right, left].map((side) => ({ x: side, y: top })));
}

/** Whether a card hides a proposed point or the gain below it.
 * @param {{x: number, y: number, width: number, height: number}} card
 * @param {{x: number, y: number}} point */
const covers = ({ x, y, width, height }, point) =>
  point.x > x - 28 && point.x < x + width + 28 && point.y > y - 32 && point.y < y + height + 14;
