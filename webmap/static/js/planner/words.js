// Words of the planner's page that several of its parts use.

import { layerOfCode } from "../core/divisions.js";
import { quantity, t } from "../core/i18n.js";
import { difference, number, percent, restored, unit } from "../core/units.js";

/** @type {Record<string, () => string>} */
export const DEMANDS = {
  population: () => t("全部人口"),
  population_60_plus: () => t("60 岁以上"),
  households: () => t("户数"),
  area: () => t("土地面积"),
};
/** @type {Record<string, () => string>} */
export const WHOM = {
  population: () => t("人口"),
  population_60_plus: () => t("60 岁以上人口"),
  households: () => t("户数"),
  area: () => t("面积"),
};
/** @type {Record<string, () => string>} */
export const MODES = { straight: () => t("直线"), detour: () => t("绕行系数"), road: () => t("路网") };
/** @type {Record<string, () => string>} */
export const TRAVELS = { walk: () => t("步行"), ebike: () => t("电动车"), car: () => t("开车") };
/** @type {Record<string, () => string>} */
export const OBJECTIVES = {
  "max-cover": () => t("新增到达最多"),
  "max-cover:backup": () => t("新增最多，兼顾第二处"),
  "max-cover:equity": () => t("先照顾最差的乡镇"),
  "p-median": () => t("总路程最短"),
  "p-center": () => t("最远的最近"),
  "set-cover": () => t("全部到达，用得最少"),
};

/** @type {Record<string, () => string>} how a way counts, by the word of the question */
export const DECAYS = { "": () => "2SFCA", step: () => t("E2SFCA，分三段"), gaussian: () => t("E2SFCA，高斯") };

/** “处/千人”, and of capacities “位/千人”.
 * @param {Api.AccessAnswer} answer */
export const rateUnit = ({ parameters, unit: name }) =>
  parameters.supply === "one" ? t("处/千{unit}", { unit: unit(name) }) : t("位/千{unit}", { unit: unit(name) });

/** “2,000 米”, “15 分钟”.
 * @param {{limit: number, unit: string}} limit */
export const limitWords = ({ limit, unit: name }) =>
  name === "min" ? t("{n} 分钟", { n: number(limit) }) : t("{n} 米", { n: number(limit) });

/** @type {Record<string, () => string>} by layer */
const PLACES = {
  settlements: () => t("没有到达的居民点"),
  grids: () => t("没有到达的网格"),
  villages: () => t("没有到达的村"),
};

/** What the places are that circles stand for.
 * @param {string} level their layer */
export const placeWords = (level) => (PLACES[level] ?? (() => t("没有到达的地点")))();

/** How many of them.
 * @param {string} level their layer
 * @param {number} n */
export const counted = (level, n) => (level === "villages" ? t("{n} 村", { n: number(n) }) : t("{n} 个", { n: number(n) }));

/** A distance in kilometres, or minutes; — when nothing is within reach.
 * @param {number | null | undefined} value
 * @param {string} name */
export const distanceWords = (value, name) =>
  value === null || value === undefined ? "—" : number(name === "min" ? value : value / 1000, 1);

/** The way of a gap's farthest place: minutes whole, kilometres to a tenth.
 * @param {number | null} value
 * @param {string} name */
export function farWords(value, name) {
  if (value === null) return t("到不了");
  return name === "min" ? number(Math.round(value)) : distanceWords(value, name);
}

/** “全县”, or what an answer is about.
 * @param {App} app
 * @param {Api.CoverageAnswer} answer */
export function areaName(app, { parameters: { code }, townships, rows }) {
  if (!code) return t("全县");
  const known = [...townships, ...rows].find((one) => one.code === code)?.name;
  return known ?? app.layers.nameOf(layerOfCode(code), code) ?? code;
}

/** The name of the township that an area lies in.
 * @param {Api.CoverageAnswer} answer
 * @param {string} code */
export const townshipName = (answer, code) => answer.townships.find((one) => code.startsWith(one.code))?.name ?? "";

/** “1,204 人”: whole people.
 * @param {number} value
 * @param {string} name */
export const amount = (value, name) => quantity(number(value, 0), unit(name));

/** The value of an objective with its unit; a sum of people × way in people × kilometres or minutes.
 * @param {number | null | undefined} value
 * @param {string} objective
 * @param {{length: string, demand: string}} units m or min; what is counted */
export function valueWords(value, objective, { length, demand }) {
  if (value === null || value === undefined) return "—";
  const way = length === "min" ? t("分钟") : t("公里");
  if (objective === "set-cover") return t("{n} 处", { n: number(Math.ceil(value - 1e-9)) });
  if (objective === "p-center") return `${distanceWords(value, length)} ${way}`;
  if (objective === "p-median") return `${number(length === "min" ? value : value / 1000, 0)} ${unit(demand)}·${way}`;
  return amount(value, demand);
}

/** “+12”, “−3”: whole people more or less.
 * @param {number} value */
export const signed = (value) => difference(value, 0);

/** What an answer reaches, in per cent of all.
 * @param {{covered: number, total: number, unit: string}} answer */
export const shareWords = ({ covered, total, unit: name }, sentence = false) => percent(covered, total, name, sentence);

/** The same where only the quotient is known, as on a curve.
 * @param {number | null | undefined} share
 * @param {{total: number, unit: string}} answer */
export const shareOf = (share, { total, unit: name }) =>
  percent(share === null || share === undefined ? null : restored(share, total), total, name);

/** “绕行系数 1.3”, “路网步行”.
 * @param {import("./plan.js").Plan} plan */
export function modeWords(plan) {
  if (plan.mode === "detour") return t("绕行系数 {n}", { n: plan.detour });
  if (plan.mode === "road") return t("路网{travel}", { travel: TRAVELS[plan.travel]() });
  return t("直线距离");
}
