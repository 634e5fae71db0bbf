// Proposed centres on the map: placed by clicks or by keys until that is ended, dragged, removed; and existing ones closed for
// the sake of the question. A card says at once who gains.

import { t } from "../core/i18n.js";
import { unit } from "../core/units.js";
import { byId, el, icon, put, svg } from "../ui/dom.js";
import { announce, toast } from "../ui/toast.js";
import { GAP } from "./paints.js";
import * as question from "./plan.js";
import { amount, shareWords, signed } from "./words.js";

const STEP_PX = 20;
const FINE_PX = 4;
const MOST = 50;
const PANE = "proposals";
const GAINERS = 3;

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
let ticket = 0;
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
    el("span", { text: t("点地图放点，可以接着放；回车放在中间，Esc 结束") }),
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
  const all = question.places();
  while (markers.length > all.length) markers.pop()?.remove();
  all.forEach(([lng, lat], i) => {
    const at = app.view.toMap([lat, lng]);
    if (markers[i]) {
      const { _draggable } = /** @type {{_draggable?: {_moving?: boolean}}} */ (markers[i].dragging ?? {});
      if (!_draggable?._moving) markers[i].setLatLng(at);
    } else markers.push(marker(i, at));
  });
  drawCircles(all);
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
    icon: L.divIcon({ className: "proposal", html: shape, iconSize: [44, 44] }),
    zIndexOffset: 500,
  }).addTo(app.map);
  const node = /** @type {HTMLElement} */ (made.getElement());
  node.setAttribute("aria-label", t("拟建点 {n}，方向键移动，删除键移除，回车看谁受益", { n: index + 1 }));
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
  if (open.centre) drawCentre(open.centre);
  else drawPlace(open.place);
  moveCard();
}

const close = () =>
  el("button", { type: "button", class: "icon-button", "aria-label": t("关闭"), on: { click: () => show(null) } }, icon("x", "s"));

/** @param {number} index */
async function drawPlace(index) {
  const { answer } = answers.coverage;
  const all = question.places();
  const bin = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": t("移除拟建点 {n}", { n: index + 1 }),
      title: t("移除"),
      on: { click: () => remove(index) },
    },
    icon("trash-2", "s"),
  );
  const head = el(
    "div",
    { class: "place-head" },
    el("h3", { text: t("拟建点 {n}", { n: index + 1 }) }),
    el("span", { class: "grow" }),
    bin,
    close(),
  );
  const note = el("p", { class: "note", text: t("拖动调整位置，按删除键移除。") });
  if (!answer || answers.stale()) return void put(card, head, kept(index), note);
  const mine = ++ticket;
  const others = all.filter((_, i) => i !== index);
  // Without proposals the answer knows the difference itself; with several, what this one adds to the others counts.
  const alone = all.length === 1 && !question.closed().length;
  const before = alone ? null : await answers.figures(question.query({ place: question.placesText(others) })).catch(() => null);
  if (mine !== ticket || open?.place !== index) return;
  const gain = alone ? Object.values(answer.gain).reduce((sum, one) => sum + one, 0) : before ? answer.covered - before.covered : null;
  const was = alone ? shareWords({ ...answer, covered: answer.covered - Number(gain) }, true) : before ? shareWords(before, true) : "—";
  const rows = alone ? answer.rows.map((row) => ({ name: row.name, gain: answer.gain[row.code] ?? 0 })) : gainers(answer, before);
  const best = rows.filter((row) => row.gain >= 0.5).sort((a, b) => b.gain - a.gain);
  put(
    card,
    head,
    el(
      "div",
      { class: "place-gain", data: { place: String(index) } },
      el("p", {
        class: "place-value",
        text: gain === null ? "—" : t("新增到达 {n}", { n: amount(gain, answer.unit) }),
      }),
      el("p", { class: "note", text: t("到达 {a} → {b}", { a: was, b: shareWords(answer, true) }) }),
      el("p", {
        class: "note",
        text: best.length
          ? t("受益：{list}", {
              list:
                best
                  .slice(0, GAINERS)
                  .map((row) => `${row.name} ${signed(row.gain)}`)
                  .join(t("、")) + (best.length > GAINERS ? t("等 {n} 村", { n: best.length }) : ""),
            })
          : t("这里没有新增：周围的人已经到得了，或超出了阈值。"),
      }),
    ),
    note,
  );
  moveCard();
}

/** While it is worked out anew: what was said of the same place, greyed.
 * @param {number} index */
function kept(index) {
  const old = card.querySelector(`.place-gain[data-place="${index}"]`) ?? el("p", { class: "note", text: t("正在算") });
  old.toggleAttribute("data-stale", true);
  return old;
}

/** @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageAnswer | null} before */
function gainers(answer, before) {
  if (!before) return [];
  const old = new Map(before.rows.map((row) => [row.code, row.covered]));
  return answer.rows.map((row) => ({ name: row.name, gain: Number(row.covered) - (old.get(row.code) ?? 0) }));
}

/** @param {Api.Centre} centre */
function drawCentre(centre) {
  const key = `${centre.layer}:${centre.key}`;
  const shut = question.closed().includes(key);
  const { answer } = answers.coverage;
  const flip = () => {
    const all = question.closed();
    question.change({ close: (shut ? all.filter((one) => one !== key) : [...all, key]).join(";") });
  };
  const loss = answer && Object.keys(answer.gain).length ? Object.values(answer.gain).reduce((sum, one) => sum + one, 0) : 0;
  put(
    card,
    el("div", { class: "place-head" }, el("h3", { text: centre.name }), el("span", { class: "grow" }), close()),
    el("p", {
      class: "note",
      text: [app.layers.entry(centre.layer)?.title, centre.outside ? t("在县外，也算") : null].filter(Boolean).join(" · "),
    }),
    shut && answer ? el("p", { class: "place-value", text: t("与现状比 {n}", { n: `${signed(loss)} ${unit(answer.unit)}` }) }) : null,
    el(
      "div",
      { class: "card-actions" },
      el(
        "button",
        { type: "button", class: "button button-small", on: { click: flip } },
        icon(shut ? "rotate-ccw" : "circle-x", "s"),
        shut ? t("恢复") : t("假设关闭"),
      ),
    ),
  );
}

/** Beside its point, inside the map. */
function moveCard() {
  if (card.hidden || !open) return;
  const at = open.centre ? [open.centre.lat, open.centre.lon] : [...(question.places()[open.place] ?? [0, 0])].reverse();
  const point = app.map.latLngToContainerPoint(app.view.toMap(at));
  const size = app.map.getSize();
  const [width, height] = [card.offsetWidth, card.offsetHeight];
  const left = point.x + 26 + width < size.x - 60 ? point.x + 26 : point.x - 26 - width;
  const top = point.y - height - 12 > 76 ? point.y - height - 12 : point.y + 26;
  card.style.transform = `translate(${Math.round(Math.max(8, Math.min(left, size.x - width - 8)))}px, ${Math.round(Math.max(8, Math.min(top, size.y - height - 8)))}px)`;
}
