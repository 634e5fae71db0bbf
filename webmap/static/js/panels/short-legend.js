// The legend on a phone: the first few classes in a line or two, whatever theme made them; a tap shows all of them.

import { t } from "../core/i18n.js";
import { PHONE } from "../core/screen.js";
import { byId, el, put } from "../ui/dom.js";

const MOST = 4;
const root = document.documentElement;
const SOURCES = ["#legend-body", "#planner-legend"];

/** @type {App} */
let app;
/** @type {MutationObserver} */
let watch;

/** @param {App} house */
export function init(house) {
  app = house;
  const box = byId("short-legend");
  L.DomEvent.disableClickPropagation(box);
  box.addEventListener("click", open);
  watch = new MutationObserver(draw);
  PHONE.addEventListener("change", () => draw());
  addEventListener("resize", () => PHONE.matches && draw());
  app.map.on("click movestart", close);
  draw();
}

/** Read off the legend that the theme has made. */
function draw() {
  watch.disconnect();
  const found = SOURCES.map((name) => document.querySelector(name)).filter((node) => node !== null);
  for (const node of [...found, byId("legend")])
    watch.observe(node, { childList: true, subtree: node !== byId("legend"), attributes: true });
  watch.observe(root, { attributeFilter: ["data-text"] });
  if (byId("drawer")) watch.observe(byId("drawer"), { childList: true });
  const rows = found
    .flatMap((node) => [...node.querySelectorAll(".class-row")])
    .filter((row) => row.querySelector(".num") && !row.matches(".legend-outside"));
  const block = found.map((node) => node.querySelector(".legend-block")).find(Boolean);
  const first = block ? rows.filter((row) => block.contains(row)) : []; // what the theme is about stands first
  const shown = first.length > 1 ? first.slice(0, MOST) : rows.slice(0, MOST);
  const box = byId("short-legend");
  box.hidden = !PHONE.matches || !rows.length;
  if (!box.hidden) fill(box, block, rows, shown);
  if (PHONE.matches) requestAnimationFrame(() => app.refit?.());
}

/** As many rows as there is room for; the heading counts the others.
 * @param {HTMLElement} box
 * @param {Element | null | undefined} block
 * @param {Element[]} rows
 * @param {Element[]} shown */
function fill(box, block, rows, shown) {
  put(box, heading(block, rows.length - shown.length), shown.map(short));
  if (shown.length > 1 && box.scrollHeight > box.clientHeight) fill(box, block, rows, shown.slice(0, -1));
}

/** The first heading, where the rows have one, with how many classes are left out.
 * @param {Element | null | undefined} block
 * @param {number} n */
function heading(block, n) {
  const title = block?.closest(".legend-side") ?? block; // of two sides it is the left one
  const words = title?.querySelector("h3")?.firstChild?.textContent;
  const more = n > 0 ? el("span", { class: "note", text: t("还有 {n} 类", { n }) }) : null;
  return words ? el("b", {}, words, " ", more) : more;
}

/** @param {Element} row */
function short(row) {
  const [sign, title] = [row.querySelector("svg"), row.querySelector(":scope > span:not(.num)")];
  return el(
    "span",
    {},
    sign?.cloneNode(true),
    title?.textContent,
    el("b", { class: "num", text: row.querySelector(".num")?.textContent ?? "" }),
  );
}

function open() {
  const results = document.querySelector("#planner-legend:not([hidden])");
  if (results) return results.scrollIntoView({ block: "start" });
  root.dataset.legend = "full";
  byId("legend-fold").setAttribute("aria-expanded", "true");
  byId("legend-body").hidden = false;
  byId("legend-body").focus();
  return undefined;
}

const close = () => {
  if (root.dataset.legend !== "full") return;
  delete root.dataset.legend;
};
