// The threshold: a slider under the curve of the share. The share of a new threshold is read off the curve at once; the
// server's own figure follows.

import { t } from "../core/i18n.js";
import { number } from "../core/units.js";
import { el, put, svg } from "../ui/dom.js";
import { segmentsOf } from "../ui/segments.js";
import * as question from "./plan.js";
import { limitWords, shareOf, shareWords } from "./words.js";

const W = 280;
const H = 56;
/** @type {Record<string, string>} */
const USUAL = { m: "2000m", min: "15min" };
/** @type {Record<string, {least: number, most: number, step: number}>} */
const RANGE = { m: { least: 200, most: 6000, step: 50 }, min: { least: 1, most: 60, step: 1 } };

export class Slider {
  /** @param {import("./answers.js").Answers} answers */
  constructor(answers) {
    this.answers = answers;
    this.value = el("b", { class: "planner-limit" });
    this.units = el("span", {});
    this.input = el("input", {
      type: "range",
      class: "slider planner-slider",
      id: "planner-limit",
      "aria-label": t("阈值"),
      data: { name: "limit" },
    });
    this.chart = svg("svg", {
      class: "planner-curve",
      viewBox: `0 0 ${W} ${H}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    });
    this.mark = el("span", { class: "planner-mark" });
    this.plot = el("div", { class: "planner-plot" }, this.chart, this.mark);
    this.scale = el("div", { class: "planner-scale", "aria-hidden": "true" });
    this.words = el("p", { class: "note" });
    this.input.addEventListener("input", () => question.change({ within: `${this.input.value}${question.within().unit}` }));
    this.node = el(
      "div",
      {},
      el("div", { class: "planner-head" }, el("h3", { text: t("阈值") }), this.units, el("span", { class: "grow" }), this.value),
      this.plot,
      this.input,
      this.scale,
      this.words,
    );
    answers.coverage.on(() => this.draw());
  }

  draw() {
    const { limit, unit } = question.within();
    const { least, most, step } = this.range();
    Object.assign(this.input, { min: String(least), max: String(most), step: String(step) });
    this.input.value = String(limit);
    const at = (limit - least) / (most - least);
    this.input.style.setProperty("--done", `${at * 100}%`);
    this.input.setAttribute("aria-valuetext", limitWords({ limit, unit }));
    this.value.textContent = limitWords({ limit, unit });
    this._drawUnits(unit);
    this._drawCurve({ least, most, limit });
    this._drawScale({ least, most, unit });
  }

  range() {
    const { limit, unit } = question.within();
    const { least, most, step } = RANGE[unit];
    const fits = limit % step === 0 ? step : unit === "m" ? 10 : 0.5;
    return { least: Math.min(least, limit), most: Math.max(most, limit), step: fits };
  }

  /** Share at a threshold as far as the curve tells; null when it does not: it knows nothing of full centres.
   * @param {number} limit */
  shareAt(limit) {
    return question.plan().capacity ? null : this._curveAt(limit);
  }

  /** Points of the curve; the answer's own is one of them, so that curve and headline say the same.
   * @returns {{at: number, share: number}[]} */
  _points() {
    const { answer } = this.answers.coverage;
    const { limits = [], shares = [] } = answer?.curve ?? {};
    const points = limits.flatMap((at, i) => (shares[i] === null ? [] : [{ at, share: Number(shares[i]) }]));
    const [own] = answer?.parameters.limits ?? [];
    if (!answer || !points.length || own === undefined || answer.parameters.capacity || answer.share === null) return points;
    return [...points.filter(({ at }) => at !== own), { at: own, share: answer.share }].sort((a, b) => a.at - b.at);
  }

  /** @param {number} limit
   * @returns {number | null} */
  _curveAt(limit) {
    const { answer } = this.answers.coverage;
    const { unit } = question.within();
    if (answer?.parameters.unit !== unit) return null;
    const points = this._points();
    const next = points.find(({ at }) => at >= limit) ?? points.at(-1);
    if (!next) return null;
    const { at: from, share: low } = points[points.indexOf(next) - 1] ?? { at: 0, share: 0 };
    return limit >= next.at ? next.share : low + ((next.share - low) * (limit - from)) / (next.at - from);
  }

  /** @param {string} unit */
  _drawUnits(unit) {
    if (this.units.dataset.unit === unit) return;
    this.units.dataset.unit = unit;
    const focused = this.units.contains(document.activeElement);
    put(
      this.units,
      segmentsOf(
        "unit",
        t("阈值用距离还是时间"),
        { m: t("距离"), min: t("时间") },
        {
          value: unit,
          choose: (id) => question.change({ within: USUAL[id], ...(question.plan().mode === "road" ? {} : { travel: "walk" }) }),
        },
      ),
    );
    if (focused) this.units.querySelector("[aria-checked=true]").focus();
  }

  /** @param {{least: number, most: number, limit: number}} here */
  _drawCurve({ least, most, limit }) {
    const { answer } = this.answers.coverage;
    const x = (/** @type {number} */ value) => ((value - least) / (most - least)) * W;
    const y = (/** @type {number | null} */ share) => H - 2 - Number(share) * (H - 6);
    const points = question.accessible() ? [] : this._points(); // how the share of people grows is another question
    this.plot.hidden = question.accessible();
    this.mark.hidden = !answer || !points.length;
    this.words.textContent = "";
    if (!answer || !points.length) return void put(this.chart);
    const ends = [least, most].map((at) => ({ at, share: this._curveAt(at) }));
    const inside = [ends[0], ...points.filter(({ at }) => at > least && at < most), ends[1]];
    const line = inside.map(({ at, share }, i) => `${i ? "L" : "M"}${x(at).toFixed(1)} ${y(share).toFixed(1)}`).join("");
    const share = this.answers.stale() ? (this._curveAt(limit) ?? 0) : Number(answer.share);
    put(
      this.chart,
      svg("path", { d: `${line}L${W} ${H}L0 ${H}z`, class: "curve-area" }),
      svg("path", { d: line, class: "curve-line" }),
      svg("path", { d: `M${x(limit).toFixed(1)} ${y(share).toFixed(1)}V${H}`, class: "curve-drop" }),
    );
    this.mark.style.setProperty("left", `${(x(limit) / W) * 100}%`);
    this.mark.style.setProperty("top", `${(y(share) / H) * 100}%`);
    this.mark.dataset.side = limit > (least + most) * 0.7 ? "left" : "right";
    put(this.mark, el("span", { text: this.answers.stale() ? shareOf(share, answer) : shareWords(answer) }));
    this.words.title = answer.detours.factors.length ? range(answer) : "";
    this.words.textContent = question.plan().capacity ? t("曲线：阈值变化时到达的份额，不计容量") : t("曲线：阈值变化时到达的份额");
  }

  /** @param {{least: number, most: number, unit: string}} here */
  _drawScale({ least, most, unit }) {
    const step = unit === "min" ? (most > 60 ? 30 : 10) : most > 6000 ? 2000 : 1000;
    const ticks = [];
    for (let one = Math.ceil(least / step) * step; one <= most; one += step) ticks.push(one);
    put(
      this.scale,
      ticks.map((one, i) => {
        const name = unit === "min" ? String(one) : number(one / 1000, 0);
        const last = i === ticks.length - 1 ? (unit === "min" ? t("{n} 分钟", { n: name }) : t("{n} 公里", { n: name })) : name;
        return el("span", { css: { left: `${((one - least) / (most - least)) * 100}%` }, text: last });
      }),
    );
  }
}

/** How much hangs on the detour factor, in one clause.
 * @param {Api.CoverageAnswer} answer */
function range(answer) {
  const { factors, shares } = answer.detours;
  const [low, high] = [shares.at(-1), shares[0]].map((share) => shareOf(share, answer));
  return t("绕行系数 {a} 到 {b}，到达 {high} 到 {low}", { a: factors[0], b: factors.at(-1), high, low });
}
