// The headline of the results: the share, what it is made of, of when, and the same for other groups of people.

import { quantity, t } from "../core/i18n.js";
import { number, restored, unit } from "../core/units.js";
import { byId, el, put } from "../ui/dom.js";
import { heading } from "../ui/heading.js";
import { empty } from "../ui/states.js";
import * as question from "./plan.js";
import { periods } from "./title.js";
import { amount, areaName, DEMANDS, limitWords, modeWords, shareWords, signed, WHOM } from "./words.js";

const OTHERS = ["population", "population_60_plus", "households"];

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;
/** @type {import("./slider.js").Slider} */
let slider;

/** `curve` tells the share of a threshold at once.
 * @param {App} house
 * @param {import("./answers.js").Answers} given
 * @param {import("./slider.js").Slider} curve */
export function init(house, given, curve) {
  app = house;
  answers = given;
  slider = curve;
}

/** While the server's figure for a new threshold is on its way, the curve's stands there, marked as such.
 * @param {Api.CoverageAnswer} answer */
export function draw(answer) {
  const settled = !answers.stale();
  const { limit } = question.within();
  const share = settled ? answer.share : (slider.shareAt(limit) ?? answer.share);
  const covered = settled ? answer.covered : restored(Number(share), answer.total);
  const box = byId("planner-headline");
  box.toggleAttribute("data-pending", !settled);
  box.dataset.share = String(share);
  put(box, answer.total ? hero(answer, { covered, settled }) : nobody(answer), el("p", { class: "source", text: sourceWords(answer) }));
  if (settled) others(answer);
}

/** An area in which there is nobody to be reached.
 * @param {Api.CoverageAnswer} answer */
const nobody = (answer) =>
  empty(
    t("{area}没有人住", { area: areaName(app, answer) }),
    t("这个范围里没有{whom}，没有可以算的。换一个范围，或换一个服务人群。", { whom: WHOM[answer.parameters.demand]() }),
    [{ label: t("看全县"), run: () => app.state.set({ area: null }) }],
    "users",
  );

/** The share large, what it is made of beside it.
 * @param {Api.CoverageAnswer} answer
 * @param {{covered: number, settled: boolean}} now */
function hero(answer, { covered, settled }) {
  const [value, sign] = shareWords({ ...answer, covered }).split(/(?= %$)/);
  const gain = Object.values(answer.gain).reduce((sum, one) => sum + one, 0);
  return el(
    "div",
    { class: "hero" },
    el("h2", { text: questionWords() }),
    el("p", { class: "hero-value" }, el("b", { text: value }), sign ? el("span", { text: sign.trim() }) : null),
    el(
      "div",
      { class: "hero-parts" },
      el("p", {}, el("b", { class: "num", text: number(covered, 0) }), ` / ${amount(answer.total, answer.unit)}`),
      el("p", { class: "gap-text", text: t("未到达 {n}", { n: amount(answer.total - covered, answer.unit) }) }),
      el("p", { text: unreachedWords(answer, settled) }),
      Object.keys(answer.gain).length
        ? el("p", { class: "gain-text", text: t("比现状 {n}", { n: quantity(signed(gain), unit(answer.unit)) }) })
        : null,
    ),
  );
}

/** “60 岁以上人口，15 分钟内到达的份额（路网步行）”. */
function questionWords() {
  const plan = question.plan();
  const how = t("{whom}，{limit}内到达的份额（{mode}）", {
    whom: (WHOM[plan.demand] ?? WHOM.population)(),
    limit: limitWords(question.within()),
    mode: modeWords(plan),
  });
  return [how, matchWords()].filter(Boolean).join(t("；"));
}

/** @param {Api.CoverageAnswer} answer
 * @param {boolean} settled */
function unreachedWords(answer, settled) {
  if (!settled) return " ";
  const n = answer.unreached.length;
  if (answer.parameters.demand === "area") return n ? t("{n} 个村一点也到不了", { n: number(n) }) : t("每个村都到得了一部分");
  return n ? t("{n} 个村一个人也到不了", { n: number(n) }) : t("每个村都有人到得了");
}

/** “全部人口 2020 · 党群服务中心 2026年11月20日 · 源：演示推算”: period and source of what the share is made of.
 * @param {Api.CoverageAnswer} answer */
export function sourceWords(answer) {
  const owners = Object.keys(answer.editions)
    .map((id) => app.layers.entry(id)?.owner)
    .filter(Boolean);
  return [...periods(answer), t("源：{source}", { source: [...new Set(owners)].join(t("、")) })].join(" · ");
}

/** How several services count. */
export function matchWords() {
  if (question.services().length < 2) return "";
  return question.plan().match === "each" ? t("几种服务每种都要到") : t("几种服务任一种到就算");
}

/** The same question for the other groups of people.
 * @param {Api.CoverageAnswer} answer */
async function others(answer) {
  const box = byId("planner-groups");
  const { demand } = answer.parameters;
  const found = await Promise.all(
    OTHERS.filter((one) => one !== demand).map((one) =>
      answers.group(one).then(
        (group) => group && { id: one, group },
        () => null,
      ),
    ),
  );
  const groups = found.filter((one) => one !== null);
  if (groups.length < found.length || !box.isConnected) return;
  put(
    box,
    heading(t("其他人群"), t("同一个问题")),
    el(
      "dl",
      { class: "planner-groups" },
      groups.map(({ id, group }) =>
        el(
          "div",
          {},
          el("dt", { text: DEMANDS[id]() }),
          el(
            "dd",
            {},
            el("b", { text: shareWords(group) }),
            el("span", { class: "note", text: `${number(group.covered, 0)} / ${amount(group.total, group.unit)}` }),
          ),
        ),
      ),
    ),
  );
}
