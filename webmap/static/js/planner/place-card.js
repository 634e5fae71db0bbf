// The card of a proposed centre, which says who gains, and of an existing one, which can be closed for the sake of the question.

import { quantity, t } from "../core/i18n.js";
import { unit } from "../core/units.js";
import { hereBox } from "../drawer/here.js";
import { el, icon, put } from "../ui/dom.js";
import { gainOf } from "./gains.js";
import * as question from "./plan.js";
import { amount, shareWords, signed } from "./words.js";

const GAINERS = 3;

/** @typedef {{card: HTMLElement, answers: import("./answers.js").Answers, close: () => void, remove: (index: number) => void, moved: () => void}} Holder */

let ticket = 0;

/** @param {() => void} close */
const shut = (close) =>
  el("button", { type: "button", class: "icon-button", "aria-label": t("关闭"), on: { click: close } }, icon("x", "s"));

/** @param {Holder} holder
 * @param {number} index */
export async function drawPlace({ card, answers, close, remove, moved }, index) {
  const { answer } = answers.coverage;
  const head = headOf(index, remove, close);
  const note = el("p", { class: "note", text: t("拖动调整位置，按删除键移除。") });
  const mine = ++ticket;
  if (!answer || answers.stale()) return void put(card, head, kept(card, index), note);
  const found = await gainOf(answers, index);
  if (mine !== ticket || answers.stale()) return undefined;
  put(card, head, gained(answer, found, index), note);
  return moved();
}

/** @param {number} index
 * @param {(index: number) => void} remove
 * @param {() => void} close */
function headOf(index, remove, close) {
  const bin = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": t("移除拟建点 {n}", { n: index + 1 }),
      title: t("移除"),
      on: { click: () => remove(index) },
    },
    icon("trash-2", "s"),
  );
  return el(
    "div",
    { class: "place-head" },
    el("h3", { text: t("拟建点 {n}", { n: index + 1 }) }),
    el("span", { class: "grow" }),
    bin,
    shut(close),
  );
}

/** @param {Api.CoverageAnswer} answer
 * @param {import("./gains.js").Gain | null} found
 * @param {number} index */
function gained(answer, found, index) {
  const was = found ? shareWords({ ...answer, covered: found.was }, true) : "—";
  return el(
    "div",
    { class: "place-gain", data: { place: String(index) } },
    el("p", { class: "place-value", text: found ? t("新增到达 {n}", { n: amount(found.gain, answer.unit) }) : "—" }),
    el("p", { class: "note", text: t("到达 {a} → {b}", { a: was, b: shareWords(answer, true) }) }),
    el("p", { class: "note", text: gainers(found?.rows ?? []) }),
  );
}

/** @param {{name: string, gain: number}[]} rows */
function gainers(rows) {
  const best = rows.filter((row) => row.gain >= 0.5).sort((a, b) => b.gain - a.gain);
  if (!best.length) return t("这里没有新增：周围的人已经到得了，或超出了阈值。");
  const first = best.slice(0, GAINERS).map((row) => `${row.name} ${signed(row.gain)}`);
  const rest = best.length > GAINERS ? t("等 {n} 村", { n: best.length, more: best.length - GAINERS }) : "";
  return t("受益：{list}", { list: first.join(t("、")) + rest });
}

/** While it is worked out anew: what was said of the same place, greyed.
 * @param {HTMLElement} card
 * @param {number} index */
function kept(card, index) {
  const old = card.querySelector(`.place-gain[data-place="${index}"]`) ?? el("p", { class: "note", text: t("正在算") });
  old.toggleAttribute("data-stale", true);
  return old;
}

/** @param {Holder & {app: App}} holder
 * @param {Api.Centre} centre */
export function drawCentre({ card, answers, close, app }, centre) {
  ticket += 1;
  const key = `${centre.layer}:${centre.key}`;
  const closed = question.closed().includes(key);
  const { answer } = answers.coverage;
  const flip = () => {
    const all = question.closed();
    question.change({ close: (closed ? all.filter((one) => one !== key) : [...all, key]).join(";") });
  };
  const loss = Object.values(answer?.gain ?? {}).reduce((sum, one) => sum + one, 0);
  put(
    card,
    el("div", { class: "place-head" }, el("h3", { text: centre.name }), el("span", { class: "grow" }), shut(close)),
    el("p", {
      class: "note",
      text: [app.layers.entry(centre.layer)?.title, centre.outside ? t("在县外，也算") : null].filter(Boolean).join(" · "),
    }),
    closed && answer && !answers.stale()
      ? el("p", { class: "place-value", text: t("与现状比 {n}", { n: quantity(signed(loss), unit(answer.unit)) }) })
      : null,
    el(
      "div",
      { class: "card-actions" },
      el(
        "button",
        { type: "button", class: "button button-small", on: { click: flip } },
        icon(closed ? "rotate-ccw" : "circle-x", "s"),
        closed ? t("恢复") : t("假设关闭"),
      ),
    ),
    hereBox(),
  );
}
