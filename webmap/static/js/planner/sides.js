// Two scenarios that are compared, left and right of a line on the map: each with what it reaches, its gaps, its centres and its
// proposed points. A question that is changed by hand takes the map back.

import { t } from "../core/i18n.js";
import * as swipe from "../map/swipe.js";
import { toast } from "../ui/toast.js";
import * as question from "./plan.js";
import { proposalEntry, reachEntries, shapesOf } from "./reach-map.js";
import { limitWords, modeWords, shareWords } from "./words.js";

const HOLD = "coverage-sides";

/** @typedef {{name: string, question: string, shown: import("./reach-map.js").Shown}} Side */

/** @type {App} */
let app;
/** @type {Side[] | null} left and right, once both are there */
let both = null;
let asked = ""; // the pair that they are of
/** @type {Set<() => void>} */
const listeners = new Set();

/** `redraw()` is told when the map has to be drawn anew.
 * @param {App} house
 * @param {() => void} redraw */
export function init(house, redraw) {
  app = house;
  listeners.add(redraw);
  app.state.on(["plan"], follow);
  follow();
}

/** @param {() => void} fn */
export const on = (fn) => void listeners.add(fn);

/** Whether the map shows them. */
export const inView = () => both !== null && question.sides() !== null;

/** Left and right; nothing while one question has the map.
 * @returns {Side[]} */
export const shown = () => (inView() ? (both ?? []) : []);

function follow() {
  const wanted = question.sides();
  const pair = wanted?.tokens.join() ?? "";
  if (pair !== asked) {
    asked = pair;
    both = null;
    if (wanted) load(wanted.tokens, pair);
    else swipe.hide();
    tell();
  } else if (wanted && both) line(both, wanted.place);
}

const tell = () => {
  for (const fn of listeners) fn();
};

/** @param {string[]} tokens
 * @param {string} pair */
async function load(tokens, pair) {
  app.layers.hold(HOLD);
  try {
    const found = await Promise.all(tokens.map(one));
    if (asked === pair) take(found);
  } catch (error) {
    if (asked !== pair) return;
    toast(t("左右对看没有取到：{why}", { why: error.message }), { kind: "warning" });
    question.look(null);
  } finally {
    app.layers.release(HOLD);
  }
}

/** @param {string} token
 * @returns {Promise<Side>} */
async function one(token) {
  /** @type {Api.ScenarioAnswer} */
  const { name, query } = await app.api.get(`/api/scenarios/${token}`);
  const words = `${query}&lang=${document.documentElement.dataset.lang}`;
  const [answer, reach] = await Promise.all([app.api.get(`/api/coverage?${words}`), app.api.get(`/api/coverage/shapes?${words}`)]);
  return { name, question: said(query, answer), shown: shapesOf(app, answer, reach) };
}

/** “党群服务中心，1,500 米，直线距离，到达 78.2 %”.
 * @param {string} query
 * @param {Api.CoverageAnswer} answer */
function said(query, answer) {
  const { services, limits, unit } = answer.parameters;
  const words = { ...question.plan(), ...Object.fromEntries(new URLSearchParams(query)) };
  return [
    services.map((id) => app.layers.entry(id)?.title ?? t("所选服务")).join(t("、")),
    limitWords({ limit: limits[0], unit }),
    modeWords(words),
    t("到达 {share}", { share: shareWords(answer, true) }),
  ].join(t("，"));
}

/** @param {Side[]} found */
function take(found) {
  both = found;
  const { place } = question.sides() ?? { place: 50 };
  line(found, place);
  tell();
}

/** @param {Side[]} found
 * @param {number} place */
function line(found, place) {
  const words = found.map(({ name, question: text }) => ({ name, text }));
  swipe.show(app, { place, words, settle: (at) => question.look(at) });
}

/** What the painter draws.
 * @param {Drawn | undefined} layer of the villages
 * @returns {Drawn[]} */
export function entries(layer) {
  return shown().flatMap(({ shown: one }, i) => {
    const side = i ? "right" : "left";
    return [...reachEntries(layer, one, { side }), proposalEntry(app, one, side)];
  });
}
