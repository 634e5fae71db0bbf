// Accessibility among the results: the mean and whoever has nothing, townships and villages, the lowest first, and centres that
// nobody reaches.

import { t } from "../core/i18n.js";
import { number, percent, unit } from "../core/units.js";
import { byId, el, put } from "../ui/dom.js";
import { heading } from "../ui/heading.js";
import { empty, problem, skeleton } from "../ui/states.js";
import { announce } from "../ui/toast.js";
import { matchWords, sourceWords } from "./headline.js";
import * as method from "./method.js";
import * as question from "./plan.js";
import { Ranked } from "./ranked.js";
import * as bars from "./township-bars.js";
import { amount, limitWords, modeWords, rateUnit, townshipName, WHOM } from "./words.js";

const SAY_AFTER_MS = 600;
const FEW = 3;
const PARTS = ["townships", "villages", "unused"];

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;
/** @type {Ranked<Api.AccessRow>} */
let table;
let speak = 0;

/** Where the results stand, in order: above the legend of a phone and below it. */
export const sections = () => ({
  first: [part("headline", "planner-headline", skeleton(3)), part("townships", "", skeleton(8))],
  last: [part("villages"), part("unused"), part("method", "planner-method")],
});

/** @param {string} name
 * @param {string} kind
 * @param {...import("../ui/dom.js").Child} inner */
const part = (name, kind = "", ...inner) => el("section", { class: `section of-access ${kind}`, id: `planner-access-${name}` }, inner);

/** @param {string} name */
const box = (name) => byId(`planner-access-${name}`);

/** @param {App} house
 * @param {import("./answers.js").Answers} given */
export function init(house, given) {
  app = house;
  answers = given;
  table = new Ranked(app, box("villages"));
  answers.access.on((answer, error) => (answer ? draw(answer) : fail(error)));
  answers.coverage.on(() => answers.access.answer && areas(answers.access.answer)); // it has the names of the townships
  app.state.on(["selected"], () => bars.mark(app, box("townships")));
}

/** @param {Failure | null} error */
function fail(error) {
  for (const name of PARTS) box(name).hidden = true;
  put(box("method"));
  put(
    box("headline"),
    problem(t("这个问题没有算出来"), error ?? { message: "" }, () => answers.ask()),
    el("p", { class: "note", text: t("改左边的条件，或点“恢复默认”。") }),
  );
}

/** @param {Api.AccessAnswer} answer */
function draw(answer) {
  put(box("headline"), answer.mean === null ? nobody() : hero(answer, answer.mean), source());
  areas(answer);
  unused(answer);
  method.draw(app, box("method"), answer, {
    file: (format) => `/api/coverage/access/export?${question.accessQuery(format)}`,
    folded: true,
  });
  clearTimeout(speak);
  speak = setTimeout(() => question.accessible() && announce(spoken(answer)), SAY_AFTER_MS);
}

const nobody = () => empty(t("这里没有人住"), t("换一个范围，或换一个服务人群。"), [], "users");

/** @param {Api.AccessAnswer} answer
 * @param {number} mean */
function hero(answer, mean) {
  const { without, total, unit: name } = answer;
  return el(
    "div",
    { class: "hero" },
    el("h2", { text: questionWords(answer) }),
    el("p", { class: "hero-value" }, el("b", { text: number(mean, 2) }), el("span", { class: "hero-unit", text: rateUnit(answer) })),
    el(
      "div",
      { class: "hero-parts" },
      without > 0
        ? el("p", { class: "gap-text", text: t("{n}一个中心也够不着", { n: amount(without, name) }) })
        : el("p", { text: t("每个人都够得着") }),
      el(
        "p",
        {},
        t("占 {share}", { share: percent(without, total, name) }),
        el("span", { class: "note", text: ` / ${amount(total, name)}` }),
      ),
      el("p", { text: supplyWords(answer) }),
    ),
  );
}

/** @param {Api.AccessAnswer} answer */
function questionWords({ parameters, unit: name }) {
  const how = t("{whom}，{limit}内每千{unit}平均够得着多少（{mode}）", {
    whom: WHOM[parameters.demand](),
    limit: limitWords({ limit: parameters.limits[0], unit: parameters.unit }),
    mode: modeWords(question.plan()),
    unit: unit(name),
  });
  return [how, matchWords()].filter(Boolean).join(t("；"));
}

/** @param {Api.AccessAnswer} answer */
function supplyWords({ supply, parameters }) {
  if (parameters.supply === "one") return t("没有容量数据，{n} 处中心每处按 1 计", { n: number(supply, 0) });
  return t("中心的容量共 {n} 位", { n: number(supply, 0) });
}

/** @returns {HTMLElement | null} */
function source() {
  const { answer } = answers.coverage;
  return answer && el("p", { class: "source", text: sourceWords(answer) });
}

/** @param {Api.AccessAnswer} answer */
function areas(answer) {
  townships(answer);
  const rows = answer.rows.filter(({ demand }) => Number(demand) > 0).sort(lowest);
  box("villages").hidden = !rows.length;
  table.draw({
    title: t("各村可达性，低的在前"),
    caption: t("各村可达性，低的在前"),
    none: "",
    heads: [rateUnit(answer), t("够不着/{unit}", { unit: unit(answer.unit) })],
    rows,
    cells,
    township: (row) => (answers.coverage.answer ? townshipName(answers.coverage.answer, row.code) : ""),
  });
  table.mark();
}

/** Of those with the same the one with more people first.
 * @param {{code: string, access: number | null, demand: number | null}} a
 * @param {{code: string, access: number | null, demand: number | null}} b */
const lowest = (a, b) => Number(a.access) - Number(b.access) || Number(b.demand) - Number(a.demand) || a.code.localeCompare(b.code);

/** @param {Api.AccessRow} row */
function cells({ access, without }) {
  return [
    el("td", { class: "num" }, access ? number(access, 2) : el("span", { class: "tag tag-gap", text: t("没有") })),
    el("td", { class: "num", text: number(without, 0) }),
  ];
}

/** Means over the demand of the villages in each.
 * @param {Api.AccessAnswer} answer */
function townships({ rows, unit: name }) {
  const found = (answers.coverage.answer?.townships ?? []).map(({ code, name: township }) => {
    const own = rows.filter((row) => row.code.startsWith(code));
    const sum = (/** @type {(row: Api.AccessRow) => number} */ of) => own.reduce((all, row) => all + of(row), 0);
    const demand = sum((row) => Number(row.demand));
    return {
      code,
      name: township,
      demand,
      without: sum((row) => row.without),
      access: sum((row) => Number(row.demand) * Number(row.access)) / demand,
    };
  });
  const shown = found.filter(({ demand }) => demand > 0).sort(lowest);
  const most = Math.max(...shown.map(({ access }) => access));
  bars.draw(app, box("townships"), {
    title: t("各乡镇可达性"),
    note: t("平均，够不着的人；低的在前"),
    rows: shown.map((row) => ({
      code: row.code,
      name: row.name,
      part: most > 0 ? row.access / most : 0,
      value: number(row.access, 2),
      beside: amount(row.without, name),
      title: t("{n}一个中心也够不着", { n: amount(row.without, name) }),
    })),
  });
  bars.mark(app, box("townships"));
}

/** @param {Api.AccessAnswer} answer */
function unused({ unused: names }) {
  box("unused").hidden = !names.length;
  if (!names.length) return;
  const rest = el("p", { class: "note", text: names.slice(FEW).join(t("、")) });
  put(
    box("unused"),
    heading(t("没有人够得着的中心"), t("{n} 处", { n: number(names.length) })),
    el("p", { class: "note", text: names.slice(0, FEW).join(t("、")) }),
    names.length > FEW
      ? el("details", {}, el("summary", { class: "note", text: t("其余 {n} 处", { n: names.length - FEW }) }), rest)
      : null,
  );
}

/** @param {Api.AccessAnswer} answer */
const spoken = (answer) =>
  t("平均 {mean} {unit}，{n}一个中心也够不着", {
    mean: number(answer.mean, 2),
    unit: rateUnit(answer),
    n: amount(answer.without, answer.unit),
  });
