// Rows of the list of scenarios: what there is now, what is being edited, and what was saved.

import { t } from "../core/i18n.js";
import { el, icon } from "../ui/dom.js";
import { copyText } from "../ui/states.js";
import * as question from "./plan.js";
import { shareWords, signed } from "./words.js";

/** @typedef {{covered: number, total: number, unit: string, gain: number | null, placed: number, closed: number}} Figures of a row */
/** What can be done with a saved one, and drawing anew.
 * @typedef {{open: (one: Api.ScenarioAnswer) => void, forget: (token: string) => void, redraw: () => void}} Acts */

/** @type {Set<string>} */
const ticks = new Set(); // tokens chosen for a comparison

/** Tokens of those chosen, the older first: the table says what the newer one changes.
 * @param {Api.ScenarioAnswer[]} saved */
export const picked = (saved) =>
  saved
    .map((one) => one.token)
    .filter((token) => ticks.has(token))
    .reverse();

/** @param {string} token */
export const unpick = (token) => ticks.delete(token);

/** @param {Api.CoverageAnswer} answer of the question of now
 * @param {Api.ScenarioAnswer[]} saved
 * @param {Acts} acts */
export function rows(answer, saved, acts) {
  const { scenario } = question.plan();
  const gain = Object.values(answer.gain).reduce((sum, one) => sum + one, 0);
  const [placed, closed] = [question.places().length, question.closed().length];
  const proposals = placed + closed > 0;
  const { covered, total, unit } = answer;
  const choosable = saved.length > 1;
  const back = () => question.change({ place: "", close: "" });
  const now = { covered: covered - gain, total, unit, gain: null, placed: 0, closed: 0 };
  return [
    row({ title: named(t("现状"), back), figures: now, on: !proposals && !scenario, choosable }),
    proposals && !scenario
      ? row({
          title: el("b", { text: t("正在编辑") }),
          figures: { covered, total, unit, gain, placed, closed },
          on: true,
          choosable,
        })
      : null,
    saved.map((one) =>
      row({
        title: [named(one.name, () => acts.open(one)), ...tools(one, acts)],
        figures: one,
        on: scenario === one.token,
        choosable,
        tick: choosable ? tick(one, acts) : null,
        token: one.token,
      }),
    ),
  ];
}

/** @param {string} text
 * @param {() => void} run */
const named = (text, run) => el("button", { type: "button", class: "row-name", text, on: { click: run } });

/** @param {Api.ScenarioAnswer} one
 * @param {Acts} acts */
function tick({ token, name }, { redraw }) {
  const box = el("input", {
    type: "checkbox",
    class: "check",
    checked: ticks.has(token),
    "aria-label": t("选“{name}”来比较", { name }),
  });
  box.addEventListener("change", () => {
    if (box.checked) ticks.add(token);
    else ticks.delete(token);
    redraw();
  });
  return box;
}

/** @param {Api.ScenarioAnswer} one
 * @param {Acts} acts */
function tools({ token, name }, { forget }) {
  const tool = (/** @type {string} */ label, /** @type {string} */ title, /** @type {string} */ symbol, /** @type {() => void} */ run) =>
    el("button", { type: "button", class: "icon-button", "aria-label": label, title, on: { click: run } }, icon(symbol, "s"));
  return [
    tool(t("复制“{name}”的链接", { name }), t("复制链接"), "link", () => copyText(linkOf(token), t("链接已复制"))),
    tool(t("从列表拿掉“{name}”", { name }), t("从列表拿掉"), "x", () => forget(token)),
  ];
}

/** @param {{title: import("../ui/dom.js").Child, figures: Figures, on: boolean, choosable: boolean, tick?: HTMLElement | null, token?: string}} what */
function row({ title, figures, on, choosable, tick: box = null, token }) {
  const changes = [String(figures.placed), figures.closed ? `−${figures.closed}` : ""].filter(Boolean).join(" ");
  return el(
    "tr",
    { "aria-selected": String(on), data: token ? { token } : {} },
    choosable ? el("td", {}, box) : null,
    el("td", {}, el("span", { class: "scenario-name" }, title)),
    el("td", { class: "num", text: changes }),
    el("td", { class: "num", text: shareWords(figures).replace(/ %$/, "") }),
    el("td", { class: "num", text: figures.gain === null ? "—" : signed(figures.gain) }),
  );
}

/** @param {string} token */
export const linkOf = (token) => `${location.origin}/map/coverage?scenario=${token}`;
