// Two scenarios beside each other: a table of differences, and a switch between them on the map.

import { layerOfCode } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number, restored, difference as signedNumber, unit } from "../core/units.js";
import { show } from "../map/show.js";
import { el, icon } from "../ui/dom.js";
import { empty, problem } from "../ui/states.js";
import * as question from "./plan.js";
import { shareWords, signed } from "./words.js";

const SHOWN = 10;
const MIDDLE = 50; // where the line first stands, in per cent

/** @type {App} */
let app;
let redraw = () => {};
/** @type {(one: Api.ScenarioAnswer) => void} */
let open = () => {};
/** @type {HTMLElement | null} */
let compared = null;

/** `draw()` shows what is compared, `show(one)` takes a scenario's question over.
 * @param {App} house
 * @param {{draw: () => void, show: (one: Api.ScenarioAnswer) => void}} section */
export function init(house, { draw, show: take }) {
  app = house;
  redraw = draw;
  open = take;
}

/** What stands among the results; nothing while nothing is compared. */
export const node = () => compared;

let shownPair = "";

export async function follow() {
  const { compare } = question.plan();
  const [a, b] = (compare ?? "").split(",");
  const pair = question.isToken(a) && question.isToken(b) ? `${a},${b}` : "";
  if (pair === shownPair) return markSwitch();
  shownPair = pair;
  if (!pair) {
    compared = null;
    return redraw();
  }
  try {
    const found = await app.api.get(`/api/scenarios/compare?a=${a}&b=${b}`);
    if (shownPair !== pair) return undefined;
    compared = table(found);
  } catch (error) {
    if (shownPair !== pair) return undefined;
    const again = () => {
      shownPair = "";
      follow();
    };
    compared = problem(t("比较没有取到"), error, again);
  }
  redraw();
  return markSwitch();
}

/** @param {Api.Comparison} found */
function table(found) {
  const { a, b, townships, rows } = found;
  const changed = [...townships.filter((row) => Math.round(row.difference)), ...rows.slice(0, SHOWN)];
  const shut = () => question.change({ compare: undefined, swipe: undefined, scenario: question.plan().scenario });
  return el(
    "div",
    { class: "compare" },
    el(
      "div",
      { class: "section-head after" },
      el("h3", { text: t("两个方案的差别") }),
      el("button", { type: "button", class: "icon-button", "aria-label": t("关闭比较"), on: { click: shut } }, icon("x", "s")),
    ),
    flip(a, b),
    bothSwitch(),
    el(
      "table",
      { class: "table planner-table" },
      el("caption", { class: "sr-only", text: t("两个方案的差别") }),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          [t("到达/{unit}", { unit: unit(a.unit) }), a.name, b.name, t("差")].map((title, i) =>
            el("th", { scope: "col", class: i ? "num" : null, text: title }),
          ),
        ),
      ),
      el("tbody", {}, lines(found, changed)),
    ),
    changed.length
      ? el("p", { class: "note", text: t("先列乡镇，再列差别最大的村。") })
      : empty(t("没有差别"), t("两个方案到得了的人一样。"), [], "check"),
  );
}

/** Which of the two the map shows.
 * @param {Api.ScenarioAnswer[]} sides */
function flip(...sides) {
  return el(
    "div",
    { class: "segments planner-segments", role: "group", "aria-label": t("地图上看哪个方案") },
    sides.map((one) =>
      el("button", {
        type: "button",
        data: { token: one.token },
        text: one.name,
        on: { click: () => open({ ...one, changed: [] }) },
      }),
    ),
  );
}

/** Both on the map, left and right of a line. */
function bothSwitch() {
  const box = el("input", { type: "checkbox", class: "check", data: { name: "swipe" } });
  box.addEventListener("change", () => question.look(box.checked ? MIDDLE : null));
  return el("label", { class: "filter-option" }, box, el("span", { text: t("左右对看") }));
}

/** @param {Api.Comparison} found
 * @param {Api.Difference[]} changed */
function lines({ a, b, difference }, changed) {
  const n = (/** @type {number} */ value) => number(value, 0);
  const points = t("{n} 个百分点", { n: signedNumber(restored(Number(b.share) - Number(a.share), 100), 1) });
  const name = (/** @type {Api.Difference} */ row) =>
    el("button", { type: "button", class: "row-name", text: row.name, on: { click: () => show(app, layerOfCode(row.code), row.code) } });
  return [
    line(el("b", { text: t("合计") }), [n(a.covered), n(b.covered), signed(difference)]),
    line(el("b", { text: t("到达 %") }), [shareWords(a), shareWords(b), points]),
    changed.map((row) => line(name(row), [n(row.a), n(row.b), signed(row.difference)], row.code)),
  ];
}

/** @param {HTMLElement} title
 * @param {string[]} cells
 * @param {string} [code] */
const line = (title, cells, code) =>
  el(
    "tr",
    { data: code ? { code } : {} },
    el("td", {}, title),
    cells.map((text) => el("td", { class: "num", text })),
  );

function markSwitch() {
  const { scenario } = question.plan();
  const both = question.sides() !== null;
  for (const one of compared?.querySelectorAll(".segments [data-token]") ?? [])
    one.setAttribute("aria-current", String(!both && one.dataset.token === scenario));
  const box = compared?.querySelector("[data-name=swipe]");
  if (box) box.checked = both;
}
