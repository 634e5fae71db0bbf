// Search by name, pinyin, initials or code: `/` opens, arrows choose, Enter flies there, Esc closes.

import * as divisions from "../core/divisions.js";
import * as history from "../core/history.js";
import { t } from "../core/i18n.js";
import { PHONE } from "../core/screen.js";
import { number } from "../core/units.js";
import { openArea, openRecord } from "../drawer/drawer.js";
import { byId, debounce, el, icon, put, targetOf } from "../ui/dom.js";
import { empty, problem } from "../ui/states.js";
import { announce } from "../ui/toast.js";

/** @type {Record<string, string>} */
const SYMBOLS = { village: "house", grid: "grid-2x2" }; // by level; larger ones are a map
/** @type {Record<string, () => string>} */
const BY = {
  code: () => t("按代码匹配"),
  pinyin: () => t("按全拼匹配"),
  initials: () => t("按拼音首字母匹配"),
};
const WAIT_MS = 120;
const LIST = "search"; // on a phone the list lies over everything: going back shuts it
const MOST_LETTERS = 60; // more is refused

/** @type {App} */
let app;
/** @type {Api.Hit[]} */
let results = [];
let at = -1;
let ticket = 0;
let stale = false; // the list answers other words than those in the box
let entered = false; // Enter was pressed before the answer came
/** @type {number | null} */
let shifted = null; // how far the map moved aside for the list

/** @param {App} house */
export function init(house) {
  app = house;
  /** @type {HTMLInputElement} */
  const input = byId("search-input");
  document.addEventListener("keydown", (event) => {
    const typing = /^(input|textarea|select)$/i.test(/** @type {HTMLElement} */ (event.target).tagName);
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  history.door(LIST, { open: look, shut: hide });
  const asks = debounce(ask, WAIT_MS);
  input.addEventListener("input", () => {
    ticket += 1; // what is on its way answers other words
    stale = true;
    entered = false;
    asks();
  });
  input.addEventListener("focus", () => input.value.trim() && ask());
  input.addEventListener("keydown", onKey);
  byId("search-clear").addEventListener("click", clear);
  document.addEventListener("pointerdown", (event) => {
    if (!byId("search").contains(/** @type {Node} */ (event.target))) hide();
  });
  byId("search").addEventListener("focusout", (event) => {
    if (event.relatedTarget && !byId("search").contains(/** @type {Node} */ (event.relatedTarget))) hide();
  });
}

/** @param {string} words */
function look(words) {
  /** @type {HTMLInputElement} */
  const input = byId("search-input");
  input.value = words;
  input.focus(); // which asks
}

async function ask() {
  const words = [.../** @type {HTMLInputElement} */ (byId("search-input")).value.trim()].slice(0, MOST_LETTERS).join("");
  byId("search-clear").hidden = !words;
  const mine = ++ticket;
  if (!words) return hide();
  try {
    const answer = await app.api.search(words);
    if (mine !== ticket || document.activeElement !== byId("search-input")) return undefined;
    stale = false;
    draw(words, answer);
    if (entered && results.length) go(results[0]);
    entered = false;
  } catch (error) {
    if (mine !== ticket) return undefined;
    entered = false;
    results = [];
    show();
    byId("search-note").textContent = "";
    put(byId("search-list"), el("li", { role: "presentation" }, problem(t("搜索没有回应"), error, ask)));
  }
  return undefined;
}

/** @param {string} words
 * @param {Api.Hits} answer */
function draw(words, answer) {
  results = answer.results;
  at = results.length ? 0 : -1;
  show();
  const values = { words, n: number(answer.total ?? results.length), first: number(results.length) };
  const all = (answer.total ?? 0) <= results.length; // what is kept for when the line is down has no more
  const found = all ? t("“{words}”找到 {n} 个", values) : t("“{words}”找到 {n} 个，列出前 {first} 个", values);
  const note = [found, BY[answer.matched_by ?? ""]?.()].filter(Boolean).join(t("，"));
  byId("search-note").textContent = results.length ? note : "";
  announce(results.length ? note : t("没有找到“{words}”", { words }));
  if (!results.length) {
    put(
      byId("search-list"),
      el("li", { role: "presentation" }, empty(t("没有找到“{words}”", { words }), t("试试拼音首字母，或只输前两个字。"), [], "search")),
    );
  } else {
    put(byId("search-list"), results.map(option));
  }
  mark();
}

/** @param {Api.Hit} result
 * @param {number} i */
function option(result, i) {
  const name = el("b", {}, marked(result.name, result.match));
  const item = el(
    "li",
    { class: "result", role: "option", id: `result-${i}`, "aria-selected": "false" },
    el(
      "span",
      { class: "result-icon" },
      icon(divisions.isDivision(result.layer) ? (SYMBOLS[divisions.levelOf(result.key) ?? ""] ?? "map") : "map-pin"),
    ),
    el(
      "span",
      { class: "result-text" },
      name,
      el("small", { text: [result.place, divisions.isDivision(result.layer) ? result.key : null].filter(Boolean).join(" · ") }),
    ),
    el("span", { class: "tag", text: divisions.title(result.layer) || result.type_title }),
  );
  item.addEventListener("pointermove", () => {
    at = i;
    mark();
  });
  item.addEventListener("click", () => go(result));
  return item;
}

/** The name with the matched letters underlined; [0, 0] when the code matched.
 * @param {string} name
 * @param {number[]} match */
function marked(name, [from, to]) {
  if (from === to) return [name];
  return [name.slice(0, from), el("mark", { text: name.slice(from, to) }), name.slice(to)];
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.isComposing) return;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    if (byId("search-pop").hidden) targetOf(event).blur();
    hide();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (byId("search-pop").hidden) return void ask();
    if (results.length) at = (at + (event.key === "ArrowDown" ? 1 : -1) + results.length) % results.length;
    mark();
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (stale) entered = true;
    else if (byId("search-pop").hidden) void ask();
    else if (results[at]) go(results[at]);
  }
}

function mark() {
  /** @type {HTMLInputElement} */
  const input = byId("search-input");
  for (const [i, item] of [...byId("search-list").querySelectorAll(".result")].entries()) {
    item.setAttribute("aria-selected", String(i === at));
    if (i === at) item.scrollIntoView({ block: "nearest" });
  }
  if (at >= 0) input.setAttribute("aria-activedescendant", `result-${at}`);
  else input.removeAttribute("aria-activedescendant");
}

/** @param {Api.Hit} result */
function go(result) {
  /** @type {HTMLInputElement} */
  const input = byId("search-input");
  input.value = result.name;
  byId("search-clear").hidden = false;
  stale = false;
  shifted = null; // the map goes to the place, not back
  history.gone(LIST);
  hide();
  if (divisions.isDivision(result.layer)) openArea({ code: result.key, bounds: result.bounds });
  else openRecord(result.layer, result.key, result.lon === null || result.lat === null ? null : [result.lon, result.lat]);
  focusChosen();
}

/** The card of what was chosen has the focus, so that the keyboard goes on from there. */
function focusChosen() {
  const card = [byId("right"), byId("sheet-body")].find((one) => one.getClientRects().length);
  (card ?? byId("main")).focus({ preventScroll: true });
}

function clear() {
  /** @type {HTMLInputElement} */
  const input = byId("search-input");
  input.value = "";
  stale = entered = false;
  byId("search-clear").hidden = true;
  hide();
  input.focus();
}

function show() {
  byId("search-pop").hidden = false;
  if (PHONE.matches) history.entered(LIST, /** @type {HTMLInputElement} */ (byId("search-input")).value);
  aside();
  byId("search-input").setAttribute("aria-expanded", "true");
}

/** Move the middle of the map to the middle of what the list leaves free. */
function aside() {
  if (shifted || !app.map?._loaded || PHONE.matches) return;
  const covered = byId("search-pop").getBoundingClientRect().right - byId("map-holder").getBoundingClientRect().left;
  if (covered <= 0) return;
  shifted = Math.round(covered / 2);
  pan(shifted);
}

/** @param {number} right */
const pan = (right) => app.map.panBy([-right, 0], { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches, duration: 0.2 });

function hide() {
  ticket += 1;
  byId("search-pop").hidden = true;
  history.left(LIST);
  if (shifted) pan(-shifted);
  shifted = null;
  byId("search-input").setAttribute("aria-expanded", "false");
  byId("search-input").removeAttribute("aria-activedescendant");
}
