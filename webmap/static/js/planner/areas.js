// Townships as bars and villages as a table, both linked to the map.

import { t } from "../core/i18n.js";
import { number, unit } from "../core/units.js";
import { byId, el } from "../ui/dom.js";
import { Ranked } from "./ranked.js";
import * as bars from "./township-bars.js";
import { amount, distanceWords, shareWords, signed, townshipName } from "./words.js";

/** @type {App} */
let app;
/** @type {Ranked<Api.CoverageRow>} */
let table;

/** @param {App} house */
export function init(house) {
  app = house;
  app.state.on(["selected"], () => bars.mark(app, byId("planner-townships")));
}

/** @param {Api.CoverageAnswer} answer */
export function draw(answer) {
  townships(answer);
  villages(answer);
}

/** @param {Api.CoverageAnswer} answer */
function townships(answer) {
  const rows = answer.townships
    .filter((row) => Number(row.demand) > 0)
    .sort((a, b) => Number(a.share) - Number(b.share) || a.code.localeCompare(b.code))
    .map((row) => ({
      code: row.code,
      name: row.name,
      part: row.share,
      value: shareWords({ covered: Number(row.covered), total: Number(row.demand), unit: answer.unit }),
      beside: `${number(row.covered, 0)} / ${number(row.demand, 0)}`,
      title: t("未到达 {n}", { n: amount(Number(row.demand) - Number(row.covered), answer.unit) }),
    }));
  bars.draw(app, byId("planner-townships"), { title: t("各乡镇到达份额"), note: t("到达 / 全部，低的在前"), rows });
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
  table ??= new Ranked(app, byId("planner-villages"));
  const gaining = Object.keys(answer.gain).length > 0;
  table.draw({
    title: gaining ? t("受影响的村和未到达最多的村") : t("未到达最多的村"),
    caption: t("未到达最多的村"),
    none: t("每个村都全部到达。"),
    heads: heads(answer, gaining),
    rows: ranked(answer),
    cells: (row) => cells(answer, row),
    township: (row) => townshipName(answer, row.code),
  });
}

/** @param {Api.CoverageAnswer} answer
 * @param {boolean} gaining */
function heads(answer, gaining) {
  const length = answer.parameters.unit === "min" ? t("分钟") : t("公里");
  return [
    t("未到达/{unit}", { unit: unit(answer.unit) }),
    gaining ? t("新增/{unit}", { unit: unit(answer.unit) }) : t("平均/{unit}", { unit: length }),
    t("全到需/{unit}", { unit: length }),
  ];
}

/** @param {Api.CoverageAnswer} answer
 * @param {Api.CoverageRow} row */
function cells(answer, row) {
  const { unit: name } = answer.parameters;
  const gaining = Object.keys(answer.gain).length > 0;
  const open = answer.unreached.some((one) => one.code === row.code);
  return [
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

/** The row of what is chosen on the map, and its township's bar. */
export function mark() {
  bars.mark(app, byId("planner-townships"));
  table?.mark();
}
