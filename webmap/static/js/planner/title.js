// The card on the map that says what it shows: the question, and of when.

import { day, t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { titleCard } from "../ui/title.js";
import * as question from "./plan.js";
import * as sides from "./sides.js";
import { areaName, DECAYS, DEMANDS, limitWords, modeWords, placeWords } from "./words.js";

/** @type {App} */
let app;
/** @type {import("./answers.js").Answers} */
let answers;

/** @param {App} house
 * @param {import("./answers.js").Answers} given */
export function init(house, given) {
  app = house;
  answers = given;
  answers.coverage.on(draw);
  answers.pairs.on(draw);
  answers.access.on(draw);
  app.state.on(["plan", "area"], draw);
  sides.on(draw);
  draw();
}

const services = () =>
  question
    .services()
    .map((id) => app.layers.entry(id)?.title ?? t("所选服务"))
    .join(t("、"));

function draw() {
  const [left, right] = sides.shown();
  if (right) titleCard(t("{a}和{b}左右对看", { a: left.name, b: right.name }), t("每一边按自己的条件画"), true);
  else titleCard(title(question.plan()), subtitle(), true);
  app.refit?.();
}

/** @param {question.Plan} plan */
function title(plan) {
  const demand = (DEMANDS[plan.demand] ?? DEMANDS.population)();
  const [limit, mode] = [limitWords(question.within()), modeWords(plan)];
  if (!question.accessible()) return t("{services}：{demand}，{limit}（{mode}）", { services: services(), demand, limit, mode });
  const method = (DECAYS[plan.decay] ?? DECAYS[""])();
  return t("{services}可达性：{demand}，{limit}（{method}）", { services: services(), demand, limit: [limit, mode].join(t("，")), method });
}

/** What the map shows; what went wrong where it shows nothing. */
function subtitle() {
  const { answer } = answers.coverage;
  const { error, answer: found } = question.accessible() ? answers.access : answers.coverage;
  if (error && !found) return t("没有算出来：{why}", { why: error.message });
  if (!answer) return t("正在算");
  if (!answer.total) return t("{area}没有人住，没有可以算的", { area: areaName(app, answer) });
  const nobody = question.accessible() ? null : answer.nobody;
  const level = answers.shapes.answer?.level;
  const parts = [
    nobody,
    t("{area} {n} 个村（社区）", { area: areaName(app, answer), n: number(answer.rows.length) }),
    ...periods(answer),
    level && !question.accessible() ? t("圆 = {places}", { places: placeWords(level) }) : null,
  ];
  return parts.filter(Boolean).join(" · ");
}

/** “人口 2020”, “村卫生室 2026年11月20日”; services of one day are said once.
 * @param {Api.CoverageAnswer} answer */
export function periods({ period: people, parameters }) {
  return [
    people ? `${DEMANDS[parameters.demand]()} ${day(people)}` : "",
    ...ofServices(parameters.services.map((id) => app.layers.entry(id)).filter((entry) => entry !== undefined)),
  ].filter(Boolean);
}

/** @param {LayerEntry[]} entries */
function ofServices(entries) {
  const days = new Set(entries.map((entry) => entry.period));
  if (entries.length > 1 && days.size === 1) return entries[0].period ? [t("服务 {day}", { day: day(entries[0].period) })] : [];
  return entries.map((entry) => (entry.period ? `${entry.title} ${day(entry.period)}` : ""));
}
