// Townships as bars and villages as a table, both linked to the map.

import { layerOf } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number, unit } from "../core/units.js";
import { show } from "../map/show.js";
import { bar, byId, el, put } from "../ui/dom.js";
import { heading } from "../ui/heading.js";
import { amount, distanceWords, shareWords, signed } from "./words.js";

const FIRST_ROWS = 12;

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;
let allRows = false;

/** @param {App} house
 * @param {import("./answers.js").Answers} given */
export function init(house, given) {
  app = house;
  answers = given;
  app.state.on(["selected"], mark);
}

/** @param {Api.CoverageAnswer} answer */
export function draw(answer) {
  townships(answer);
  villages(answer);
}

/** @param {Api.CoverageAnswer} answer */
function townships(answer) {
  const box = byId("planner-townships");
  const rows = answer.townships
    .filter((row) => Number(row.demand) > 0)
    .sort((a, b) => Number(a.share) - Number(b.share) || a.code.localeCompare(b.code));
  box.hidden = rows.length < 2;
  const list = rows.map((row) =>
    el(
      "button",
      {
        type: "button",
        class: "township",
        data: { code: row.code },
        title: t("未到达 {n}", { n: amount(Number(row.demand) - Number(row.covered), answer.unit) }),
        on: { click: () => show(app, layerOf("township"), row.code) },
      },
      el("span", { class: "township-name", text: row.name }),
      bar(row.share, { fill: "#5E9EA6" }),
      el("b", { class: "num", text: shareWords({ covered: Number(row.covered), total: Number(row.demand), unit: answer.unit }) }),
      el("span", { class: "num note", text: `${number(row.covered, 0)} / ${number(row.demand, 0)}` }),
    ),
  );
  put(box, heading(t("各乡镇到达份额"), t("到达 / 全部，低的在前")), el("div", { class: "townships" }, list));
}

/** Villages with the most people left out; with proposals, those that they change come first.
 * @param {Api.CoverageAnswer} answer */
export function ranked({ rows, gain }) {
  const change = (/** @type {Api.CoverageRow} */ row) => Math.abs(gain[row.code] ?? 0);
  const left = (/** @type {Api.CoverageRow} */ row) => Number(row.demand) - Number(row.covered);
  return rows
    .filter((row) => left(row) >= 0.5 || change(row) >= 0.5)
    .sort((a, b) => change(b) - change(a) || left(b) - left(a) || a.code.localeCompare(b.code));
}

/** @param {Api.CoverageAnswer} answer */
function villages(answer) {
  const rows = ranked(answer);
  const shown = allRows ? rows : rows.slice(0, FIRST_ROWS);
  const gaining = Object.keys(answer.gain).length > 0;
  const table = el(
    "table",
    { class: "table planner-table" },
    el("caption", { class: "sr-only", text: t("未到达最多的村") }),
    el("thead", {}, el("tr", {}, heads(answer, gaining))),
    el(
      "tbody",
      {},
      shown.map((row, i) => el("tr", { data: { code: row.code } }, cells(answer, row, i))),
    ),
  );
  put(
    byId("planner-villages"),
    heading(
      gaining ? t("受影响的村和未到达最多的村") : t("未到达最多的村"),
      rows.length ? t("共 {n} 个村，点行定位", { n: rows.length }) : "",
    ),
    rows.length ? table : el("p", { class: "note", text: t("每个村都全部到达。") }),
    rows.length > FIRST_ROWS ? more(answer, rows.length) : null,
  );
}

/** @param {Api.CoverageAnswer} answer
 * @param {boolean} gaining */
function heads(answer, gaining) {
  const length = answer.parameters.unit === "min" ? t("分钟") : t("公里");
  const titles = [
    t("序"),
    t("村名"),
    t("未到达/{unit}", { unit: unit(answer.unit) }),
    gaining ? t("新增/{unit}", { unit: unit(answer.unit) }) : t("平均/{unit}", { unit: length }),
    t("全到需/{unit}", { unit: length }),
  ];
  return titles.map((title, i) => el("th", { scope: "col", class: i === 1 ? null : "num", text: title }));
}

/** @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageRow} row
 * @param {number} i */
function cells(answer, row, i) {
  const { unit: name } = answer.parameters;
  const gaining = Object.keys(answer.gain).length > 0;
  const open = answer.unreached.some((one) => one.code === row.code);
  const pick = el("button", {
    type: "button",
    class: "row-name",
    text: row.name,
    on: { click: () => show(app, layerOf("village"), row.code) },
  });
  return [
    el("td", { class: "num", text: String(i + 1) }),
    el("td", {}, pick, el("small", { class: "note", text: ` ${townshipName(answer, row.code)}` })),
    el(
      "td",
      { class: "num" },
      open ? el("span", { class: "tag tag-gap", title: t("整个村都到不了"), text: t("整村") }) : null,
      number(Number(row.demand) - Number(row.covered), 0),
    ),
    gaining
      ? el("td", { class: "num gain-text", text: answer.gain[row.code] ? signed(answer.gain[row.code]) : "" })
      : el("td", { class: "num", text: distanceWords(row.distance_m ?? row.minutes, name) }),
    el("td", { class: "num", text: distanceWords(row.needed_all, name) }),
  ];
}

/** @param {Api.CoverageAnswer} answer
 * @param {number} count */
function more(answer, count) {
  const flip = () => {
    allRows = !allRows;
    villages(answer);
    mark();
  };
  const text = allRows ? t("只看前 {n} 个", { n: FIRST_ROWS }) : t("看全部 {n} 个村", { n: count });
  return el("button", { type: "button", class: "link-button", text, on: { click: flip } });
}

/** @param {Api.CoverageAnswer} answer
 * @param {string} code */
const townshipName = (answer, code) => answer.townships.find((one) => code.startsWith(one.code))?.name ?? "";

/** The row of what is chosen on the map, and its township's bar. */
export function mark() {
  const { selected } = app.state.get();
  const key = selected?.key ?? "";
  for (const row of byId("planner-villages").querySelectorAll("tbody tr")) {
    const on = selected?.layer === layerOf("village") && row.dataset.code === key;
    row.setAttribute("aria-selected", String(on));
    if (on) row.scrollIntoView({ block: "nearest" });
  }
  for (const one of byId("planner-townships").querySelectorAll(".township"))
    one.setAttribute("aria-current", String(Boolean(key) && key.startsWith(one.dataset.code)));
  const answer = answers.coverage.answer;
  if (!answer || selected?.layer !== layerOf("village") || allRows || byId("planner-villages").querySelector("[aria-selected=true]"))
    return;
  if (ranked(answer).some((row) => row.code === key)) {
    allRows = true;
    villages(answer);
    mark();
  }
}
