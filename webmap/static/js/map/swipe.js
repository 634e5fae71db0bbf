// Two answers beside each other on one map, divided by a line that is moved by hand or by keys. The painter cuts each entry with a
// `side` at the line; the place of the line stands in the address.

import { t } from "../core/i18n.js";
import { el, put } from "../ui/dom.js";

const MIDDLE = 50; // per cent of the map's width
const STEP = 2;
const PAGE = 10;

/** @type {App} */
let app;
/** @type {HTMLElement | null} */
let line = null;
/** @type {(at: number) => void} */
let moved = () => {};
let at = MIDDLE;

/** Whether a word of an address asks for it, and where the line is.
 * @param {string | undefined} word */
export function placeOf(word) {
  const number = Number(word);
  return word && number >= 0 && number <= 100 ? number : null;
}

/** Show the line with what is on its left and right, a name and what is to be said of it; `settle(at)` is told where it was left.
 * @param {App} house
 * @param {{place: number, words: {name: string, text: string}[], settle: (at: number) => void}} what */
export function show(house, { place, words, settle }) {
  app = house;
  moved = settle;
  line ??= make();
  if (!line.isConnected) app.map.getContainer().append(line);
  put(
    line,
    words.map(({ name, text }, i) =>
      el("span", { class: `swipe-words swipe-${i ? "right" : "left"}` }, el("bdi", { text: name }), ` ${text}`),
    ),
    el("span", { class: "swipe-grip", "aria-hidden": "true" }),
  );
  const [a, b] = words.map(({ name, text }) => `${name} ${text}`);
  line.setAttribute("aria-valuetext", t("左边 {a}，右边 {b}", { a, b }));
  app.map.off("move", repaint).on("move", repaint);
  move(place);
}

export function hide() {
  if (!line?.isConnected) return;
  line.remove();
  app.map.off("move", repaint);
  app.painter.split = null;
}

function make() {
  const label = t("左右对看的分界，方向键移动");
  const node = el("div", {
    class: "swipe",
    role: "slider",
    tabindex: "0",
    "aria-label": label,
    "aria-valuemin": "0",
    "aria-valuemax": "100",
  });
  L.DomEvent.disableClickPropagation(node);
  node.addEventListener("pointerdown", (event) => node.setPointerCapture(event.pointerId));
  node.addEventListener("pointermove", (event) => {
    if (!node.hasPointerCapture(event.pointerId)) return;
    const { left, width } = app.map.getContainer().getBoundingClientRect();
    move(((event.clientX - left) / width) * 100);
  });
  node.addEventListener("pointerup", () => moved(at));
  node.addEventListener("keydown", keyed);
  return node;
}

/** @param {KeyboardEvent} event */
function keyed(event) {
  const to = {
    ArrowLeft: at - STEP,
    ArrowDown: at - STEP,
    ArrowRight: at + STEP,
    ArrowUp: at + STEP,
    PageDown: at - PAGE,
    PageUp: at + PAGE,
    Home: 0,
    End: 100,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  move(to);
  moved(at);
}

/** @param {number} to */
function move(to) {
  at = Math.round(Math.max(0, Math.min(100, to)));
  line?.style.setProperty("left", `${at}%`);
  line?.setAttribute("aria-valuenow", String(at));
  app.painter.split = at / 100;
  repaint();
}

let _frame = 0;

/** The line stays where it is while the map is drawn under it. */
function repaint() {
  _frame ||= requestAnimationFrame(() => {
    _frame = 0;
    app.painter.paint();
  });
}
