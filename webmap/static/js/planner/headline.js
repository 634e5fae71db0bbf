// The headline of the results: the share, what it is made of, of when, and the same for other groups of people.

import { layerOf } from "../core/divisions.js";
import { t } from "../core/i18n.js";
import { number, restored, unit } from "../core/units.js";
import { byId, el, put } from "../ui/dom.js";
import * as question from "./plan.js";
import { amount, DEMANDS, limitWords, modeWords, SHARES, shareWords, signed } from "./words.js";

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
  const { limit, unit: name } = question.within();
  const settled = answer.parameters.limits[0] === limit && answer.parameters.unit === name;
  const share = settled ? answer.share : (slider.shareAt(limit) ?? answer.share);
  const covered = settled ? answer.covered : restored(Number(share), answer.total);
  const box = byId("planner-headline");
  box.toggleAttribute("data-pending", !settled);
  box.dataset.share = String(share);
  const groups = box.querySelector(".planner-groups") ?? el("dl", { class: "planner-groups" });
  put(
    box,
    hero(answer, { covered, settled }),
    el("p", { class: "note", text: questionWords() }),
    el("p", { class: "source", text: periodWords(answer) }),
    groups,
  );
  if (settled) others(answer, groups);
}

/** The share large, what it is made of beside it.
 * @param {Api.CoverageAnswer} answer
 * @param {{covered: number, settled: boolean}} now */
function hero(answer, { covered, settled }) {
  const [value, sign] = shareWords({ ...answer, covered }).split(/(?= %$)/);
  const gain = Object.values(answer.gain).reduce((sum, one) => sum + one, 0);
  return el(
    "div",
    { class: "hero" },
    el("h2", { text: SHARES[answer.parameters.demand]() }),
    el("p", { class: "hero-value" }, el("b", { text: value }), sign ? el("span", { text: sign.trim() }) : null),
    el(
      "div",
      { class: "hero-parts" },
      el("p", {}, el("b", { class: "num", text: number(covered, 0) }), ` / ${amount(answer.total, answer.unit)}`),
      el("p", { class: "gap-text", text: t("未覆盖 {n}", { n: amount(answer.total - covered, answer.unit) }) }),
      el("p", { text: unreachedWords(answer, settled) }),
      Object.keys(answer.gain).length
        ? el("p", { class: "gain-text", text: t("比现状 {n}", { n: `${signed(gain)} ${unit(answer.unit)}` }) })
        : null,
    ),
  );
}

/** “口径：直线距离，2,000 米（含）；几种服务每种都要到”. */
function questionWords() {
  const how = t("口径：{mode}，{limit}（含）", { mode: modeWords(question.plan()), limit: limitWords(question.within()) });
  return [how, matchWords()].filter(Boolean).join(t("；"));
}

/** @param {Api.CoverageAnswer} answer
 * @param {boolean} settled */
function unreachedWords(answer, settled) {
  if (!settled) return " ";
  const n = answer.unreached.length;
  return n ? t("{n} 个村一个人也没覆盖到", { n: number(n) }) : t("没有完全未覆盖的村");
}

/** “人口 2020 · 党群服务中心 2026-11-20 · 源：演示推算”: period and source of what the share is made of.
 * @param {Api.CoverageAnswer} answer */
function periodWords({ editions, parameters }) {
  const entries = Object.keys(editions)
    .map((id) => app.layers.entry(id))
    .filter((one) => one !== undefined);
  const people = entries.find((one) => one.id === layerOf("village"));
  const services = parameters.services.map((id) => app.layers.entry(id));
  const parts = [
    { title: DEMANDS[parameters.demand](), period: people?.period },
    ...services.map((one) => ({ title: one?.title, period: one?.period })),
  ];
  const periods = parts.filter(({ period }) => period).map(({ title, period }) => `${title} ${period}`);
  return [...periods, t("源：{source}", { source: [...new Set(entries.map((one) => one.owner))].join(t("、")) })].join(" · ");
}

function matchWords() {
  if (question.services().length < 2) return "";
  return question.plan().match === "each" ? t("几种服务每种都要到") : t("几种服务任一种到就算");
}

/** The same question for the other groups of people.
 * @param {Api.CoverageAnswer} answer
 * @param {HTMLElement} box */
async function others(answer, box) {
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
    groups.map(({ id, group }) =>
      el(
        "div",
        {},
        el("dt", { text: DEMANDS[id]() }),
        el(
          "dd",
          {},
          el("b", { text: shareWords(group) }),
          el("span", {
            class: "note",
            text: `${number(group.covered, 0)} / ${amount(group.total, group.unit)}`,
          }),
        ),
      ),
    ),
  );
}
